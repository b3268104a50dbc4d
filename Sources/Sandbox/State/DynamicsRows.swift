import GRDB

/// The rows, counters and tombstones of the Dynamics half, within one transaction.
struct DynamicsRows {
  let db: Database
  /// The transaction's time in Unix seconds.
  let now: Int64

  /// A number that only rises, with gaps that look random and are the same in every replay.
  func nextVersion() throws -> Int64 {
    let current = try currentVersion()
    let gap = Int64(DynamicsGUID.mixed(UInt64(current)) % 40) + 1
    try setCounter("version", current + gap)
    return current + gap
  }

  /// The highest row version that was given out.
  func currentVersion() throws -> Int64 { try counter("version") ?? 5_000_000 }

  /// A counter's value, or nil before its first use.
  func counter(_ name: String) throws -> Int64? {
    let statement = try db.cachedStatement(
      sql: "SELECT value FROM dynamics_counter WHERE name = ?")
    return try Int64.fetchOne(statement, arguments: [name])
  }

  /// Sets a counter.
  func setCounter(_ name: String, _ value: Int64) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO dynamics_counter (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """)
    try statement.execute(arguments: [name, value])
  }

  /// Every stored column of a row by its SQLite name, or nil where there is no such row.
  func row(_ table: DynamicsTable, _ id: String) throws -> [String: DynamicsCell]? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT * FROM \(DynamicsSchema.sqlName(table))
        WHERE \(DynamicsSchema.quoted(table.idColumn)) = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
    var cells: [String: DynamicsCell] = [:]
    for (name, value) in row { cells[name] = DynamicsCell(stored: value) }
    return cells
  }

  /// The version of a row, or nil where there is no such row.
  func version(_ table: DynamicsTable, _ id: String) throws -> Int64? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT versionnumber FROM \(DynamicsSchema.sqlName(table))
        WHERE \(DynamicsSchema.quoted(table.idColumn)) = ?
        """)
    return try Int64.fetchOne(statement, arguments: [id])
  }

  /// Adds a row; the cells hold its id and version too.
  func insert(_ table: DynamicsTable, _ cells: [String: DynamicsCell]) throws {
    let names = cells.keys.sorted()
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO \(DynamicsSchema.sqlName(table))
        (\(names.map(DynamicsSchema.quoted).joined(separator: ", ")))
        VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
        """)
    try statement.execute(
      arguments: StatementArguments(names.map { (cells[$0] ?? .null).databaseValue }))
  }

  /// Overwrites the given cells of a row.
  func update(_ table: DynamicsTable, _ id: String, _ cells: [String: DynamicsCell]) throws {
    let names = cells.keys.sorted()
    let statement = try db.cachedStatement(
      sql: """
        UPDATE \(DynamicsSchema.sqlName(table))
        SET \(names.map { "\(DynamicsSchema.quoted($0)) = ?" }.joined(separator: ", "))
        WHERE \(DynamicsSchema.quoted(table.idColumn)) = ?
        """)
    let values = names.map { (cells[$0] ?? .null).databaseValue } + [id.databaseValue]
    try statement.execute(arguments: StatementArguments(values))
  }

  /// Removes a row and leaves a tombstone.
  func delete(_ table: DynamicsTable, _ id: String) throws {
    try db.execute(
      sql: """
        DELETE FROM \(DynamicsSchema.sqlName(table))
        WHERE \(DynamicsSchema.quoted(table.idColumn)) = ?
        """, arguments: [id])
    try db.execute(
      sql: """
        INSERT INTO dynamics_tombstone (version, table_name, id, deleted_at)
        VALUES (?, ?, ?, ?)
        """, arguments: [try nextVersion(), table.name, id, now])
  }

  /// The ids of the rows that point at a row by one column, in a fixed order.
  func pointing(by reference: DynamicsReference, at id: String) throws -> [String] {
    let column = DynamicsSchema.quoted(reference.column.name)
    let type = DynamicsSchema.quoted(DynamicsSchema.typeColumn(reference.column))
    let name = DynamicsSchema.quoted(reference.table.idColumn)
    let condition = reference.column.isPolymorphic ? " AND \(type) = ?" : ""
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(name) FROM \(DynamicsSchema.sqlName(reference.table))
        WHERE \(column) = ?\(condition) ORDER BY \(name)
        """)
    let arguments: [String] =
      reference.column.isPolymorphic ? [id, reference.target.table] : [id]
    return try String.fetchAll(statement, arguments: StatementArguments(arguments))
  }

  /// Runs a body whose writes are undone where it throws.
  func savepoint(_ body: () throws -> Void) throws {
    try db.inSavepoint {
      try body()
      return .commit
    }
  }
}

extension DynamicsCell {
  /// A value as SQLite gave it.
  init(stored value: DatabaseValue) {
    switch value.storage {
    case .null, .blob: self = .null
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    }
  }

  /// The value as SQLite takes it.
  var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .text(let text): text.databaseValue
    }
  }
}
