/// Answers describe for an object of the shared pattern.
enum MarketoObjectDescribe {
  /// One element that tells the object's keys and fields.
  static func answer(_ object: MarketoObject, _ call: MarketoCall) -> MarketoAnswer {
    .result([
      .members([
        "name": .string(object.name),
        "displayName": .string(object.displayName ?? object.name),
        "createdAt": .string(object.declaredAt), "updatedAt": .string(object.changedAt),
        "idField": .string(object.idField),
        "dedupeFields": .array(object.dedupeFields.map { .string($0) }),
        "searchableFields": .array(
          object.searchableFields.map { .array($0.map { .string($0) }) }),
        "fields": .array(
          object.fields.map { field in
            var shown = field
            if object.dedupeFields.contains(field.name) { shown.access = .systemKey }
            return element(shown)
          }),
      ])
    ])
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
