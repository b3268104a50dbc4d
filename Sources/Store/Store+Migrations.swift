import GRDB
import Migrations

extension Store {
  /// Brings the schema up to date and tells the names of the steps that it applied, in order.
  ///
  /// Each step is one transaction with its record. Refuses a file that holds a step which this
  /// program does not know.
  @discardableResult
  public func migrate(steps: [MigrationStep] = MigrationStep.all) throws -> [String] {
    let applied = try write("read the schema's version") { db in
      try db.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS migration (
            -- The steps of the schema that this file has.
            name TEXT PRIMARY KEY, -- the file in Migrations/, without its ending
            applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) -- UTC
          ) STRICT
          """)
      return try String.fetchAll(
        db.cachedStatement(sql: "SELECT name FROM migration ORDER BY name"))
    }
    try SchemaVersion(applied: applied).refuseNewer(than: steps)
    let missing = steps.filter { !applied.contains($0.name) }
    for step in missing {
      try write("apply the migration \(step.name)") { db in
        try db.execute(sql: step.sql)
        try db.cachedStatement(sql: "INSERT INTO migration (name) VALUES (?)").execute(arguments: [
          step.name
        ])
      }
    }
    return missing.map(\.name)
  }

  /// Refuses to go on with a file whose schema is not exactly this program's.
  public func requireCurrentSchema(steps: [MigrationStep] = MigrationStep.all) throws {
    let version = try SchemaVersion(of: database)
    try version.refuseNewer(than: steps)
    guard version.applied.count == steps.count else {
      throw StoreError(
        .cannotOpen, "use the database", "its schema is older than this program's",
        mend: "run: dynsync migrate")
    }
  }
}
