/// Answers describe for an object of the shared pattern.
enum MarketoObjectDescribe {
  /// One element that tells the object's keys and fields.
  static func answer(_ object: MarketoObject, _ call: MarketoCall) -> MarketoAnswer {
    let fields = object.fields.map { field in
      var shown = field
      if object.dedupeFields.contains(field.name) { shown.access = .systemKey }
      return element(shown)
    }
    guard let members = head(object).members else { return .result([]) }
    return .result([.object(members + [.init(key: "fields", value: .array(fields))])])
  }

  /// What describe tells beside the fields.
  static func head(_ object: MarketoObject) -> MarketoJSON {
    var members: [MarketoJSON.Member] = [
      .init(key: "name", value: .string(object.name)),
      .init(key: "displayName", value: .string(object.displayName ?? object.name)),
    ]
    if let text = object.description {
      members.append(.init(key: "description", value: .string(text)))
    }
    members += [
      .init(key: "createdAt", value: .string(object.declaredAt)),
      .init(key: "updatedAt", value: .string(object.changedAt)),
      .init(key: "idField", value: .string(object.idField)),
      .init(key: "dedupeFields", value: .array(object.dedupeFields.map { .string($0) })),
      .init(
        key: "searchableFields",
        value: .array(object.searchableFields.map { .array($0.map { .string($0) }) })),
    ]
    if let relationships = object.relationships {
      let elements = relationships.map {
        MarketoCustomTypeElement.relationship($0.field, to: $0.object, $0.key)
      }
      members.append(.init(key: "relationships", value: .array(elements)))
    }
    return .object(members)
  }

  /// A field as describe and describe2 write it.
  static func element(_ field: MarketoField) -> MarketoJSON {
    var members: [MarketoJSON.Member] = [
      .init(key: "name", value: .string(field.name)),
      .init(key: "displayName", value: .string(field.displayName)),
      .init(key: "dataType", value: .string(field.type.rawValue)),
    ]
    if let length = field.length {
      members.append(.init(key: "length", value: .integer(length)))
    }
    members.append(.init(key: "updateable", value: .bool(field.isUpdateable)))
    members.append(.init(key: "crmManaged", value: .bool(false)))
    return .object(members)
  }
}
