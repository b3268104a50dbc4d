extension DynamicsTable {
  /// Someone who may become a customer.
  static let lead = DynamicsTable(
    "lead", schemaName: "Lead", setName: "leads", nameColumn: "fullname", typeCode: 4,
    ownership: .user, tracksChanges: true,
    states: [
      DynamicsState(0, "Open", [DynamicsOption(1, "New"), DynamicsOption(2, "Contacted")]),
      DynamicsState(1, "Qualified", [DynamicsOption(3, "Qualified")]),
      DynamicsState(
        2, "Disqualified",
        [
          DynamicsOption(4, "Lost"), DynamicsOption(5, "Cannot Contact"),
          DynamicsOption(6, "No Longer Interested"), DynamicsOption(7, "Canceled"),
        ]),
    ],
    createsInAnyState: true,
    columns: leadNames + leadSales + leadLinks + DynamicsColumn.reachability
      + DynamicsColumn.refusals + DynamicsColumn.currency + DynamicsColumn.address(1)
      + DynamicsColumn.address(2) + DynamicsColumn.merging("lead") + leadCustom)

  private static let leadNames: [DynamicsColumn] = [
    .text("subject", "Subject", 300).required,
    .text("salutation", "Salutation", 100),
    .text("firstname", "FirstName", 50),
    .text("middlename", "MiddleName", 50),
    .text("lastname", "LastName", 50).required,
    .text("fullname", "FullName", 160).readOnly,
    .text("jobtitle", "JobTitle", 100),
    .text("companyname", "CompanyName", 100).required,
    .text("mobilephone", "MobilePhone", 20, format: "Phone"),
    .text("pager", "Pager", 20),
  ]

  private static let leadSales: [DynamicsColumn] =
    [
      .option(
        "leadsourcecode", "LeadSourceCode",
        DynamicsOption.numbered(
          "Advertisement", "Employee Referral", "External Referral", "Partner",
          "Public Relations", "Seminar", "Trade Show", "Web", "Word of Mouth", "Other")),
      .option(
        "leadqualitycode", "LeadQualityCode", DynamicsOption.numbered("Hot", "Warm", "Cold")),
      .option("industrycode", "IndustryCode", DynamicsOption.industries),
      .option("prioritycode", "PriorityCode", DynamicsOption.numbered("Default Value")),
      .option("salesstagecode", "SalesStageCode", DynamicsOption.numbered("Default Value")),
      .option(
        "budgetstatus", "BudgetStatus",
        [
          DynamicsOption(0, "No Committed Budget"), DynamicsOption(1, "May Buy"),
          DynamicsOption(2, "Can Buy"), DynamicsOption(3, "Will Buy"),
        ]),
      .option(
        "need", "Need",
        [
          DynamicsOption(0, "Must have"), DynamicsOption(1, "Should have"),
          DynamicsOption(2, "Good to have"), DynamicsOption(3, "No need"),
        ]),
      .option(
        "purchaseprocess", "PurchaseProcess",
        [
          DynamicsOption(0, "Individual"), DynamicsOption(1, "Committee"),
          DynamicsOption(2, "Unknown"),
        ]),
      .option(
        "purchasetimeframe", "PurchaseTimeFrame",
        [
          DynamicsOption(0, "Immediate"), DynamicsOption(1, "This Quarter"),
          DynamicsOption(2, "Next Quarter"), DynamicsOption(3, "This Year"),
          DynamicsOption(4, "Unknown"),
        ]),
      .integer("numberofemployees", "NumberOfEmployees"),
      .text("sic", "SIC", 20),
      .day("estimatedclosedate", "EstimatedCloseDate"),
    ] + DynamicsColumn.money("revenue", "Revenue")
    + DynamicsColumn.money("estimatedamount", "EstimatedAmount")
    + DynamicsColumn.money("budgetamount", "BudgetAmount")

  private static let leadLinks: [DynamicsColumn] = [
    .customer("customerid", "CustomerId"),
    .lookup("parentaccountid", "ParentAccountId", to: "account"),
    .lookup("parentcontactid", "ParentContactId", to: "contact"),
    .lookup("qualifyingopportunityid", "QualifyingOpportunityId", to: "opportunity"),
    .lookup("accountid", "AccountId", to: "account").readOnly,
    .lookup("contactid", "ContactId", to: "contact").readOnly,
  ]

  private static let leadCustom: [DynamicsColumn] = [
    .inclusion,
    DynamicsColumn(
      "new_interests", "new_Interests",
      .options(DynamicsOption.numbered("Analytics", "Automation", "Events", "Reporting"))
    ).custom,
  ]
}
