import GRDB

/// The tables in which the Dynamics half of the sandbox keeps its state.
enum DynamicsSchema {
  /// Creates what is missing: tables, columns that a newer catalogue declares, and first rows.
  static func create(_ db: Database) throws {
    try SandboxSettings.createTable(db)
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS dynamics_counter (
          name TEXT PRIMARY KEY NOT NULL, -- 'version', 'token', 'generation', 'epoch' or 'roles'
          value INTEGER NOT NULL -- the last number given out
        ) STRICT;
        CREATE TABLE IF NOT EXISTS dynamics_tombstone (
          version INTEGER PRIMARY KEY NOT NULL, -- the row version of the delete
          table_name TEXT NOT NULL,
          id TEXT NOT NULL,
          deleted_at INTEGER NOT NULL -- Unix seconds
        ) STRICT;
        CREATE INDEX IF NOT EXISTS dynamics_tombstone_by_table
          ON dynamics_tombstone (table_name, version);
        CREATE TABLE IF NOT EXISTS dynamics_token (
          token TEXT PRIMARY KEY NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
          user_id TEXT NOT NULL, -- whom it speaks for
          expires_at INTEGER NOT NULL -- Unix seconds
        ) STRICT;
        """)
    for table in DynamicsCatalogue.tables { try create(table, db) }
  }

  /// Removes every row of every table, counters included, except the generation.
  static func empty(_ db: Database) throws {
    for table in DynamicsCatalogue.tables {
      try db.execute(sql: "DELETE FROM \(sqlName(table))")
    }
    try db.execute(
      sql: """
        DELETE FROM dynamics_counter WHERE name <> 'generation';
        DELETE FROM dynamics_tombstone;
        DELETE FROM dynamics_token;
        """)
    try SandboxSettings.clear(prefix: "dynamics_", db)
  }

  private static func create(_ table: DynamicsTable, _ db: Database) throws {
    let name = sqlName(table)
    let all = table.columns.flatMap(parts).filter {
      $0.0 != table.idColumn && $0.0 != "versionnumber"
    }
    let definitions = all.map { ",\n  \(quoted($0.0)) \($0.1)" }.joined()
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS \(name) (
          \(quoted(table.idColumn)) TEXT PRIMARY KEY NOT NULL,
          versionnumber INTEGER NOT NULL UNIQUE -- rises with every write in the organisation
          \(definitions)
        ) STRICT
        """)
    let present = Set(try db.columns(in: "dynamics_" + table.name).map(\.name))
    for (part, type) in all where !present.contains(part) {
      try db.execute(sql: "ALTER TABLE \(name) ADD COLUMN \(quoted(part)) \(type)")
    }
    for column in table.columns {
      guard isSearched(column) else { continue }
      let index = quoted("dynamics_\(table.name)_by_\(column.name)")
      try db.execute(
        sql: "CREATE INDEX IF NOT EXISTS \(index) ON \(name) (\(quoted(column.name)))")
    }
  }

  /// The columns in SQLite that hold one column of the service, with their types.
  private static func parts(_ column: DynamicsColumn) -> [(String, String)] {
    switch column.kind {
    case .text, .memo: [(column.name, "TEXT COLLATE NOCASE")]
    case .identifier, .moment, .options: [(column.name, "TEXT")]
    case .double: [(column.name, "REAL")]
    case .lookup where column.isPolymorphic:
      [(column.name, "TEXT"), (typeColumn(column), "TEXT")]
    case .lookup: [(column.name, "TEXT")]
    default: [(column.name, "INTEGER")]
    }
  }

  private static func isSearched(_ column: DynamicsColumn) -> Bool {
    if case .text(_, format: "Email") = column.kind { return true }
    return column.targets.contains { $0.deletion != .restrict }
  }

  /// The column that names the table of a look-up with several targets.
  static func typeColumn(_ column: DynamicsColumn) -> String { column.name + "_type" }

  /// The quoted SQLite name of a table of the service.
  static func sqlName(_ table: DynamicsTable) -> String { quoted("dynamics_" + table.name) }

  /// An identifier in double quotes.
  static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}
