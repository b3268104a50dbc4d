/// The fields of opportunities and of their roles.
enum MarketoOpportunityFields {
  /// The fields of an opportunity.
  static let opportunity: [MarketoField] =
    [
      guid,
      key,
      text(3, "name", "Name", 255),
      .init(id: 4, name: "description", displayName: "Description", type: .text),
      text(5, "type", "Type", 255),
      text(6, "stage", "Stage", 255),
      .init(
        id: 7, name: "amount", displayName: "Amount", type: .currency, isShownAsText: true),
      .init(id: 8, name: "probability", displayName: "Probability", type: .integer),
      .init(id: 9, name: "closeDate", displayName: "Close Date", type: .date),
      .init(id: 10, name: "isClosed", displayName: "Is Closed", type: .boolean),
      .init(id: 11, name: "isWon", displayName: "Is Won", type: .boolean),
      .init(id: 12, name: "quantity", displayName: "Quantity", type: .float),
      text(13, "source", "Source", 255),
      text(14, "nextStep", "Next Step", 255),
      .init(id: 15, name: "expectedRevenue", displayName: "Expected Revenue", type: .currency),
      .init(
        id: 16, name: "externalCreatedDate", displayName: "External Created Date",
        type: .datetime),
      text(17, "externalCompanyId", "External Company Id", 100),
      text(18, "externalSalesPersonId", "External Sales Person Id", 50),
    ] + stamps

  /// The fields of a role; nobody can add to them.
  static let role: [MarketoField] =
    [
      guid,
      key,
      .init(id: 3, name: "leadId", displayName: "Lead Id", type: .integer),
      text(4, "role", "Role", 50),
      .init(id: 5, name: "isPrimary", displayName: "Is Primary", type: .boolean),
      .init(
        id: 6, name: "externalCreatedDate", displayName: "External Created Date",
        type: .datetime),
    ] + stamps

  private static let guid = MarketoField(
    id: 1, name: "marketoGUID", displayName: "Marketo GUID", type: .string, length: 36,
    access: .systemKey)

  private static let key = text(2, "externalOpportunityId", "External Opportunity Id", 50)

  private static let stamps: [MarketoField] = [
    .init(
      id: 21, name: "createdAt", displayName: "Created At", type: .datetime, access: .readOnly),
    .init(
      id: 22, name: "updatedAt", displayName: "Updated At", type: .datetime, access: .readOnly),
  ]

  private static func text(
    _ id: Int64, _ name: String, _ displayName: String, _ length: Int
  ) -> MarketoField {
    .init(id: id, name: name, displayName: displayName, type: .string, length: length)
  }
}
