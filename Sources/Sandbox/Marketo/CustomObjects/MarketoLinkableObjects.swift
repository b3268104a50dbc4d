/// What a link field may link to: persons, companies, and approved custom objects without links.
enum MarketoLinkableObjects {
  /// One object with the fields that a link may hold.
  private struct Target {
    var name: String
    var displayName: String
    var fields: [MarketoField]
  }

  /// Lists them.
  static func list(_ call: MarketoCall) throws -> MarketoAnswer {
    .result(
      try targets(call.state).map { target in
        .members([
          "name": .string(target.name), "displayName": .string(target.displayName),
          "fields": .array(
            target.fields.map { field in
              .members([
                "name": .string(field.name), "displayName": .string(field.displayName),
                "dataType": .string(linkType(field).rawValue),
              ])
            }),
        ])
      })
  }

  /// Reads the target of a link; neither name's case matters.
  static func link(
    to related: MarketoJSON?, from type: MarketoCustomType, _ state: MarketoState
  ) throws -> MarketoCustomType.Link {
    guard let object = related?["name"]?.text, let field = related?["field"]?.text else {
      throw MarketoFailure.missing("relatedTo")
    }
    guard object.lowercased() != type.apiName.lowercased(),
      let target = try targets(state).first(where: {
        $0.name.lowercased() == object.lowercased()
      })
    else { throw MarketoFailure.invalid("Object '\(object)' cannot be linked to") }
    guard let key = target.fields.first(where: { $0.name.lowercased() == field.lowercased() })
    else { throw MarketoFailure.invalid("Field '\(field)' of '\(object)' cannot be linked to") }
    return MarketoCustomType.Link(object: target.name, field: key.name, type: linkType(key))
  }

  private static func targets(_ state: MarketoState) throws -> [Target] {
    let person = try state.personSchema().all.filter { field in
      ["id", "email"].contains(field.name) || (field.isCustom && field.isSearchable)
    }
    let company = MarketoObject.company.field("id").map { [$0] } ?? []
    let custom = try state.customTypes().compactMap { type -> Target? in
      guard let approved = type.approved, approved.links.isEmpty, let object = type.object else {
        return nil
      }
      let keys = object.dedupeFields.count == 1 ? object.dedupeFields : []
      return Target(
        name: type.apiName, displayName: approved.displayName,
        fields: (["marketoGUID"] + keys).compactMap(object.field))
    }
    return [
      Target(name: "lead", displayName: "Lead", fields: person),
      Target(name: "company", displayName: "Company", fields: company),
    ] + custom
  }

  private static func linkType(_ field: MarketoField) -> MarketoFieldType {
    field.type.kind == .integer ? .integer : .string
  }
}
