import GRDB
import Model

extension Store {
  /// Begins to tell persons what becomes of writes, from here on; the past is not told.
  ///
  /// Nothing happens where it has begun already.
  public func beginTelling() throws {
    guard try !isTelling() else { return }
    try write("begin to tell outcomes") { db in
      try db.cachedStatement(
        sql: """
          INSERT INTO told_log (one, seq) SELECT 1, coalesce(max(seq), 0) FROM activity_log
          """
      ).execute()
    }
  }

  /// Ends what ``beginTelling()`` began; what was not sent yet is dropped.
  public func endTelling() throws {
    guard try isTelling() else { return }
    try write("end to tell outcomes") { db in
      try db.cachedStatement(sql: "DELETE FROM told_log").execute()
      try db.cachedStatement(sql: "DELETE FROM outcome_activity WHERE state = 'pending'").execute()
    }
  }

  private func isTelling() throws -> Bool {
    try read("look whether outcomes are told") { db in
      try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM told_log)")) ?? false
    }
  }

  /// Makes activities of what was logged since the last call: one for each person, run and outcome.
  ///
  /// The log's rows are stored together with the outcomes that they tell, so that none is missed
  /// whenever the process dies, and none is told twice.
  public func collectOutcomes() throws {
    let isNew = try read("look for outcomes to tell") { db in
      try Bool.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT (SELECT seq FROM told_log) < (SELECT max(seq) FROM activity_log)
            """)) ?? false
    }
    guard isNew else { return }
    try write("store outcomes to tell") { db in
      try db.cachedStatement(sql: Self.collection).execute()
      try db.cachedStatement(
        sql: "UPDATE told_log SET seq = (SELECT max(seq) FROM activity_log)"
      ).execute()
    }
  }

  /// The writes that were carried out or refused, of persons whose id is known.
  private static let collection = """
    WITH told AS (
      SELECT log.run_id, log.marketo_id, log.entity, log.side, log.at,
        CASE log.action WHEN 'rejected' THEN 'refused' ELSE 'synced' END AS outcome,
        field_rule.marketo_field AS field,
        CASE log.action
          WHEN 'created' THEN 'created in ' || log.side
          WHEN 'collision' THEN field_rule.marketo_field || ': ' || log.winner || ' won'
          WHEN 'rejected' THEN coalesce(field_rule.marketo_field || ': ', '')
            || coalesce(log.message, '') || ' (' || log.side || ' ' || log.error_code || ')'
        END AS words
      FROM activity_log AS log
      JOIN entity_rule ON entity_rule.entity = log.entity
        AND entity_rule.marketo_object = '\(ObjectType.person.name)'
      LEFT JOIN field_rule ON field_rule.entity = log.entity AND field_rule.pair = log.field
      WHERE log.seq > (SELECT seq FROM told_log) AND log.operation_id IS NOT NULL
        AND log.marketo_id IS NOT NULL AND log.side IS NOT NULL
        AND log.action IN ('created', 'updated', 'collision', 'first_link', 'rejected')
    ), message AS (
      SELECT run_id, marketo_id, outcome, substr(group_concat(words, '; '), 1, 2000) AS text
      FROM (SELECT DISTINCT run_id, marketo_id, outcome, words FROM told WHERE words IS NOT NULL)
      GROUP BY run_id, marketo_id, outcome
    )
    INSERT INTO outcome_activity (run_id, marketo_id, outcome, key, entity, direction, fields,
      message, at, state)
    SELECT told.run_id, told.marketo_id, told.outcome,
      'run ' || told.run_id || ' of ' || run.started_at || ': ' || told.marketo_id || ' '
        || told.outcome,
      max(told.entity),
      CASE WHEN min(told.side) = max(told.side) THEN 'to_' || min(told.side) ELSE 'both' END,
      substr(replace(group_concat(DISTINCT told.field), ',', ', '), 1, 2000),
      message.text, max(told.at), 'pending'
    FROM told
    JOIN run ON run.run_id = told.run_id
    LEFT JOIN message ON message.run_id = told.run_id
      AND message.marketo_id = told.marketo_id AND message.outcome = told.outcome
    WHERE TRUE
    GROUP BY told.run_id, told.marketo_id, told.outcome
    ON CONFLICT DO NOTHING
    """
}
