import GRDB
import Model

extension Store {
  /// Removes what was decided and done before a moment, and tells how much.
  ///
  /// What an open write, the error list, a link or a limit needs stays, and so does the last decision
  /// of each kind about each field. It goes piece by piece, `limit` rows looked at in one
  /// transaction, and may be ended after any of them. The caller holds the run's lock. A dry one
  /// only counts.
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

  /// Counts what would be removed: each step as it finds what the steps before it would leave.
  private func tryPruning(_ pruning: Pruning) throws -> Pruning {
    var pruning = pruning
    try StoreError.telling("count what would be pruned") {
      try database.writeWithoutTransaction { db in
        // What is temporary goes with the transaction; the file itself is read alone.
        try db.inTransaction(.deferred) {
          for step in PruneStep.all { try step.hide(before: pruning.before, &pruning, db) }
          pruning.runs =
            try Int.fetchOne(
              db, sql: "SELECT count(*) FROM run WHERE \(Self.isLooseRun(db))",
              arguments: [pruning.before.text]) ?? 0
          return .rollback
        }
      }
    }
    return pruning
  }

  /// One transaction without SQLite's own look for rows that point to a removed run.
  ///
  /// It would read the whole link table for each run; `removeRuns` looks itself, once.
  private func writeUnreferenced(_ body: (Database) throws -> Void) throws {
    try beforeWrite?()
    try StoreError.telling("prune the runs") {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF")
        defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
        try db.inTransaction(.immediate) {
          try body(db)
          return .commit
        }
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

  private static func removeRuns(before: Instant, _ db: Database) throws -> Int {
    try db.execute(
      sql: "DELETE FROM run WHERE \(isLooseRun(db))", arguments: [before.text])
    return db.changesCount
  }

  /// Which runs go, `?` being the age: those that nothing points to.
  ///
  /// The newest stays, and the newest that went to its end.
  private static func isLooseRun(_ db: Database) throws -> String {
    let references = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT tables.name AS child, key."from" AS field
          FROM sqlite_master AS tables, pragma_foreign_key_list(tables.name, 'main') AS key
          WHERE tables.type = 'table' AND key."table" = 'run'
          """)
    ).map { row in
      let field = quoted(row["field"])
      let child = quoted(row["child"])
      return "AND run_id NOT IN (SELECT \(field) FROM \(child) WHERE \(field) NOT NULL)"
    }
    return """
      started_at < ? AND run_id <> (SELECT max(run_id) FROM run)
        AND run_id <> coalesce((SELECT max(run_id) FROM run WHERE \(isWhole)), 0)
        AND NOT EXISTS (SELECT 1 FROM activity_log WHERE activity_log.run_id = run.run_id)
        \(references.joined(separator: "\n"))
      """
  }
}
