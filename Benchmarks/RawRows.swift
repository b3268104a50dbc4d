import GRDBSQLite

/// The rows of a table, laid out so that writing them costs nothing but SQLite's own work.
struct RawRows {
  private enum Cell {
    case null
    case integer(Int64)
    case text(start: Int, length: Int)
  }

  private var cells: [Cell] = []
  private var bytes: [UInt8] = []
  private let names: [String]
  private var columns: Int { names.count }

  /// Reads every row of `table`, in the order in which they were added.
  init(of table: String, on handle: OpaquePointer) throws {
    let statement = try RawConnection.prepare(
      "SELECT * FROM \"\(table)\" ORDER BY rowid", on: handle)
    defer { sqlite3_finalize(statement) }
    names = (0..<sqlite3_column_count(statement)).map {
      sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? ""
    }
    while sqlite3_step(statement) == SQLITE_ROW {
      for column in 0..<Int32(columns) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: cells.append(.null)
        case SQLITE_INTEGER: cells.append(.integer(sqlite3_column_int64(statement, column)))
        default:
          let length = Int(sqlite3_column_bytes(statement, column))
          guard let text = sqlite3_column_text(statement, column) else { continue }
          cells.append(.text(start: bytes.count, length: length))
          bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: length))
        }
      }
    }
  }

  var count: Int { columns == 0 ? 0 : cells.count / columns }

  /// Inserts all rows, `page` rows a transaction, by one prepared statement.
  func insert(into table: String, on raw: RawConnection, page: Int) throws {
    let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
    try write("INSERT INTO \"\(table)\" VALUES (\(marks))", on: raw, page: page)
  }

  /// Sets all columns of all rows, found by the first column, as ``insert(into:on:page:)`` does.
  func update(_ table: String, on raw: RawConnection, page: Int) throws {
    let sets = names.enumerated().dropFirst().map { "\"\($0.element)\" = ?\($0.offset + 1)" }
    try write(
      "UPDATE \"\(table)\" SET \(sets.joined(separator: ", ")) WHERE \"\(names[0])\" = ?1",
      on: raw, page: page)
  }

  private func write(_ sql: String, on raw: RawConnection, page: Int) throws {
    let statement = try RawConnection.prepare(sql, on: raw.handle)
    defer { sqlite3_finalize(statement) }
    try bytes.withUnsafeBytes { memory in
      guard let base = memory.baseAddress else { return }
      let text = base.assumingMemoryBound(to: CChar.self)
      for start in stride(from: 0, to: count, by: page) {
        try raw.execute("BEGIN IMMEDIATE")
        for row in start..<min(start + page, count) {
          for column in 0..<columns {
            let place = Int32(column + 1)
            switch cells[row * columns + column] {
            case .null: sqlite3_bind_null(statement, place)
            case .integer(let number): sqlite3_bind_int64(statement, place, number)
            case .text(let start, let length):
              sqlite3_bind_text(statement, place, text + start, Int32(length), nil)
            }
          }
          guard sqlite3_step(statement) == SQLITE_DONE else {
            throw RawError(words: String(cString: sqlite3_errmsg(raw.handle)))
          }
          sqlite3_reset(statement)
        }
        try raw.execute("COMMIT")
      }
    }
  }
}
