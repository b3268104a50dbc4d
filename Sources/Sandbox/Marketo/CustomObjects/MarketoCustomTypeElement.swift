/// Writes custom object types as the schema calls answer them.
enum MarketoCustomTypeElement {
  /// One version of a type with its fields.
  ///
  /// A draft has no id field, and a link shows the type of what it links to once it is approved.
  static func type(_ type: MarketoCustomType, _ version: MarketoCustomType.Version) -> MarketoJSON {
    guard let definition = type.definition(version) else { return .null }
    let keys = definition.dedupeFields
    let links = definition.links.map(\.field)
    let isApproved = version == .approved
    let searchable = isApproved ? [keys, ["marketoGUID"]] + links.map { [$0] } : [keys]
    return .members([
      "state": .string(type.state.rawValue), "version": .string(version.rawValue),
      "apiName": .string(type.apiName), "displayName": .string(definition.displayName),
      "pluralName": .string(definition.pluralName),
      "description": definition.description.map { .string($0) } ?? .null,
      "showInLeadDetail": .bool(definition.isShownInLeadDetail),
      "createdAt": .string(type.createdAt), "updatedAt": .string(definition.changedAt),
      "idField": isApproved ? .string("marketoGUID") : .null,
      "dedupeFields": .array(keys.map { .string($0) }),
      "searchableFields": .array(searchable.map { .array($0.map { .string($0) }) }),
      "relationships": .array(
        definition.links.map { relationship($0.field, to: $0.link.object, $0.link.field) }),
      "fields": .array(
        standard
          + definition.fields.map { field($0, isApproved: isApproved, isKey: $0.isDedupeField) }),
    ])
  }

  /// A link as describe tells it.
  static func relationship(_ field: String, to object: String, _ key: String) -> MarketoJSON {
    let name =
      switch object {
      case "lead": "Lead"
      case "company": "Company"
      default: object
      }
    return .members([
      "field": .string(field), "type": .string("child"),
      "relatedTo": .members([
        "name": .string(name), "field": .string(key == "id" ? "Id" : key),
      ]),
    ])
  }

  private static let standard: [MarketoJSON] = [
    ("createdAt", "Created At", MarketoFieldType.datetime, nil),
    ("marketoGUID", "Marketo GUID", .string, 36),
    ("updatedAt", "Updated At", .datetime, nil),
  ].map { name, title, type, length in
    MarketoObjectDescribe.element(
      MarketoField(
        id: 0, name: name, displayName: title, type: type, length: length, access: .readOnly))
  }

  private static func field(
    _ field: MarketoCustomType.Field, isApproved: Bool, isKey: Bool
  ) -> MarketoJSON {
    let type: String
    var length: Int?
    switch field.type {
    case .link(let link): type = isApproved ? link.type.rawValue : "link"
    case .plain(let plain):
      type = plain.rawValue
      length = plain.hasLength ? 255 : nil
    }
    var members: [MarketoJSON.Member] = [
      .init(key: "name", value: .string(field.name)),
      .init(key: "displayName", value: .string(field.displayName)),
      .init(key: "dataType", value: .string(type)),
    ]
    if let length { members.append(.init(key: "length", value: .integer(length))) }
    members.append(.init(key: "updateable", value: .bool(!isKey)))
    members.append(.init(key: "crmManaged", value: .bool(false)))
    return .object(members)
  }
}
