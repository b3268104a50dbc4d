CREATE TABLE migration (
  -- The steps of the schema that this file has.
  name TEXT PRIMARY KEY, -- the file in Migrations/, without its ending
  applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) -- UTC
) STRICT;

CREATE TABLE run (
  -- One execution of `dynsync run`, with what it cost and how it ended.
  run_id INTEGER PRIMARY KEY, -- rises with each run
  started_at TEXT NOT NULL, -- UTC, RFC 3339
  finished_at TEXT, -- UTC; NULL while it runs, and for ever if it was killed
  exit_code INTEGER, -- as the process returned it; NULL as above
  version TEXT NOT NULL, -- of dynsync
  is_dry INTEGER NOT NULL DEFAULT 0 CHECK (is_dry IN (0, 1)), -- 1: stopped before the first write
  records_pulled INTEGER NOT NULL DEFAULT 0, -- records read from both sides
  records_changed INTEGER NOT NULL DEFAULT 0, -- of those, whose selected fields or facts differed from the mirror
  links_made INTEGER NOT NULL DEFAULT 0, -- links between records that both stood
  operations_planned INTEGER NOT NULL DEFAULT 0, -- writes that the plan asked for
  records_created INTEGER NOT NULL DEFAULT 0, -- creates that were applied
  records_updated INTEGER NOT NULL DEFAULT 0, -- updates that were applied
  collisions INTEGER NOT NULL DEFAULT 0, -- fields that both sides had changed, settled by a rule
  rejections INTEGER NOT NULL DEFAULT 0, -- writes that a service refused
  dynamics_calls INTEGER NOT NULL DEFAULT 0, -- HTTP requests to Dynamics
  marketo_calls INTEGER NOT NULL DEFAULT 0, -- HTTP requests to Marketo
  recover_ms INTEGER NOT NULL DEFAULT 0, -- milliseconds spent settling what an earlier run left in doubt
  pull_ms INTEGER NOT NULL DEFAULT 0, -- milliseconds spent reading both sides
  link_ms INTEGER NOT NULL DEFAULT 0, -- milliseconds spent matching new records
  plan_ms INTEGER NOT NULL DEFAULT 0, -- milliseconds spent deciding
  push_ms INTEGER NOT NULL DEFAULT 0, -- milliseconds spent writing, read-backs included
  message TEXT -- the error that ended it, where one did
) STRICT;

CREATE TABLE peer (
  -- Who stood behind each service's URL when it was first used; checked at every run.
  side TEXT PRIMARY KEY CHECK (side IN ('dynamics', 'marketo')), -- the service
  host TEXT NOT NULL, -- the host that was called
  organisation TEXT NOT NULL, -- Dynamics: organisation id; Marketo: Munchkin id
  user TEXT NOT NULL, -- Dynamics: the sync user's id; Marketo: the API user
  recorded_at TEXT NOT NULL -- UTC, RFC 3339
) STRICT;

CREATE TABLE entity_rule (
  -- The entities as the last run's configuration had them.
  entity TEXT PRIMARY KEY, -- lead, contact, account, user, or a custom entity's name
  dynamics_object TEXT NOT NULL, -- its mirror is dynamics_<object>
  marketo_object TEXT NOT NULL, -- its mirror is marketo_<object>
  direction TEXT NOT NULL CHECK (direction IN ('both', 'to_marketo', 'to_dynamics')), -- which way changes go
  winner TEXT NOT NULL, -- who wins a collision where the field has no rule of its own
  create_policy TEXT NOT NULL, -- when a Marketo record becomes a Dynamics record
  delete_policy TEXT NOT NULL, -- what a delete in Dynamics does
  push_order INTEGER NOT NULL -- what others point to is written first
) STRICT;

CREATE TABLE field_rule (
  -- The pairs of fields as the last run's configuration had them.
  entity TEXT NOT NULL REFERENCES entity_rule (entity), -- the pair's entity
  pair TEXT NOT NULL, -- <dynamics field>__<marketo field>; the base columns begin with it
  dynamics_field TEXT NOT NULL, -- in Dynamics' own spelling; with a leading underscore: derived from links or facts
  marketo_field TEXT NOT NULL, -- in Marketo's own spelling
  direction TEXT NOT NULL CHECK (direction IN ('both', 'to_marketo', 'to_dynamics')), -- which way changes go
  winner TEXT NOT NULL, -- who wins a collision of this field
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)), -- 0: removed or stopped; its base is kept
  stopped_because TEXT, -- why the field does not sync, where its metadata forbids it
  PRIMARY KEY (entity, pair)
) STRICT;

CREATE TABLE dynamics_option (
  -- The labels of option fields, as the last run read them.
  object TEXT NOT NULL, -- its mirror is dynamics_<object>
  field TEXT NOT NULL, -- the column of that mirror
  number INTEGER NOT NULL, -- what the mirror holds
  label TEXT NOT NULL, -- what people see
  PRIMARY KEY (object, field, number)
) STRICT;

CREATE TABLE link (
  -- Which Dynamics record is which Marketo record.
  link_id INTEGER PRIMARY KEY, -- the base row of the link has the same number
  entity TEXT NOT NULL, -- the entity of the Dynamics record
  dynamics_id TEXT NOT NULL, -- the record's GUID, lower case
  marketo_id TEXT, -- the Marketo id of a person, the dedupe value of other objects; NULL where the record never had one
  state TEXT NOT NULL CHECK (state IN ('active', 'converted', 'merged', 'deleted', 'unlinked')), -- active: kept in step
  survivor_id TEXT, -- converted or merged: the Dynamics record that lives on
  how TEXT NOT NULL CHECK (how IN ('key', 'email', 'created', 'conversion', 'merge', 'request')), -- what made the link
  linked_at TEXT NOT NULL, -- UTC, RFC 3339
  changed_at TEXT NOT NULL, -- UTC; when the state last changed
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run that made it
  CHECK (state <> 'active' OR marketo_id IS NOT NULL),
  CHECK (state NOT IN ('converted', 'merged') OR survivor_id IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX link_active_dynamics ON link (dynamics_id) WHERE state = 'active';

CREATE UNIQUE INDEX link_active_marketo ON link (marketo_id) WHERE state = 'active';

CREATE INDEX link_dynamics ON link (dynamics_id);

CREATE TABLE watermark (
  -- How far each feed has been read; committed together with the page that it follows.
  feed TEXT PRIMARY KEY, -- the mirror's name, or what else is watched
  text TEXT NOT NULL, -- the service's own words, byte for byte
  is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1)), -- 0: between two pages
  full_read_run INTEGER, -- the run that began the full read which is under way
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run that wrote it
  at TEXT NOT NULL -- UTC, RFC 3339
) STRICT;

CREATE TABLE watermark_history (
  -- Earlier complete watermarks, newest last: to go back to one, copy it into watermark.
  seq INTEGER PRIMARY KEY, -- order
  feed TEXT NOT NULL, -- as in watermark
  text TEXT NOT NULL, -- as in watermark
  run_id INTEGER NOT NULL, -- the run that wrote it
  at TEXT NOT NULL -- UTC, RFC 3339
) STRICT;

CREATE TABLE activity_seen (
  -- Marketo activities that were applied: told again within the overlap, they cost nothing.
  marketo_guid TEXT PRIMARY KEY, -- the activity's identity
  at TEXT NOT NULL, -- UTC; when it happened
  run_id INTEGER NOT NULL -- the run that applied it
) STRICT;

CREATE TABLE change_sequence (
  -- The last number given to a change of a mirror row.
  only INTEGER PRIMARY KEY CHECK (only = 1), -- one row
  value INTEGER NOT NULL -- rises with each changed row
) STRICT;

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

CREATE VIEW why AS
  -- Every logged decision with its run, newest first: filter by dynamics_id, marketo_id or field.
  SELECT
    log.at, -- UTC, RFC 3339
    log.run_id, -- the run
    log.entity, -- the record's entity
    log.dynamics_id, -- the Dynamics record
    log.marketo_id, -- the Marketo record
    log.field, -- the pair of fields, as in field_rule; NULL for the whole record
    log.action, -- what happened
    log.side AS written_side, -- the side that was written
    log.dynamics_base, -- what Dynamics held when both last agreed: '' is an agreed empty value, NULL no base
    log.dynamics_value, -- what Dynamics held; NULL is empty
    log.marketo_base, -- as dynamics_base, of Marketo
    log.marketo_value, -- what Marketo held; NULL is empty
    log.written_value, -- what was sent
    log.winner, -- the side whose value was taken
    log.rule, -- why
    log.operation_id, -- the write
    operation.status AS operation_status, -- what became of the write
    log.error_code, -- the service's code, where it refused
    log.request_id, -- the service's own name of the call
    log.message -- in words
  FROM activity_log AS log
  LEFT JOIN operation ON operation.operation_id = log.operation_id
  ORDER BY log.seq DESC;

CREATE TABLE dependency (
  -- What a derived value was made from, so that a change of it makes the dependent record dirty.
  dynamics_id TEXT NOT NULL, -- the record that needs something
  entity TEXT NOT NULL, -- its entity
  need TEXT NOT NULL, -- owner, account, parent, opportunity, person: the derivation; customer: the contact whose account is an opportunity's company
  needed_object TEXT NOT NULL, -- user, team, account, contact and so on: the Dynamics object that is needed
  needed_id TEXT NOT NULL, -- its GUID
  value TEXT, -- what was made from it: the Marketo id of its counterpart; customer: the id of the contact's account; NULL while waiting, or where there is none
  state TEXT NOT NULL CHECK (state IN ('met', 'waiting')), -- waiting: the needed record has no link yet
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run that last looked
  PRIMARY KEY (dynamics_id, need)
) STRICT;

CREATE INDEX dependency_needed ON dependency (needed_id);

CREATE INDEX dependency_waiting ON dependency (state) WHERE state = 'waiting';

CREATE INDEX link_survivor ON link (survivor_id) WHERE survivor_id IS NOT NULL;

CREATE INDEX operation_open_key ON operation (create_key) WHERE status IN ('planned', 'sending');

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
  origin TEXT, -- a derived value: what it was made from, as in 'customer contact … → account …'; NULL for others
  PRIMARY KEY (operation_id, pair)
) STRICT, WITHOUT ROWID;

CREATE TABLE adoption (
  -- Each time that a person accepted another organisation or user behind a service's URL.
  adoption_id INTEGER PRIMARY KEY, -- order
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the command's own row
  at TEXT NOT NULL, -- UTC, RFC 3339
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the service
  old_host TEXT NOT NULL, -- the host before
  old_organisation TEXT NOT NULL, -- as in peer, before
  old_user TEXT NOT NULL, -- as in peer, before
  new_host TEXT NOT NULL, -- the host from then on
  new_organisation TEXT NOT NULL, -- as in peer, from then on
  new_user TEXT NOT NULL -- as in peer, from then on
) STRICT;

CREATE TABLE paused_value (
  -- Fields that are not written, as every run wrote them and something put them back: the values that come and go.
  dynamics_id TEXT NOT NULL, -- the Dynamics record
  pair TEXT NOT NULL, -- the pair of fields, as in field_rule
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the side that is not given the value again
  value TEXT NOT NULL, -- what it was given and did not keep; '' is an empty value
  entity TEXT NOT NULL, -- the record's entity
  marketo_id TEXT, -- the Marketo record
  since TEXT NOT NULL, -- UTC; the first of the writes that did not last
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run that paused it
  PRIMARY KEY (dynamics_id, pair, side, value)
) STRICT;

CREATE TABLE foreign_change (
  -- Rows of Dynamics that changed under our own user's name without an operation of this database.
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run that read it
  dynamics_id TEXT NOT NULL, -- the Dynamics record
  at TEXT NOT NULL, -- UTC; when it was read
  PRIMARY KEY (run_id, dynamics_id)
) STRICT;

CREATE TABLE selected_field (
  -- The types of the selected fields, so that a changed one is noticed.
  object TEXT NOT NULL, -- the mirror's name
  field TEXT NOT NULL, -- the column of that mirror
  type TEXT NOT NULL, -- as its values are kept
  is_selected INTEGER NOT NULL CHECK (is_selected IN (0, 1)), -- 0: taken out of the configuration; may come back with another type
  PRIMARY KEY (object, field)
) STRICT;

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

CREATE INDEX activity_log_at ON activity_log (at);

CREATE TABLE metadata_document (
  -- The services' own metadata as they answered it: a run that finds nothing to do need not ask again within a day.
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the service that answered
  name TEXT NOT NULL, -- the path and query of the question
  text TEXT NOT NULL, -- the answer, as JSON
  read_at TEXT NOT NULL, -- UTC, RFC 3339; when it was read
  PRIMARY KEY (side, name)
) STRICT;

CREATE TABLE outcome_activity (
  -- What became of writes, for the logs of persons in Marketo: one custom activity a person, run and outcome.
  activity_id INTEGER PRIMARY KEY, -- order
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run that learned of it
  marketo_id TEXT NOT NULL, -- the person
  outcome TEXT NOT NULL CHECK (outcome IN ('synced', 'refused')), -- what became of it
  key TEXT NOT NULL UNIQUE, -- the activity's primary attribute, chosen beforehand: by it a repeat finds the first
  entity TEXT NOT NULL, -- lead or contact
  direction TEXT NOT NULL CHECK (direction IN ('to_marketo', 'to_dynamics', 'both')), -- which sides were written
  fields TEXT, -- Marketo's names of the fields; NULL for the whole record
  message TEXT, -- who won, or why it was refused, in words
  at TEXT NOT NULL, -- UTC; when the last of it was known: the activity's date
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'written', 'refused', 'gone')), -- refused: given up; gone: the person is no longer there
  sent_at TEXT, -- UTC; just before the call
  settled_at TEXT, -- UTC; when it was written or given up
  silences INTEGER NOT NULL DEFAULT 0, -- how often it was sent without an answer and was not there afterwards
  refusals INTEGER NOT NULL DEFAULT 0, -- how often Marketo refused it
  retry_at TEXT, -- UTC; when it is sent again after a refusal
  service_id TEXT, -- Marketo's own id of the activity
  request_id TEXT, -- the service's own name of the last call
  error_code TEXT, -- the service's code, where it refused
  error TEXT, -- the service's words, where it refused
  UNIQUE (run_id, marketo_id, outcome)
) STRICT;

CREATE INDEX outcome_activity_open ON outcome_activity (state, activity_id) WHERE state IN ('pending', 'sending');

CREATE TABLE told_log (
  -- How far the log was gone through for the activities; empty while marketo.log_activities is off.
  one INTEGER PRIMARY KEY CHECK (one = 1), -- one row at most
  seq INTEGER NOT NULL -- the last row of activity_log that was looked at
) STRICT;

CREATE TABLE run_warning (
  -- What a run told people to look at without stopping for it.
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run
  kind TEXT NOT NULL CHECK (kind IN ('clock', 'watermark', 'emptied', 'other_writer', 'paused', 'activities')), -- what it is about
  message TEXT NOT NULL, -- in words, with what to do
  PRIMARY KEY (run_id, message)
) STRICT;

CREATE TABLE pruning (
  -- What `dynsync prune` removed: an explanation that reaches further back says so.
  pruning_id INTEGER PRIMARY KEY, -- rises
  at TEXT NOT NULL, -- UTC, RFC 3339; when it was done
  before TEXT NOT NULL, -- UTC; of what was decided earlier, only the last decision of each kind stayed
  log_rows INTEGER NOT NULL DEFAULT 0, -- rows of activity_log that were removed
  operations INTEGER NOT NULL DEFAULT 0, -- operations that were removed, with their fields
  activities INTEGER NOT NULL DEFAULT 0, -- rows of outcome_activity that were removed
  watermarks INTEGER NOT NULL DEFAULT 0, -- rows of watermark_history that were removed
  runs INTEGER NOT NULL DEFAULT 0 -- rows of run that were removed
) STRICT;

CREATE INDEX link_active_entity ON link (entity) WHERE state = 'active';

CREATE INDEX link_deleted_marketo ON link (marketo_id) WHERE state = 'deleted';

CREATE INDEX sync_error_marketo ON sync_error (marketo_id) WHERE marketo_id IS NOT NULL;

CREATE INDEX sync_error_operation ON sync_error (operation_id) WHERE operation_id IS NOT NULL;

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
