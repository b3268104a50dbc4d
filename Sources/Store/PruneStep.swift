import GRDB
import Model

/// One table that is shortened by age, in pieces of so many rows.
struct PruneStep {
  /// The count that the rows go into.
  let count: WritableKeyPath<Pruning, Int> & Sendable
  let table: String
  let key: String
  /// Which rows go; `?` is the age.
  let condition: String
  let ages: Int

  /// Removes what is too old of the next `limit` rows after `last`, and tells the last of them; `nil`
  /// behind the end.
  func remove(
    after last: Int64, limit: Int, before: Instant, _ pruning: inout Pruning, _ db: Database
  ) throws -> Int64? {
    let end = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT max(\(key)) FROM (
            SELECT \(key) FROM \(table) WHERE \(key) > ? ORDER BY \(key) LIMIT ?)
          """), arguments: [last, limit])
    guard let end else { return nil }
    let ages = Array(repeating: before.text, count: ages)
    try db.cachedStatement(
      sql: """
        DELETE FROM \(table) AS old WHERE \(key) > ? AND \(key) <= ? AND \(condition)
        """
    ).execute(arguments: [last, end] + StatementArguments(ages))
    pruning[keyPath: count] += db.changesCount
    return end
  }

  /// Counts what ``remove(after:limit:before:_:_:)`` would take away, and hides it from the rest of the
  /// transaction behind a temporary view with the table's name.
  func hide(before: Instant, _ pruning: inout Pruning, _ db: Database) throws {
    let hidden = quoted("hidden_\(table)")
    try db.execute(sql: "CREATE TEMP TABLE \(hidden) (id INTEGER PRIMARY KEY)")
    try db.execute(
      sql: "INSERT INTO \(hidden) SELECT \(key) FROM \(table) AS old WHERE \(condition)",
      arguments: StatementArguments(Array(repeating: before.text, count: ages)))
    pruning[keyPath: count] += db.changesCount
    try db.execute(
      sql: """
        CREATE TEMP VIEW \(quoted(table)) AS SELECT * FROM main.\(quoted(table))
        WHERE \(key) NOT IN (SELECT id FROM \(hidden))
        """)
  }

  /// The log, its operations, what was told of them, and the watermarks, in the order in which they
  /// let go of each other.
  static let all = [log, operations, activities, watermarks]

  /// The last decision of each kind about each field stays: by it a value is explained for ever, and
  /// every moment since then is known in full.
  private static let log = PruneStep(
    count: \.logRows, table: "activity_log", key: "seq",
    condition: """
      old.at < ? AND (
        EXISTS (SELECT 1 FROM activity_log AS later
          WHERE later.dynamics_id = old.dynamics_id AND later.seq > old.seq AND later.at < ?
            AND later.action = old.action AND later.field IS old.field)
        OR old.dynamics_id IS NULL AND EXISTS (SELECT 1 FROM activity_log AS later
          WHERE later.marketo_id = old.marketo_id AND later.dynamics_id IS NULL
            AND later.seq > old.seq AND later.at < ? AND later.action = old.action
            AND later.field IS old.field))
      """, ages: 3)

  /// An operation stays as long as it is open, or the log or the error list tells of it; the newest
  /// one stays too, so that its number is not given again.
  private static let operations = PruneStep(
    count: \.operations, table: "operation", key: "operation_id",
    condition: """
      old.status NOT IN ('planned', 'sending')
      AND coalesce(old.settled_at, old.sent_at,
        (SELECT started_at FROM run WHERE run.run_id = old.run_id)) < ?
      AND old.operation_id < (SELECT max(operation_id) FROM operation)
      AND NOT EXISTS (SELECT 1 FROM activity_log AS log
        WHERE log.dynamics_id = old.dynamics_id AND log.operation_id = old.operation_id)
      AND NOT EXISTS (SELECT 1 FROM sync_error WHERE sync_error.operation_id = old.operation_id)
      """, ages: 1)

  /// The newest activity stays, so that its number is not given again.
  private static let activities = PruneStep(
    count: \.activities, table: "outcome_activity", key: "activity_id",
    condition: """
      old.state NOT IN ('pending', 'sending') AND old.settled_at < ?
      AND old.activity_id < (SELECT max(activity_id) FROM outcome_activity)
      """, ages: 1)

  /// The last watermark before the age stays: a feed can be wound back to it.
  private static let watermarks = PruneStep(
    count: \.watermarks, table: "watermark_history", key: "seq",
    condition: """
      old.at < ? AND EXISTS (
        SELECT 1 FROM watermark_history AS later
        WHERE later.feed = old.feed AND later.seq > old.seq AND later.at < ?)
      """, ages: 2)
}
