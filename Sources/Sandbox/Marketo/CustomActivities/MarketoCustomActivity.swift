/// A custom activity type: its approved version, its draft, or both.
struct MarketoCustomActivity: Hashable, Sendable {
  /// One of its two versions.
  struct Definition: Hashable, Sendable {
    var name: String
    var triggerName: String
    var filterName: String
    var description: String?
    var primaryAttribute: Attribute
    var attributes: [Attribute] = []
  }

  /// One attribute; the primary one is always text.
  struct Attribute: Hashable, Sendable {
    var apiName: String
    var name: String
    var description: String?
    var dataType: String
  }

  /// Its number in the activity log; 0 before it is kept.
  var id: Int64
  var apiName: String
  var createdAt: String
  var changedAt: String
  var draft: Definition?
  var approved: Definition?

  /// Custom activity types that a subscription may have ("Activities").
  static let typeLimit = 10
  /// Secondary attributes that a type may have.
  static let attributeLimit = 20
  /// Bytes that the attributes of one activity may take.
  static let largestAttributes = 65_536
  /// The data types that an attribute may have.
  static let dataTypes = [
    "string", "boolean", "integer", "float", "link", "email", "currency", "date", "datetime",
    "phone", "text",
  ]

  /// Where it stands.
  var status: String {
    if approved == nil { return "draft" }
    return draft == nil ? "approved" : "approved with draft"
  }

  /// The type as types.json lists it; `nil` before the first approval.
  var activityType: MarketoActivityType? {
    approved.map { definition in
      MarketoActivityType(
        id: id, apiName: apiName, name: definition.name,
        description: definition.description ?? "",
        primaryAttribute: .init(name: definition.primaryAttribute.name, type: .string),
        attributes: definition.attributes.map { .init(name: $0.name, type: $0.fieldType) })
    }
  }
}

extension MarketoCustomActivity.Attribute {
  /// How its values are read: a link is text.
  var fieldType: MarketoFieldType {
    dataType == "link" ? .url : MarketoFieldType(rawValue: dataType) ?? .string
  }
}
