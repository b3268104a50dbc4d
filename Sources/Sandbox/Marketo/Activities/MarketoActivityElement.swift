/// Writes the rows of the activity calls.
enum MarketoActivityElement {
  /// A row of activities.json or deletedleads.json.
  ///
  /// `ids` is the switch for `id`, which is no identity: `missing` leaves it out, `shared` gives
  /// all rows the same.
  static func activity(_ activity: MarketoActivity, ids: String) -> MarketoJSON {
    var members = head(activity, ids: ids)
    if let id = activity.primaryID {
      members.append(.init(key: "primaryAttributeValueId", value: .integer(id)))
    }
    if let text = activity.primaryValue {
      members.append(.init(key: "primaryAttributeValue", value: .string(text)))
    }
    members.append(.init(key: "attributes", value: list(activity.attributes)))
    return .object(members)
  }

  /// A row of leadchanges.json: a change of a field, or a new person where there is none.
  static func change(_ activity: MarketoActivity, of field: MarketoField?) -> MarketoJSON {
    var members = head(activity, ids: "normal")
    members.append(.init(key: "campaignId", value: .integer(0)))
    guard let field else {
      members.append(.init(key: "fields", value: .array([])))
      members.append(.init(key: "attributes", value: list(activity.attributes)))
      return .object(members)
    }
    members.append(
      .init(
        key: "fields",
        value: .array([
          .members([
            "id": .integer(field.id), "name": .string(field.name),
            "newValue": activity["New Value"] ?? .null,
            "oldValue": activity["Old Value"] ?? .null,
          ])
        ])))
    let rest = activity.attributes.filter { !["New Value", "Old Value"].contains($0.key) }
    let person = MarketoJSON.Member(key: "Lead ID", value: .integer(activity.personID))
    members.append(.init(key: "attributes", value: list(rest + [person])))
    return .object(members)
  }

  /// A row of types.json.
  static func type(_ type: MarketoActivityType) -> MarketoJSON {
    var members: [MarketoJSON.Member] = [
      .init(key: "id", value: .integer(type.id)),
      .init(key: "name", value: .string(type.name)),
      .init(key: "description", value: .string(type.description)),
    ]
    if let name = type.apiName {
      members.append(.init(key: "apiName", value: .string(name)))
    }
    if let primary = type.primaryAttribute {
      members.append(.init(key: "primaryAttribute", value: attribute(primary)))
    }
    members.append(.init(key: "attributes", value: .array(type.attributes.map(attribute))))
    return .object(members)
  }

  private static func head(_ activity: MarketoActivity, ids: String) -> [MarketoJSON.Member] {
    let id: [MarketoJSON.Member] =
      switch ids {
      case "missing": []
      case "shared": [.init(key: "id", value: .integer(1))]
      default: [.init(key: "id", value: .integer(activity.id))]
      }
    return id + [
      .init(key: "marketoGUID", value: .string(String(activity.id))),
      .init(key: "leadId", value: .integer(activity.personID)),
      .init(key: "activityDate", value: .string(MarketoInstant.text(activity.at))),
      .init(key: "activityTypeId", value: .integer(activity.type)),
    ]
  }

  private static func list(_ attributes: [MarketoJSON.Member]) -> MarketoJSON {
    .array(attributes.map { .members(["name": .string($0.key), "value": $0.value]) })
  }

  private static func attribute(_ attribute: MarketoActivityType.Attribute) -> MarketoJSON {
    .members([
      "name": .string(attribute.name), "dataType": .string(attribute.type.rawValue),
    ])
  }
}
