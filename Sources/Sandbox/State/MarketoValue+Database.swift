import GRDB

extension MarketoValue {
  /// The value as a column keeps it.
  var databaseValue: DatabaseValue {
    switch self {
    case .empty: .null
    case .text(let text), .decimal(let text): text.databaseValue
    case .integer(let number): number.databaseValue
    case .boolean(let truth): truth.databaseValue
    }
  }

  /// Reads the value of a field from its column.
  init(_ stored: DatabaseValue, of type: MarketoFieldType) {
    switch (stored.storage, type.kind) {
    case (.string(let text), .decimal): self = .decimal(text)
    case (.string(let text), _): self = .text(text)
    case (.int64(let number), .boolean): self = .boolean(number != 0)
    case (.int64(let number), _): self = .integer(number)
    default: self = .empty
    }
  }
}

extension Row {
  /// The values of fields whose columns stand from a place on, in the fields' order.
  func values(of fields: [MarketoField], from place: Int) -> [MarketoValue] {
    var column = place
    var values: [MarketoValue] = []
    values.reserveCapacity(fields.count)
    for field in fields {
      values.append(MarketoValue(self[column], of: field.type))
      column += 1
    }
    return values
  }
}
