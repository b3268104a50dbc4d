extension DynamicsTable {
  /// A contract of a contact: a table that a customer has added.
  static let subscription = DynamicsTable(
    "new_subscription", schemaName: "new_Subscription", setName: "new_subscriptions",
    nameColumn: "new_name", typeCode: 10_101, ownership: .user, tracksChanges: true,
    states: DynamicsState.activeOrInactive,
    columns: DynamicsColumn.currency
      + ([
        .text("new_name", "new_Name", 100).required,
        .option(
          "new_plan", "new_Plan",
          [
            DynamicsOption(100_000_000, "Basic"), DynamicsOption(100_000_001, "Standard"),
            DynamicsOption(100_000_002, "Premium"),
          ]),
        .day("new_startdate", "new_StartDate"),
        .flag("new_active", "new_Active", initial: true),
        customLookup("new_contactid", "new_ContactId", to: "contact"),
        customLookup("new_accountid", "new_AccountId", to: "account"),
      ] + DynamicsColumn.money("new_amount", "new_Amount")).map(\.custom))

  /// A look-up that a customer has added: its navigation property goes by the schema name.
  private static func customLookup(_ name: String, _ schema: String, to table: String)
    -> DynamicsColumn
  {
    DynamicsColumn(name, schema, .lookup(.lookup, [DynamicsTarget(table, schema)]))
  }
}
