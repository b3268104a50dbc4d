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
    sync_error.tries, -- how often it was tried
    sync_error.first_at, -- UTC; when it came up
    sync_error.last_at, -- UTC; when it was last tried
    sync_error.retry_at, -- UTC; when it is tried again by itself
    sync_error.request_id -- the service's own name of the call
  FROM sync_error
  ORDER BY sync_error.error_id;

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
