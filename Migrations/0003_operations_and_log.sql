CREATE TABLE operation (
  -- One write to one record: planned, and once sent, the durable intent by which a killed run is settled.
  operation_id INTEGER PRIMARY KEY, -- rises
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run that planned it
  entity TEXT NOT NULL, -- the record's entity
  dynamics_id TEXT NOT NULL, -- the Dynamics record
  marketo_id TEXT, -- the Marketo record; NULL before it is created
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the side that is written
  action TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete')), -- what is done there
  create_key TEXT, -- create: the key chosen beforehand
  if_version TEXT, -- update: the row version that the write is made for, where the side has one
  status TEXT NOT NULL CHECK (status IN ('planned', 'sending', 'applied', 'rejected', 'overtaken', 'absent')), -- overtaken: the record moved first; absent: certainly not applied
  dynamics_change INTEGER, -- change number of the Dynamics mirror row when it was planned
  marketo_change INTEGER, -- change number of the Marketo mirror row when it was planned
  sent_at TEXT, -- UTC; just before the call
  settled_at TEXT, -- UTC; when the outcome was known
  request_id TEXT, -- the service's own name of the call
  error_code TEXT, -- the service's code, where it refused
  message TEXT, -- the service's words, where it refused
  CHECK (action <> 'create' OR create_key IS NOT NULL)
) STRICT;

CREATE INDEX operation_open ON operation (status, entity, side) WHERE status IN ('planned', 'sending');
CREATE INDEX operation_open_record ON operation (dynamics_id) WHERE status IN ('planned', 'sending');
CREATE INDEX operation_run ON operation (run_id);

CREATE TABLE operation_field (
  -- One field of an operation, with everything that the decision was made from.
  operation_id INTEGER NOT NULL REFERENCES operation (operation_id) ON DELETE CASCADE, -- the operation
  pair TEXT NOT NULL, -- as in field_rule
  field TEXT NOT NULL, -- the field that is written, in the written side's spelling
  source_value TEXT, -- what the other side held: becomes its base
  sent_value TEXT, -- what was sent
  predicted_value TEXT, -- what the written side should then hold
  value_before TEXT, -- what the written side held
  stored_value TEXT, -- what it was seen to hold afterwards
  dynamics_base TEXT, -- the base of the Dynamics side; '' is an agreed empty value, NULL no base
  marketo_base TEXT, -- the base of the Marketo side, likewise
  action TEXT NOT NULL, -- what the log will say: created, updated, collision, first_link
  winner TEXT, -- the side whose value was taken, in a collision or first link
  rule TEXT NOT NULL, -- why it was taken
  PRIMARY KEY (operation_id, pair)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_error (
  -- The error list: what a person may have to mend. A row leaves it when its cause is gone.
  error_id INTEGER PRIMARY KEY, -- number
  entity TEXT NOT NULL, -- the record's entity
  dynamics_id TEXT NOT NULL, -- the Dynamics record
  marketo_id TEXT, -- the Marketo record, where it has one
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the side that refused, or where the candidates stand
  kind TEXT NOT NULL CHECK (kind IN ('rejected', 'ambiguous', 'manual', 'untranslatable')), -- what kind of trouble
  pair TEXT NOT NULL DEFAULT '', -- the pair of fields, as in field_rule; '' for the whole record
  code TEXT, -- the service's code
  message TEXT NOT NULL, -- what is wrong and what mends it
  request_id TEXT, -- the service's own name of the call
  content TEXT NOT NULL DEFAULT '', -- the value that was refused: another value is tried at once
  operation_id INTEGER, -- the operation that was refused
  tries INTEGER NOT NULL DEFAULT 1, -- how often it was tried
  first_at TEXT NOT NULL, -- UTC; when it came up
  last_at TEXT NOT NULL, -- UTC; when it was last tried
  retry_at TEXT NOT NULL, -- UTC; when it is tried again by itself
  UNIQUE (dynamics_id, side, kind, pair)
) STRICT;

CREATE INDEX sync_error_retry ON sync_error (retry_at);

CREATE TABLE sync_error_candidate (
  -- The records of which more than one could be meant.
  error_id INTEGER NOT NULL REFERENCES sync_error (error_id) ON DELETE CASCADE, -- the error
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the candidate's side
  record_id TEXT NOT NULL, -- the candidate
  PRIMARY KEY (error_id, side, record_id)
) STRICT;

CREATE INDEX sync_error_candidate_record ON sync_error_candidate (record_id);

CREATE TABLE activity_log (
  -- What was decided and done, one row a field or record event; rows are only ever added.
  seq INTEGER PRIMARY KEY, -- order
  run_id INTEGER NOT NULL, -- the run
  at TEXT NOT NULL, -- UTC, RFC 3339
  entity TEXT NOT NULL, -- the record's entity
  dynamics_id TEXT, -- the Dynamics record
  marketo_id TEXT, -- the Marketo record
  action TEXT NOT NULL CHECK (action IN ('linked', 'first_link', 'created', 'updated', 'agreed', 'collision', 'normalised', 'converted', 'merged', 'deleted', 'rejected', 'skipped', 'unlinked', 'recovered')), -- what happened
  side TEXT CHECK (side IN ('dynamics', 'marketo')), -- the side that was written
  field TEXT, -- the pair of fields, as in field_rule; NULL for the whole record
  dynamics_base TEXT, -- '' is an agreed empty value, NULL no base
  dynamics_value TEXT, -- what Dynamics held; NULL is empty
  marketo_base TEXT, -- as dynamics_base
  marketo_value TEXT, -- what Marketo held; NULL is empty
  written_value TEXT, -- what was sent
  winner TEXT, -- the side whose value was taken
  rule TEXT, -- why
  operation_id INTEGER, -- the write
  error_code TEXT, -- the service's code, where it refused
  request_id TEXT, -- the service's own name of the call
  message TEXT -- in words
) STRICT;

CREATE INDEX activity_log_dynamics ON activity_log (dynamics_id);
CREATE INDEX activity_log_marketo ON activity_log (marketo_id);
CREATE INDEX activity_log_run ON activity_log (run_id);
