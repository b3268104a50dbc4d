-- The log can be shortened by age, and is asked for by time.
CREATE TABLE pruning (
  -- What `dynsync prune` removed: an explanation that reaches further back says so.
  pruning_id INTEGER PRIMARY KEY, -- rises
  at TEXT NOT NULL, -- UTC, RFC 3339; when it was done
  before TEXT NOT NULL, -- UTC; of what was decided earlier, only the last decision of each kind stayed
  log_rows INTEGER NOT NULL DEFAULT 0, -- rows of activity_log that were removed
  operations INTEGER NOT NULL DEFAULT 0, -- operations that were removed, with their fields
  watermarks INTEGER NOT NULL DEFAULT 0, -- rows of watermark_history that were removed
  runs INTEGER NOT NULL DEFAULT 0 -- rows of run that were removed
) STRICT;

CREATE INDEX activity_log_at ON activity_log (at);
