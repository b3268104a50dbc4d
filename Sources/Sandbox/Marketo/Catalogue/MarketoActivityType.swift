/// The kinds of activities that the sandbox logs, as types.json describes them.
struct MarketoActivityType: Hashable, Sendable {
  /// One attribute of an activity.
  struct Attribute: Hashable, Sendable {
    var name: String
    var type: MarketoFieldType
  }

  var id: Int64
  /// What the types have that were made by API.
  var apiName: String?
  var name: String
  var description: String
  var primaryAttribute: Attribute?
  var attributes: [Attribute]

  static let newLead: Int64 = 12
  static let changeDataValue: Int64 = 13
  static let changeScore: Int64 = 22
  static let mergeLeads: Int64 = 32
  static let addToOpportunity: Int64 = 34
  static let removeFromOpportunity: Int64 = 35
  static let deleteLead: Int64 = 37
  static let changePartition: Int64 = 100

  /// Every kind, by number.
  static let all: [MarketoActivityType] = [
    .init(
      id: newLead, name: "New Lead", description: "Person was added to the database",
      attributes: texts(["Created Date", "Source Type", "Source Info", "Lead Source"])),
    .init(
      id: changeDataValue, name: "Change Data Value",
      description: "A field of the person got another value",
      primaryAttribute: .init(name: "Attribute Name", type: .string),
      attributes: texts(["New Value", "Old Value", "Reason", "Source"])),
    .init(
      id: changeScore, name: "Change Score", description: "A score of the person changed",
      primaryAttribute: .init(name: "Score Name", type: .string),
      attributes: [
        .init(name: "Change Value", type: .string), .init(name: "New Value", type: .integer),
        .init(name: "Old Value", type: .integer), .init(name: "Reason", type: .string),
        .init(name: "Source", type: .string),
      ]),
    .init(
      id: mergeLeads, name: "Merge Leads", description: "Other persons were merged into this one",
      primaryAttribute: .init(name: "Lead ID", type: .integer),
      attributes: [
        .init(name: "Master Updated", type: .boolean), .init(name: "Merge IDs", type: .string),
        .init(name: "Merge Source", type: .string),
        .init(name: "Merged in Sales", type: .boolean),
      ]),
    .init(
      id: addToOpportunity, name: "Add to Opportunity",
      description: "Person got a role in an opportunity",
      primaryAttribute: .init(name: "Oppty Name", type: .string), attributes: ofRole),
    .init(
      id: removeFromOpportunity, name: "Remove from Opportunity",
      description: "Person lost a role in an opportunity",
      primaryAttribute: .init(name: "Oppty Name", type: .string), attributes: ofRole),
    .init(
      id: deleteLead, name: "Delete Lead", description: "Person was deleted",
      primaryAttribute: .init(name: "Lead ID", type: .integer), attributes: []),
    .init(
      id: changePartition, name: "Change Lead Partition",
      description: "Person was moved to another partition",
      primaryAttribute: .init(name: "New Partition ID", type: .integer),
      attributes: texts(["Old Partition ID", "Reason"])),
  ]

  private static let ofRole: [Attribute] = [
    .init(name: "Is Primary", type: .boolean), .init(name: "Role", type: .string),
  ]

  private static func texts(_ names: [String]) -> [Attribute] {
    names.map { .init(name: $0, type: .string) }
  }
}
