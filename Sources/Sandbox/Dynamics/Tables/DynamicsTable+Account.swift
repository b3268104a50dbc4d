extension DynamicsTable {
  /// A company.
  static let account = DynamicsTable(
    "account", schemaName: "Account", setName: "accounts", nameColumn: "name", typeCode: 1,
    ownership: .user, tracksChanges: true, states: DynamicsState.activeOrInactive,
    columns: accountFacts + accountLinks + DynamicsColumn.reachability + DynamicsColumn.refusals
      + DynamicsColumn.currency + DynamicsColumn.money("revenue", "Revenue")
      + DynamicsColumn.money("creditlimit", "CreditLimit") + DynamicsColumn.address(1)
      + DynamicsColumn.address(2) + DynamicsColumn.merging("account") + accountCustom)

  private static let accountFacts: [DynamicsColumn] = [
    .text("name", "Name", 160).required,
    .text("accountnumber", "AccountNumber", 20),
    .option("industrycode", "IndustryCode", DynamicsOption.industries),
    .option(
      "customertypecode", "CustomerTypeCode",
      DynamicsOption.numbered(
        "Competitor", "Consultant", "Customer", "Investor", "Partner", "Influencer", "Press",
        "Prospect", "Reseller", "Supplier", "Vendor", "Other")),
    .option(
      "accountcategorycode", "AccountCategoryCode",
      DynamicsOption.numbered("Preferred Customer", "Standard")),
    .option(
      "ownershipcode", "OwnershipCode",
      DynamicsOption.numbered("Public", "Private", "Subsidiary", "Other")),
    .integer("numberofemployees", "NumberOfEmployees", 0...1_000_000_000),
    .text("sic", "SIC", 20),
    .text("tickersymbol", "TickerSymbol", 10),
    .text("stockexchange", "StockExchange", 20),
    .text("ftpsiteurl", "FtpSiteURL", 200, format: "Url"),
  ]

  private static let accountLinks: [DynamicsColumn] = [
    .lookup("parentaccountid", "ParentAccountId", to: "account"),
    .lookup("primarycontactid", "PrimaryContactId", to: "contact"),
    .lookup("originatingleadid", "OriginatingLeadId", to: "lead"),
    .lookup("preferredsystemuserid", "PreferredSystemUserId", to: "systemuser"),
  ]

  private static let accountCustom: [DynamicsColumn] = [
    .inclusion,
    DynamicsColumn.text("new_sector", "new_Sector", 100).custom,
    DynamicsColumn.integer("new_yearestablished", "new_YearEstablished", 0...9999).custom,
  ]
}
