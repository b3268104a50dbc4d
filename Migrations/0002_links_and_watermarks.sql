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

-- One active link for each record of either side, across entities.
CREATE UNIQUE INDEX link_active_dynamics ON link (dynamics_id) WHERE state = 'active';
CREATE UNIQUE INDEX link_active_marketo ON link (marketo_id) WHERE state = 'active';
CREATE INDEX link_dynamics ON link (dynamics_id);

CREATE TABLE dependency (
  -- What a derived value was made from, so that a change of it makes the dependent record dirty.
  dynamics_id TEXT NOT NULL, -- the record that needs something
  entity TEXT NOT NULL, -- its entity
  need TEXT NOT NULL, -- owner, account: the derivation
  needed_object TEXT NOT NULL, -- user, team, account: the Dynamics object that is needed
  needed_id TEXT NOT NULL, -- its GUID
  state TEXT NOT NULL CHECK (state IN ('met', 'waiting')), -- waiting: the needed record has no link yet
  run_id INTEGER NOT NULL REFERENCES run (run_id), -- the run that last looked
  PRIMARY KEY (dynamics_id, need)
) STRICT;

CREATE INDEX dependency_needed ON dependency (needed_id);
CREATE INDEX dependency_waiting ON dependency (state) WHERE state = 'waiting';

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

INSERT INTO change_sequence (only, value) VALUES (1, 0);
