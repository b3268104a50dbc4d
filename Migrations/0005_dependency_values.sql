-- Each dependency now says which value was made from it, so that another one makes its record dirty.
-- A rename would take the views of the last run with it.
CREATE TABLE earlier_dependency AS SELECT * FROM dependency;
DROP TABLE dependency;

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

INSERT INTO dependency (dynamics_id, entity, need, needed_object, needed_id, value, state, run_id)
SELECT dynamics_id, entity, need, needed_object, needed_id,
  (SELECT marketo_id FROM link
   WHERE link.dynamics_id = needed_id AND link.state = 'active'), state, run_id
FROM earlier_dependency;

DROP TABLE earlier_dependency;

CREATE INDEX dependency_needed ON dependency (needed_id);
CREATE INDEX dependency_waiting ON dependency (state) WHERE state = 'waiting';

-- Who was converted or merged into a record is found from it.
CREATE INDEX link_survivor ON link (survivor_id) WHERE survivor_id IS NOT NULL;

-- One record at a time is made for a key.
CREATE INDEX operation_open_key ON operation (create_key) WHERE status IN ('planned', 'sending');
