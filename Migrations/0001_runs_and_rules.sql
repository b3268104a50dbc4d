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
