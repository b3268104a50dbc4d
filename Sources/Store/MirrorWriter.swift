import GRDB
import GRDBSQLite
import Model

/// Inserts or refreshes rows of one mirror: the hot path of a pull, over SQLite's C interface.
struct MirrorWriter {
  private let mirror: Mirror
  private let run: Int64
  private let isDirty: Bool
  private let db: Database
  private let statement: Statement
  private let names: [FieldName]
  private var buffer = RowBuffer()

  init(_ mirror: Mirror, run: Int64, isDirty: Bool, _ db: Database) throws {
    self.mirror = mirror
    self.run = run
    self.isDirty = isDirty
    self.db = db
    statement = try db.cachedStatement(sql: mirror.upsertSQL)
    names = mirror.fields.map(\.name)
  }

  /// Lets the statement forget the last row: no other may come through this writer.
  func finish() { sqlite3_clear_bindings(statement.sqliteStatement) }

  /// Writes one record; fields that it does not show keep what the mirror holds: unknown is not
  /// empty.
  mutating func write(_ record: Model.Record, change: Int64) throws {
    if !fill(record, change: change) {
      let whole = try completed(record)
      _ = fill(whole, change: change)
    }
    let code = buffer.execute(statement.sqliteStatement)
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code),
        message: db.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) })
    }
  }

  /// Lays out the parameters of ``Mirror/upsertSQL``; tells whether every field was known.
  private mutating func fill(_ record: Model.Record, change: Int64) -> Bool {
    var isWhole = true
    buffer.clear()
    buffer.append(record.id.text)
    let start = buffer.place
    for name in names {
      if let value = record.fields[name] {
        buffer.append(value)
      } else {
        isWhole = false
        buffer.appendNull()
      }
    }
    record.facts.show(to: &buffer)
    let end = buffer.place
    buffer.append(record.facts.changedAt?.text)
    buffer.append(record.facts.changedBy)
    buffer.append(record.version)
    buffer.appendDigest(from: start, upTo: end)
    for number in [run, run, run, change] { buffer.append(number) }
    buffer.append(isDirty ? 1 : 0 as Int64)
    return isWhole
  }

  /// The record with what the mirror holds for fields that it does not show, or nothing.
  private func completed(_ record: Model.Record) throws -> Model.Record {
    guard let standing = try mirror.row(of: record.id.text, db) else { return record }
    return Model.Record(
      id: record.id, version: record.version,
      fields: standing.record.fields.merging(record.fields) { _, new in new },
      facts: record.facts)
  }
}

extension RowBuffer {
  /// Appends what a mirror column holds; an empty value is `NULL`.
  mutating func append(_ value: Value) {
    switch value {
    case .empty: appendNull()
    case .text(let text): append(text)
    case .integer(let number): append(number)
    case .boolean(let truth): append(truth ? 1 : 0 as Int64)
    case .option(let number): append(Int64(number))
    default: append(value.canonicalText)
    }
  }
}
