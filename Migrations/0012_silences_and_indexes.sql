-- The active links of an entity are counted, a person's ended link is found by a late merge, and errors are
-- found by person and by operation.
CREATE INDEX link_active_entity ON link (entity) WHERE state = 'active';
CREATE INDEX link_deleted_marketo ON link (marketo_id) WHERE state = 'deleted';
CREATE INDEX sync_error_marketo ON sync_error (marketo_id) WHERE marketo_id IS NOT NULL;
CREATE INDEX sync_error_operation ON sync_error (operation_id) WHERE operation_id IS NOT NULL;

-- A run counts one silence of a record, however often it sends.
CREATE TABLE earlier_unanswered_write AS SELECT * FROM unanswered_write;
DROP TABLE unanswered_write;

CREATE TABLE unanswered_write (
  -- Records whose last writes were sent without an answer: the next one travels in a smaller batch, at last alone.
  dynamics_id TEXT NOT NULL, -- the Dynamics record
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the side that did not answer
  times INTEGER NOT NULL, -- in how many runs in a row
  code TEXT, -- the service's last code, where it told one
  request_id TEXT, -- the service's own name of the last call, where it told one
  run_id INTEGER, -- the run that was counted last
  PRIMARY KEY (dynamics_id, side)
) STRICT, WITHOUT ROWID;

INSERT INTO unanswered_write (dynamics_id, side, times, code, request_id)
SELECT dynamics_id, side, times, code, request_id FROM earlier_unanswered_write;

DROP TABLE earlier_unanswered_write;
