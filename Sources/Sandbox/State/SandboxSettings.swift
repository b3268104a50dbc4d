import GRDB

/// The switches that change how the sandbox behaves, kept as rows so that they outlive a restart.
enum SandboxSettings {
  /// Creates the table of switches where it is missing.
  static func createTable(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS sandbox_setting (
          name TEXT PRIMARY KEY NOT NULL, -- the switch, with its service's prefix
          value TEXT NOT NULL -- JSON
        ) STRICT
        """)
  }

  /// All switches that are set, by name.
  static func all(_ db: Database) throws -> [String: DynamicsJSON] {
    var settings: [String: DynamicsJSON] = [:]
    let statement = try db.cachedStatement(
      sql: "SELECT name, value FROM sandbox_setting ORDER BY name")
    for row in try Row.fetchAll(statement) {
      let value: String = row[1]
      settings[row[0]] = try DynamicsJSON(parsing: value.utf8)
    }
    return settings
  }

  /// Sets a switch, or removes it where the value is null.
  static func set(_ name: String, _ value: DynamicsJSON, _ db: Database) throws {
    guard value != .null else {
      try db.execute(sql: "DELETE FROM sandbox_setting WHERE name = ?", arguments: [name])
      return
    }
    try db.execute(
      sql: "INSERT OR REPLACE INTO sandbox_setting (name, value) VALUES (?, ?)",
      arguments: [name, String(decoding: value.bytes, as: UTF8.self)])
  }

  /// Removes every switch of one service.
  static func clear(prefix: String, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM sandbox_setting WHERE name LIKE ? || '%'", arguments: [prefix])
  }
}
