-- What the services say of their own tables and fields need not be asked at every run.
CREATE TABLE metadata_document (
  -- The services' own metadata as they answered it: a run that finds nothing to do need not ask again within a day.
  side TEXT NOT NULL CHECK (side IN ('dynamics', 'marketo')), -- the service that answered
  name TEXT NOT NULL, -- the path and query of the question
  text TEXT NOT NULL, -- the answer, as JSON
  read_at TEXT NOT NULL, -- UTC, RFC 3339; when it was read
  PRIMARY KEY (side, name)
) STRICT;
