import GRDB
import Model

extension Mirror {
  /// Makes the table if it is not among those that stand, and adds the columns of newly selected fields.
  ///
  /// Tells the added columns of a table that stood: rows read before do not hold their values.
  func ensureTable(among tables: Set<String>, _ db: Database) throws -> [FieldName] {
    guard tables.contains(table.lowercased()) else {
      try create(db)
      return []
    }
    let standing = Set(try db.columns(in: table).map { $0.name.lowercased() })
    for column in Self.ownColumns where !standing.contains(column.name) {
      try db.execute(
        sql: "ALTER TABLE \(quoted(table)) ADD COLUMN \(column.name) \(column.type)")
    }
    let added = fields.filter { !standing.contains($0.name.rawValue.lowercased()) }
    for field in added {
      try db.execute(
        sql: """
          ALTER TABLE \(quoted(table))
          ADD COLUMN \(quoted(field.name.rawValue)) \(field.type.columnType)
          """)
    }
    return added.map(\.name)
  }

  private func create(_ db: Database) throws {
    let own = Self.ownColumns.map { "\($0.name) \($0.type), -- \($0.comment)" }
    let selected = fields.map {
      "\(quoted($0.name.rawValue)) \($0.type.columnType), -- \(oneLine($0.label))"
    }
    let lines = ["\(quoted(key)) TEXT NOT NULL, -- the side's identity of the record"]
    try db.execute(
      sql: """
        CREATE TABLE \(quoted(table)) (
          -- What \(object.side) held when it was last read; made from the selected fields.
          \((lines + selected + own).joined(separator: "\n  "))
          UNIQUE (\(quoted(key)))
        ) STRICT
        """)
    try db.execute(
      sql: """
        CREATE INDEX \(quoted("\(table)_dirty")) ON \(quoted(table)) (_change) WHERE _is_dirty = 1;
        CREATE INDEX \(quoted("\(table)_stale")) ON \(quoted(table)) (_is_stale) WHERE _is_stale = 1;
        CREATE INDEX \(quoted("\(table)_email")) ON \(quoted(table)) (_email)
          WHERE _email IS NOT NULL;
        """)
  }

  /// A label may hold anything; a comment ends with its line.
  private func oneLine(_ label: String) -> String {
    String(label.map { $0.isNewline ? " " : $0 })
  }
}
