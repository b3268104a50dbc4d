import GRDB
import Model

extension Mirror {
  private var fieldColumns: [String] { fields.map { quoted($0.name.rawValue) } }

  /// The columns that ``record(from:at:)`` reads, each with `alias` before it.
  func selection(alias: String) -> String {
    let facts = Self.factColumns.map(\.name)
    return
      ([quoted(key), "_version", "_change", "_is_dirty", "_is_deleted"] + facts + fieldColumns)
      .map { "\(alias).\($0)" }.joined(separator: ", ")
  }

  /// How many columns a ``selection(alias:)`` has.
  var selectionWidth: Int { 5 + Self.factColumns.count + fields.count }

  /// Inserts or refreshes one row; an unchanged hash leaves its change tracking alone.
  ///
  /// A row that is dirty stays so: only ``Store/clearDirty(_:in:change:_:)`` says that it is settled.
  var upsertSQL: String {
    let facts = Self.factColumns.map(\.name)
    let tracking = [
      "_version", "_hash", "_first_seen", "_last_seen", "_last_changed", "_change", "_is_dirty",
    ]
    let columns = [quoted(key)] + fieldColumns + facts + tracking
    let copied = (fieldColumns + facts + ["_version", "_last_seen"])
      .map { "\($0) = excluded.\($0)" }
    let differs = "_hash <> excluded._hash OR _is_deleted = 1"
    return """
      INSERT INTO \(quoted(table)) (\(columns.joined(separator: ", ")))
      VALUES (\(placeholders(columns.count)))
      ON CONFLICT (\(quoted(key))) DO UPDATE SET
        \(copied.joined(separator: ", ")),
        _last_changed = CASE WHEN \(differs) THEN excluded._last_changed ELSE _last_changed END,
        _change = CASE WHEN \(differs) THEN excluded._change ELSE _change END,
        _is_dirty = CASE WHEN \(differs) THEN max(_is_dirty, excluded._is_dirty) ELSE _is_dirty END,
        _hash = excluded._hash, _is_stale = 0, _is_deleted = 0
      """
  }

  /// The row of one record; `nil` where the mirror has none.
  func row(of id: String, _ db: Database) throws -> MirrorRow? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(selection(alias: "t")) FROM \(quoted(table)) AS t WHERE t.\(quoted(key)) = ?
        """)
    return try Row.fetchOne(statement, arguments: [id]).flatMap { try row(from: $0, at: 0) }
  }

  /// Reads a row of ``selection(alias:)`` that begins at column `start`; `nil` where the row is absent.
  func row(from row: Row, at start: Int) throws -> MirrorRow? {
    guard let id = row[start] as String? else { return nil }
    var fieldValues: [FieldName: Value] = [:]
    let firstField = start + 5 + Self.factColumns.count
    for (offset, field) in fields.enumerated() {
      let column: DatabaseValue = row[firstField + offset]
      guard let value = Value(column: column, type: field.type, side: object.side) else {
        throw StoreError(
          .damaged, "read \(table)", "column \(field.name) holds no \(field.type.rawValue)",
          mend: "the field's type was changed: remove the field, run, and add it again")
      }
      fieldValues[field.name] = value
    }
    let facts = Facts(row: row, at: start + 5, side: object.side)
    return MirrorRow(
      record: Model.Record(
        id: RecordID(object.side, id), version: row[start + 1], fields: fieldValues, facts: facts),
      change: row[start + 2], isDirty: row[start + 3], isDeleted: row[start + 4])
  }
}

/// One row of a mirror: the record as last read, and how it stands.
public struct MirrorRow: Hashable, Sendable {
  public var record: Model.Record
  /// The change number: the row has not changed while it is the same.
  public var change: Int64
  public var isDirty: Bool
  public var isDeleted: Bool

  public init(record: Model.Record, change: Int64, isDirty: Bool, isDeleted: Bool) {
    self.record = record
    self.change = change
    self.isDirty = isDirty
    self.isDeleted = isDeleted
  }
}
