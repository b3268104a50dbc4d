CREATE TABLE unanswered_write (
  -- Records whose last writes were sent without an answer: the next one travels in a smaller batch, at last alone.
  dynamics_id TEXT NOT NULL, -- the Dynamics record
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the side that did not answer
  times INTEGER NOT NULL, -- how often in a row
  code TEXT, -- the service's last code, where it told one
  request_id TEXT, -- the service's own name of the last call, where it told one
  PRIMARY KEY (dynamics_id, side)
) STRICT, WITHOUT ROWID;

DROP VIEW errors;

CREATE VIEW errors AS
  -- The error list with what each entry is about.
  SELECT
    sync_error.entity, -- the record's entity
    sync_error.dynamics_id, -- the Dynamics record
    sync_error.marketo_id, -- the Marketo record, where it has one
    sync_error.side, -- the side that refused, or where the candidates stand
    sync_error.kind, -- rejected, ambiguous, manual or untranslatable
    nullif(sync_error.pair, '') AS field, -- the pair of fields, as in field_rule; NULL for the whole record
    sync_error.code, -- the service's code
    sync_error.message, -- what is wrong and what mends it
    (SELECT group_concat(side || ' ' || record_id, ', ')
     FROM sync_error_candidate AS candidate
     WHERE candidate.error_id = sync_error.error_id) AS candidates, -- side and id of each record that could be meant
    sync_error.tries, -- how often the same content was tried; 0 after 'dynsync retry'
    sync_error.first_at, -- UTC; when it came up
    sync_error.last_at, -- UTC; when it was last tried
    CASE WHEN sync_error.retry_at < '9999' THEN sync_error.retry_at END AS retry_at, -- UTC; when it is tried again by itself; NULL: given up until it changes
    sync_error.retry_at >= '9999' AS is_given_up, -- whether only a change or 'dynsync retry' has it tried again
    sync_error.request_id -- the service's own name of the call
  FROM sync_error
  ORDER BY sync_error.error_id;
