/// Answers the calls that read persons.
enum MarketoPersonQuery {
  /// Persons that a filter may match ("Lead database": past 1,000, error 1003).
  static let matchLimit = 1000

  private static let defaultFields = [
    "id", "updatedAt", "lastName", "email", "createdAt", "firstName",
  ]

  /// The persons whose field holds one of the values, in pages by id; empty fields as `null`.
  static func byFilter(_ call: MarketoCall) throws -> MarketoAnswer {
    let schema = try call.state.personSchema()
    let filter = try filter(call, schema)
    let values = try values(call, filter)
    let fields = try fields(call, schema)
    let after = try MarketoPositionToken.row("leads", call.parameters["nextPageToken"])
    let ids = try call.state.personIDs(where: filter, in: values, limit: matchLimit + 1)
    guard ids.count <= matchLimit else {
      throw MarketoFailure.invalid("Too many results match the filter")
    }
    let left = ids.drop { $0 <= after }
    let page = try left.prefix(call.batchSize())
    let persons = try call.state.persons(Array(page), fields)
    return MarketoAnswer(
      result: persons.map { element($0, fields) },
      nextPageToken: page.count < left.count
        ? page.last.map { MarketoPositionToken.text("leads", after: $0) } : nil)
  }

  /// One person by id; error 1004 where there is none.
  static func byID(_ call: MarketoCall) throws -> MarketoAnswer {
    let text = call.captured["id"] ?? ""
    guard let id = Int64(text) else { throw MarketoFailure.value(text, required: "integer") }
    let fields = try fields(call, call.state.personSchema())
    guard let person = try call.state.persons([id], fields).first else {
      throw MarketoFailure(1004, "Lead '\(id)' not found")
    }
    return .result([element(person, fields)])
  }

  private static func filter(
    _ call: MarketoCall, _ schema: MarketoPersonSchema
  ) throws(MarketoFailure) -> MarketoField {
    let name = try call.parameter("filterType")
    guard let field = schema.field(name) else { throw .invalid("Invalid filterType '\(name)'") }
    guard field.isSearchable else { throw .lookup(name) }
    return field
  }

  private static func values(
    _ call: MarketoCall, _ field: MarketoField
  ) throws(MarketoFailure) -> [MarketoValue] {
    let texts = call.parameters.list("filterValues")
    guard !texts.isEmpty else { throw .invalid("filterValues not specified") }
    guard texts.count <= MarketoCall.batchLimit else {
      throw .invalid("The number of filterValues exceeds the limit of \(MarketoCall.batchLimit)")
    }
    guard field.type.kind == .integer else { return texts.map { .text($0) } }
    var values: [MarketoValue] = []
    for text in texts { try values.append(field.type.value(.string(text))) }
    return values
  }

  private static func fields(
    _ call: MarketoCall, _ schema: MarketoPersonSchema
  ) throws(MarketoFailure) -> [MarketoField] {
    let names = call.parameters.list("fields")
    return try schema.fields(names.isEmpty ? defaultFields : names).filter { $0.name != "id" }
  }

  private static func element(
    _ person: MarketoPersonRow, _ fields: [MarketoField]
  ) -> MarketoJSON {
    .object(
      [.init(key: "id", value: .integer(person.id))]
        + zip(fields, person.values).map { .init(key: $0.name, value: $1.json) })
  }
}
