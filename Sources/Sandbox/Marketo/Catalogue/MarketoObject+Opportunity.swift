extension MarketoObject {
  /// Opportunities: the key is `externalOpportunityId`, and a new one needs a name.
  ///
  /// A sales person who is not there fails the whole call (error 718), a company that is not there
  /// its record (1013). Deleting one deletes its roles.
  static let opportunity = MarketoObject(
    path: "opportunities", name: "opportunity", permission: "Opportunity", idField: "marketoGUID",
    dedupeFields: ["externalOpportunityId"],
    searchableFields: [["externalOpportunityId"], ["marketoGUID"]],
    fields: MarketoOpportunityFields.opportunity,
    references: [
      .init(
        field: "externalSalesPersonId",
        target: .object(path: "salespersons", field: "externalSalesPersonId"),
        missing: .init(718, "External sales person id not found"), failsCall: true),
      .init(
        field: "externalCompanyId",
        target: .object(path: "companies", field: "externalCompanyId")),
    ],
    parts: [
      .init(
        path: "opportunities/roles", field: "externalOpportunityId", key: "externalOpportunityId")
    ],
    required: ["name"], displayName: "Opportunity")

  /// Opportunity roles: who of the persons plays which part in an opportunity.
  ///
  /// Opportunity, person and role together are the key; the same person may play several parts.
  static let opportunityRole = MarketoObject(
    path: "opportunities/roles", name: "opportunityRole", permission: "Opportunity",
    idField: "marketoGUID", dedupeFields: ["externalOpportunityId", "leadId", "role"],
    searchableFields: [
      ["externalOpportunityId", "leadId", "role"], ["marketoGUID"], ["leadId"],
      ["externalOpportunityId"],
    ],
    fields: MarketoOpportunityFields.role,
    references: [
      .init(
        field: "externalOpportunityId",
        target: .object(path: "opportunities", field: "externalOpportunityId")),
      .init(field: "leadId", target: .person(field: "id"), missing: .leadNotFound),
    ],
    trace: .opportunityRole, displayName: "Opportunity Role")
}
