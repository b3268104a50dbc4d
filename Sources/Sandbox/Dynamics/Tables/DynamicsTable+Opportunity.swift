extension DynamicsTable {
  /// A sale that may come about.
  static let opportunity = DynamicsTable(
    "opportunity", schemaName: "Opportunity", setName: "opportunities", nameColumn: "name",
    typeCode: 3, ownership: .user, tracksChanges: true,
    states: [
      DynamicsState(0, "Open", [DynamicsOption(1, "In Progress"), DynamicsOption(2, "On Hold")]),
      DynamicsState(1, "Won", [DynamicsOption(3, "Won")]),
      DynamicsState(2, "Lost", [DynamicsOption(4, "Canceled"), DynamicsOption(5, "Out-Sold")]),
    ],
    columns: opportunityFacts + opportunityLinks + DynamicsColumn.currency
      + DynamicsColumn.money("estimatedvalue", "EstimatedValue")
      + DynamicsColumn.money("actualvalue", "ActualValue")
      + DynamicsColumn.money("budgetamount", "BudgetAmount")
      + [.inclusion, DynamicsColumn.day("new_engagedate", "new_EngageDate").custom])

  private static let opportunityFacts: [DynamicsColumn] = [
    .text("name", "Name", 300).required,
    .memo("description", "Description"),
    .text("emailaddress", "EmailAddress", 100, format: "Email"),
    .text("stepname", "StepName", 200),
    .integer("closeprobability", "CloseProbability", 0...100),
    .day("estimatedclosedate", "EstimatedCloseDate"),
    .day("actualclosedate", "ActualCloseDate"),
    .option(
      "opportunityratingcode", "OpportunityRatingCode",
      DynamicsOption.numbered("Hot", "Warm", "Cold")),
    .option(
      "salesstage", "SalesStage",
      [
        DynamicsOption(0, "Qualify"), DynamicsOption(1, "Develop"), DynamicsOption(2, "Propose"),
        DynamicsOption(3, "Close"),
      ]),
  ]

  private static let opportunityLinks: [DynamicsColumn] = [
    .customer("customerid", "CustomerId", onDelete: .cascade),
    .lookup("accountid", "AccountId", to: "account").readOnly,
    .lookup("contactid", "ContactId", to: "contact").readOnly,
    .lookup("parentaccountid", "ParentAccountId", to: "account"),
    .lookup("parentcontactid", "ParentContactId", to: "contact"),
    .lookup("originatingleadid", "OriginatingLeadId", to: "lead"),
  ]
}
