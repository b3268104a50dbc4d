/// Answers the calls that list, make and change the fields of a person.
enum MarketoSchemaFields {
  /// Fields that may be made by API ("Lead database": 100).
  static let limit = 100

  /// Lists every field in pages; the last page says `moreResult: false` and has no token.
  static func list(_ call: MarketoCall) throws -> MarketoAnswer {
    let all = try elements(call.state)
    let start = try Int(
      MarketoPositionToken.row("schema", call.parameters["nextPageToken"]))
    let page = try all.dropFirst(start).prefix(call.batchSize())
    let isLast = page.endIndex >= all.count
    return MarketoAnswer(
      result: page.map(\.1),
      nextPageToken: isLast
        ? nil : MarketoPositionToken.text("schema", after: Int64(page.endIndex)),
      moreResult: !isLast)
  }

  /// Answers one field by its REST name.
  static func one(_ call: MarketoCall) throws -> MarketoAnswer {
    let name = call.captured["name"] ?? ""
    guard let found = try elements(call.state).first(where: { $0.0 == name }) else {
      throw MarketoFailure.field(name)
    }
    return .result([found.1])
  }

  /// Makes fields; each that cannot be made is skipped with its reason.
  static func create(_ call: MarketoCall) throws -> MarketoAnswer {
    .result(
      try call.input().map { record in
        let name = record["name"] ?? .null
        do {
          try create(record, call.state)
          return .members(["name": name, "status": .string("created")])
        } catch let reason as MarketoFailure {
          return .members([
            "name": name, "status": .string("skipped"), "reasons": .array([reason.json]),
          ])
        }
      })
  }

  /// Changes the words and flags of a field that was made by API.
  static func update(_ call: MarketoCall) throws -> MarketoAnswer {
    let name = call.captured["name"] ?? ""
    guard var field = try call.state.customFields().first(where: { $0.name == name }) else {
      throw MarketoFailure.field(name)
    }
    guard let changes = try call.input().first else { return .result([]) }
    for frozen in ["name", "dataType", "length"] where changes[frozen] != nil {
      throw MarketoFailure.invalid("\(frozen) cannot be changed")
    }
    field.displayName = changes["displayName"]?.text ?? field.displayName
    field.description = changes["description"]?.text ?? field.description
    field.isHidden = changes["isHidden"]?.truth ?? field.isHidden
    field.isHTMLEncoding = changes["isHtmlEncodingInEmail"]?.truth ?? field.isHTMLEncoding
    field.isSensitive = changes["isSensitive"]?.truth ?? field.isSensitive
    try call.state.update(field)
    return .result([.members(["name": .string(name), "status": .string("updated")])])
  }

  private static func create(_ record: MarketoJSON, _ state: MarketoState) throws {
    for key in ["displayName", "name", "dataType"] where (record[key]?.text ?? "").isEmpty {
      throw MarketoFailure.missing(key)
    }
    let name = record["name"]?.text ?? ""
    let typeName = record["dataType"]?.text ?? ""
    guard let type = MarketoFieldType(rawValue: typeName), MarketoFieldType.creatable.contains(type)
    else { throw MarketoFailure.invalid("Invalid dataType '\(typeName)'") }
    guard MarketoName.isValid(name) else { throw MarketoFailure.invalid("Invalid name '\(name)'") }
    guard try state.personSchema().similar(to: name) == nil else {
      throw MarketoFailure(1005, "Lead field already exists")
    }
    guard try state.customFields().count < limit else {
      throw MarketoFailure.invalid("The limit of \(limit) fields is reached")
    }
    try state.insert(
      MarketoCustomField(
        id: 0, name: name, displayName: record["displayName"]?.text ?? name,
        description: record["description"]?.text, type: type,
        isHidden: record["isHidden"]?.truth ?? false,
        isHTMLEncoding: record["isHtmlEncodingInEmail"]?.truth ?? false,
        isSensitive: record["isSensitive"]?.truth ?? false))
  }

  private static func elements(_ state: MarketoState) throws -> [(String, MarketoJSON)] {
    let standard = MarketoPersonFields.standard.filter { $0.home != .nowhere }.map { field in
      MarketoCustomField(
        id: field.id, name: field.name, displayName: field.displayName, type: field.type)
    }
    return try standard.map { ($0.name, element($0, isCustom: false)) }
      + state.customFields().map { ($0.name, element($0, isCustom: true)) }
  }

  private static func element(_ field: MarketoCustomField, isCustom: Bool) -> MarketoJSON {
    let length = isCustom ? field.field.length : MarketoPersonFields.byName[field.name]?.length
    var members: [MarketoJSON.Member] = [
      .init(key: "displayName", value: .string(field.displayName)),
      .init(key: "name", value: .string(field.name)),
      .init(key: "description", value: field.description.map { .string($0) } ?? .null),
      .init(key: "dataType", value: .string(field.type.rawValue)),
    ]
    if let length { members.append(.init(key: "length", value: .integer(length))) }
    members += [
      .init(key: "isHidden", value: .bool(field.isHidden)),
      .init(key: "isHtmlEncodingInEmail", value: .bool(field.isHTMLEncoding)),
      .init(key: "isSensitive", value: .bool(field.isSensitive)),
      .init(key: "isCustom", value: .bool(isCustom)),
      .init(key: "isApiCreated", value: .bool(isCustom)),
    ]
    return .object(members)
  }
}
