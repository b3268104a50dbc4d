import GRDB
import Model

extension Store {
  /// Removes what was decided and done before a moment, and tells how much.
  ///
  /// What an open write, the error list, a link or a limit needs stays, and so does the last decision
  /// of each kind about each field. It goes piece by piece, `limit` rows looked at in one
  /// transaction, and may be ended after any of them. The caller holds the run's lock. A dry one is
  /// one transaction that is taken back.
  @discardableResult
  public func prune(
    before: Instant, at now: Instant, isDry: Bool = false, limit: Int = 5000
  ) throws -> Pruning {
    var pruning = Pruning(at: now, before: before)
    guard !isDry else { return try tryPruning(pruning) }
    let id = try write("prune the log") { db in
      try db.cachedStatement(sql: "INSERT INTO pruning (at, before) VALUES (?, ?)").execute(
        arguments: [now.text, before.text])
      return db.lastInsertedRowID
    }
    for step in PruneStep.all {
      var last: Int64? = 0
      while let from = last {
        last = try write("prune \(step.table)") { db in
          let end = try step.remove(
            after: from, limit: limit, before: before, &pruning, db)
          try Self.record(pruning, as: id, db)
          return end
        }
      }
    }
    try writeUnreferenced { db in
      pruning.runs = try Self.removeRuns(before: before, db)
      try Self.record(pruning, as: id, db)
      guard pruning.isEmpty else { return }
      try db.cachedStatement(sql: "DELETE FROM pruning WHERE pruning_id = ?").execute(arguments: [
        id
      ])
    }
    return pruning
  }

  /// Gives the room of removed rows back to the disk; needs as much free room as the file has.
  public func shrink() throws {
    try StoreError.telling("shrink the file") {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM")
        try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
  }

  private func tryPruning(_ pruning: Pruning) throws -> Pruning {
    var pruning = pruning
    try writeUnreferenced { db in
      for step in PruneStep.all {
        _ = try step.remove(
          after: 0, limit: Int(Int32.max), before: pruning.before, &pruning, db)
      }
      pruning.runs = try Self.removeRuns(before: pruning.before, db)
      throw Undone()
    }
    return pruning
  }

  /// What takes a transaction back.
  private struct Undone: Error {}

  /// One transaction without SQLite's own look for rows that point to a removed run.
  ///
  /// It would read the whole link table for each run; `removeRuns` looks itself, once.
  private func writeUnreferenced(_ body: (Database) throws -> Void) throws {
    try beforeWrite?()
    try StoreError.telling("prune the runs") {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
        do {
          try db.inTransaction(.immediate) {
            try body(db)
            return .commit
          }
        } catch is Undone {}
      }
    }
  }

  private static func record(_ pruning: Pruning, as id: Int64, _ db: Database) throws {
    guard !pruning.isEmpty else { return }
    try db.cachedStatement(
      sql: """
        UPDATE pruning SET log_rows = ?, operations = ?, activities = ?, watermarks = ?, runs = ?
        WHERE pruning_id = ?
        """
    ).execute(arguments: [
      pruning.logRows, pruning.operations, pruning.activities, pruning.watermarks, pruning.runs,
      id,
    ])
  }

  /// Removes the runs that nothing points to; the newest stays, and the newest that went to its end.
  private static func removeRuns(before: Instant, _ db: Database) throws -> Int {
    let references = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT tables.name AS child, key."from" AS field
          FROM sqlite_master AS tables, pragma_foreign_key_list(tables.name) AS key
          WHERE tables.type = 'table' AND key."table" = 'run'
          """)
    ).map { row in
      let field = quoted(row["field"])
      let child = quoted(row["child"])
      return "AND run_id NOT IN (SELECT \(field) FROM \(child) WHERE \(field) NOT NULL)"
    }
    try db.cachedStatement(
      sql: """
        DELETE FROM run WHERE started_at < ? AND run_id <> (SELECT max(run_id) FROM run)
          AND run_id <> coalesce((SELECT max(run_id) FROM run
            WHERE is_dry = 0 AND exit_code IN (0, 2) AND message IS NULL), 0)
          AND NOT EXISTS (SELECT 1 FROM activity_log WHERE activity_log.run_id = run.run_id)
          \(references.joined(separator: "\n"))
        """
    ).execute(arguments: [before.text])
    return db.changesCount
  }
}
