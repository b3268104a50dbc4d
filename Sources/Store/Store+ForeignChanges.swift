import GRDB
import Model

extension Store {
  /// Notes the rows of a page that changed under our own user's name without a write of ours.
  ///
  /// What is older than the last whole run proves nothing: it may come from a database that was lost
  /// or put back. A write of the last day may have been followed by work of the organisation's own
  /// (plug-ins run as whoever wrote). Of what goes to Marketo alone, no second dynsync writes either:
  /// there a change under our name is such work on another record.
  static func noteForeignChanges(
    in mirror: Mirror, changedFrom first: Int64, _ stamp: Stamp, _ db: Database
  ) throws {
    guard mirror.object.side == .dynamics,
      let user = try String.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT user FROM peer WHERE side = 'dynamics' AND EXISTS (SELECT 1 FROM entity_rule
              WHERE dynamics_object = ? AND direction <> 'to_marketo')
            """), arguments: [mirror.object.name]),
      let last = try String.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT started_at FROM run WHERE run_id < ? AND \(isWhole)
            ORDER BY run_id DESC LIMIT 1
            """), arguments: [stamp.run])
    else { return }
    try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO foreign_change (run_id, dynamics_id, at)
        SELECT ?, d.\(quoted(mirror.key)), ? FROM \(quoted(mirror.table)) AS d
        WHERE d._is_dirty = 1 AND d._change >= ? AND d._changed_by = ? AND d._changed_at >= ?
          AND d._first_seen < ? AND d._is_deleted = 0
          AND NOT EXISTS (SELECT 1 FROM activity_log AS log
            WHERE log.dynamics_id = d.\(quoted(mirror.key)) AND log.side = 'dynamics'
              AND log.at >= ?)
        """
    ).execute(arguments: [
      stamp.run, stamp.at.text, first, user, last, stamp.run, (stamp.at - 86_400).text,
    ])
  }

  private static let week: Int64 = 7 * 86_400

  /// Forgets what was noted more than a week ago.
  public func forgetForeignChanges(at now: Instant) throws {
    try write("forget old changes under our own name") { db in
      try db.cachedStatement(sql: "DELETE FROM foreign_change WHERE at < ?").execute(
        arguments: [(now - Self.week).text])
    }
  }

  /// In how many runs of the last week rows had changed under our name without a write of ours, and
  /// how many rows these were.
  public func foreignChanges(at now: Instant) throws -> (runs: Int, records: Int) {
    try read("count changes under our own name") { db in
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT count(DISTINCT run_id), count(DISTINCT dynamics_id) FROM foreign_change
            WHERE at >= ?
            """), arguments: [(now - Self.week).text])
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }
}
