import GRDB
import Model

extension FieldType {
  /// The column type in a `STRICT` table: numbers that SQLite keeps exactly are integers, the rest text.
  var columnType: String {
    switch self {
    case .integer, .boolean, .option: "INTEGER"
    case .text, .decimal, .date, .instant, .guid, .reference: "TEXT"
    }
  }
}

extension Value {
  /// What a mirror column holds; an empty value is `NULL`.
  var databaseValue: DatabaseValue {
    switch self {
    case .integer(let number): number.databaseValue
    case .boolean(let truth): (truth ? 1 : 0).databaseValue
    case .option(let number): number.databaseValue
    default: canonicalText?.databaseValue ?? .null
    }
  }

  /// Reads a mirror column back; `nil` if it holds what `type` cannot have.
  init?(column: DatabaseValue, type: FieldType, side: Side) {
    switch (column.storage, type) {
    case (.null, _): self = .empty
    case (.int64(let number), .integer): self = .integer(number)
    case (.int64(let number), .boolean): self = .boolean(number != 0)
    case (.int64(let number), .option): self = .option(Int(number))
    case (.string(let text), _): self.init(canonicalText: text, type: type, side: side)
    default: return nil
    }
  }

  /// What a base column holds: `''` is an agreed empty value, since `NULL` means that there is no base.
  var baseText: String { canonicalText ?? "" }
}
