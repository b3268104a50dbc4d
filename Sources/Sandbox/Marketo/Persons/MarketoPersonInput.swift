/// What one record of a write asks for, once every field of it was read.
struct MarketoPersonInput: Hashable, Sendable {
  /// The values for the person's own row.
  var own: [MarketoFieldValue] = []
  /// The values for its company's row.
  var company: [MarketoFieldValue] = []
  /// The key of the company that it is to belong to; `nil` where the record does not say.
  var companyKey: MarketoValue?

  init() {}

  /// Reads the members of a record.
  ///
  /// Throws the reason for which the record is skipped: a field that is not there or cannot be
  /// written (1006), or a value that it cannot hold (1001). `id` is allowed where it is the key.
  init(
    _ record: MarketoJSON, schema: MarketoPersonSchema, allowsID: Bool, cutting: Bool
  ) throws(MarketoFailure) {
    guard let members = record.members else { throw .invalid("Invalid record") }
    for member in members {
      if member.key == "id", allowsID { continue }
      guard let field = schema.field(member.key), field.isUpdateable else {
        throw .field(member.key)
      }
      let value = try field.value(member.value, cutting: cutting)
      switch field.home {
      case .companyKey: companyKey = value
      case .company: company.append(.init(field: field, value: value))
      default: own.append(.init(field: field, value: value))
      }
    }
  }

  /// The value for a field of the person's own row; `nil` where the record does not name it.
  subscript(name: String) -> MarketoValue? { own.first { $0.field.name == name }?.value }
}
