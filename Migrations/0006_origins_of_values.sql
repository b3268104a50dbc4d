-- Each derived value now keeps what it was made from, which the log repeats.
ALTER TABLE operation_field RENAME TO earlier_operation_field;

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

INSERT INTO operation_field (operation_id, pair, field, source_value, sent_value, predicted_value, value_before,
  stored_value, dynamics_base, marketo_base, action, winner, rule)
SELECT operation_id, pair, field, source_value, sent_value, predicted_value, value_before,
  stored_value, dynamics_base, marketo_base, action, winner, rule
FROM earlier_operation_field;

DROP TABLE earlier_operation_field;
