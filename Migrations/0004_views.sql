CREATE VIEW errors AS
  -- The error list with what each entry is about.
  SELECT
    sync_error.entity,
    sync_error.dynamics_id,
    sync_error.marketo_id,
    sync_error.side,
    sync_error.kind,
    nullif(sync_error.pair, '') AS field,
    sync_error.code,
    sync_error.message,
    (SELECT group_concat(side || ' ' || record_id, ', ')
     FROM sync_error_candidate AS candidate
     WHERE candidate.error_id = sync_error.error_id) AS candidates,
    sync_error.tries,
    sync_error.first_at,
    sync_error.last_at,
    sync_error.retry_at,
    sync_error.request_id
  FROM sync_error
  ORDER BY sync_error.error_id;

CREATE VIEW why AS
  -- Every logged decision with its run, newest first: filter by dynamics_id, marketo_id or field.
  SELECT
    log.at,
    log.run_id,
    log.entity,
    log.dynamics_id,
    log.marketo_id,
    log.field,
    log.action,
    log.side AS written_side,
    log.dynamics_base,
    log.dynamics_value,
    log.marketo_base,
    log.marketo_value,
    log.written_value,
    log.winner,
    log.rule,
    log.operation_id,
    operation.status AS operation_status,
    log.error_code,
    log.request_id,
    log.message
  FROM activity_log AS log
  LEFT JOIN operation ON operation.operation_id = log.operation_id
  ORDER BY log.seq DESC;
