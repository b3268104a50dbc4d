/// Answers the two describe calls of persons.
enum MarketoPersonDescribe {
  /// describe.json: one element for each field, with its number and length.
  ///
  /// A field that REST does not show has no `rest` member.
  static func first(_ call: MarketoCall) throws -> MarketoAnswer {
    try .result(call.state.personSchema().all.map(element))
  }

  /// describe2.json: one element with the keys that can be searched and all REST fields.
  static func second(_ call: MarketoCall) throws -> MarketoAnswer {
    let fields = try call.state.personSchema().all.filter { $0.home != .nowhere }
    return .result([
      .members([
        "name": .string("API Lead"),
        "searchableFields": .array(
          fields.filter(\.isSearchable).map { .array([.string($0.name)]) }),
        "fields": .array(fields.map(MarketoObjectDescribe.element)),
      ])
    ])
  }

  private static func element(_ field: MarketoField) -> MarketoJSON {
    let isReadOnly = MarketoJSON.bool(field.access == .readOnly)
    var members: [MarketoJSON.Member] = [
      .init(key: "id", value: .integer(field.id)),
      .init(key: "displayName", value: .string(field.displayName)),
      .init(key: "dataType", value: .string(field.type.rawValue)),
    ]
    if let length = field.length {
      members.append(.init(key: "length", value: .integer(length)))
    }
    if field.home != .nowhere {
      members.append(
        .init(
          key: "rest", value: .members(["name": .string(field.name), "readOnly": isReadOnly])))
    }
    members.append(
      .init(
        key: "soap", value: .members(["name": .string(field.soapName), "readOnly": isReadOnly])))
    return .object(members)
  }
}
