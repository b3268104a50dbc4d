CREATE TABLE run_warning (
  -- What a run told people to look at without stopping for it.
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run
  kind TEXT NOT NULL CHECK (kind IN ('clock', 'watermark', 'emptied', 'other_writer', 'paused')), -- what it is about
  message TEXT NOT NULL, -- in words, with what to do
  PRIMARY KEY (run_id, message)
) STRICT;

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
