-- What became of writes can be told to persons in Marketo, once each.
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

-- A run warns of activities too. A rename would take the views of the last run with it.
CREATE TABLE earlier_run_warning AS SELECT * FROM run_warning;
DROP TABLE run_warning;

CREATE TABLE run_warning (
  -- What a run told people to look at without stopping for it.
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run
  kind TEXT NOT NULL CHECK (kind IN ('clock', 'watermark', 'emptied', 'other_writer', 'paused', 'activities')), -- what it is about
  message TEXT NOT NULL, -- in words, with what to do
  PRIMARY KEY (run_id, message)
) STRICT;

INSERT INTO run_warning (run_id, kind, message) SELECT run_id, kind, message FROM earlier_run_warning;
DROP TABLE earlier_run_warning;

-- Activities are pruned as well.
CREATE TABLE earlier_pruning AS SELECT * FROM pruning;
DROP TABLE pruning;

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

INSERT INTO pruning (pruning_id, at, before, log_rows, operations, watermarks, runs)
SELECT pruning_id, at, before, log_rows, operations, watermarks, runs FROM earlier_pruning;
DROP TABLE earlier_pruning;
