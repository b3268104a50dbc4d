extension DynamicsTable {
  /// The part that one end of a connection plays for the other.
  static let connectionRole = DynamicsTable(
    "connectionrole", schemaName: "ConnectionRole", setName: "connectionroles",
    nameColumn: "name", typeCode: 3231, ownership: .organization, tracksChanges: true,
    states: DynamicsState.activeOrInactive,
    columns: [
      .text("name", "Name", 100).required,
      .memo("description", "Description"),
      .option(
        "category", "Category",
        [
          DynamicsOption(1, "Business"), DynamicsOption(2, "Family"), DynamicsOption(3, "Social"),
          DynamicsOption(4, "Sales"), DynamicsOption(5, "Other"),
          DynamicsOption(1000, "Stakeholder"), DynamicsOption(1001, "Sales Team"),
          DynamicsOption(1002, "Service"),
        ]),
    ])
}
