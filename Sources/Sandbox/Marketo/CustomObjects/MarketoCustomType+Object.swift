extension MarketoCustomType {
  /// The object that the approved version makes; `nil` before the first approval.
  var object: MarketoObject? { approved.map(object) }

  /// The kind of activity that a new record is logged as.
  var activityType: MarketoActivityType {
    let title = (approved ?? draft)?.displayName ?? apiName
    return MarketoActivityType(
      id: 100_000 + id, name: "Add to \(title)",
      description: "A record of \(title) names the person",
      primaryAttribute: .init(name: "Marketo GUID", type: .string), attributes: [])
  }

  private func object(_ definition: Definition) -> MarketoObject {
    let keys = definition.dedupeFields
    let links = definition.links
    let searchable = [keys, ["marketoGUID"]] + links.map { [$0.field] }
    return MarketoObject(
      path: "customobjects/\(apiName)", name: apiName, permission: "Custom Object",
      idField: "marketoGUID", dedupeFields: keys,
      searchableFields: searchable.enumerated().filter { place, names in
        searchable.firstIndex(of: names) == place
      }.map(\.element),
      fields: fields(definition), references: links.map(reference),
      trace: .added(type: activityType.id), isCRMManaged: false,
      displayName: definition.displayName, description: definition.description,
      declaredAt: createdAt, changedAt: definition.changedAt,
      notFound: .init(1013, "Object not found"),
      relationships: links.map {
        .init(field: $0.field, object: $0.link.object, key: $0.link.field)
      }
    )
  }

  private func reference(_ field: String, _ link: Link) -> MarketoObject.Reference {
    switch link.object {
    case "lead":
      .init(field: field, target: .person(field: link.field), missing: .leadNotFound)
    case "company":
      .init(field: field, target: .object(path: "companies", field: link.field))
    default:
      .init(
        field: field,
        target: .object(path: "customobjects/\(link.object)", field: link.field))
    }
  }

  private func fields(_ definition: Definition) -> [MarketoField] {
    let guid = MarketoField(
      id: 1, name: "marketoGUID", displayName: "Marketo GUID", type: .string, length: 36,
      access: .systemKey)
    let own = definition.fields.enumerated().map { place, field in
      let type: MarketoFieldType =
        switch field.type {
        case .plain(let type): type
        case .link(let link): link.type
        }
      return MarketoField(
        id: Int64(place) + 10, name: field.name, displayName: field.displayName, type: type,
        length: type.hasLength ? 255 : nil)
    }
    return [guid] + own + [
      .init(
        id: 2, name: "createdAt", displayName: "Created At", type: .datetime, access: .readOnly),
      .init(
        id: 3, name: "updatedAt", displayName: "Updated At", type: .datetime, access: .readOnly),
    ]
  }
}
