/// One way in which a call names the records of an object: by its id, by its dedupe fields, or by
/// another key that can be searched.
struct MarketoObjectKey: Sendable {
  let fields: [MarketoField]

  /// The key that a query names: a field that can be searched, or one of the two aliases.
  ///
  /// `marketoGuid` is taken for `marketoGUID` here as well.
  init(filter: String, of object: MarketoObject) throws(MarketoFailure) {
    let name = filter == "marketoGuid" ? "marketoGUID" : filter
    let names =
      switch name {
      case "idField": [object.idField]
      case "dedupeFields": object.dedupeFields
      default: object.searchableFields.first { $0 == [name] } ?? []
      }
    guard !names.isEmpty else {
      guard object.field(name) == nil else { throw .lookup(name) }
      throw .invalid("Invalid filterType '\(name)'")
    }
    fields = names.compactMap(object.field)
  }

  /// The key that a write names: one of the two aliases, `dedupeFields` where nothing is said.
  init(
    alias: String?, member: String, of object: MarketoObject
  ) throws(MarketoFailure) {
    switch alias ?? "dedupeFields" {
    case "dedupeFields": fields = object.dedupeFields.compactMap(object.field)
    case "idField": fields = object.field(object.idField).map { [$0] } ?? []
    case let other: throw .invalid("Invalid \(member) '\(other)' value")
    }
  }

  /// The names of the fields.
  var names: [String] { fields.map(\.name) }

  /// The values of the key in a record.
  ///
  /// Throws error 1002 where one is missing. `marketoGuid` is taken for `marketoGUID`, as some of
  /// the vendor's pages spell it.
  func values(in record: MarketoJSON) throws(MarketoFailure) -> [MarketoFieldValue] {
    var values: [MarketoFieldValue] = []
    for field in fields {
      let other = field.name == "marketoGUID" ? record["marketoGuid"] : nil
      let value = try field.type.value(record[field.name] ?? other ?? .null)
      guard value != .empty else { throw .missing(field.name) }
      values.append(.init(field: field, value: value))
    }
    return values
  }
}
