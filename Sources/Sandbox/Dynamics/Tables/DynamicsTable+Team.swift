extension DynamicsTable {
  /// A group of users that may own rows.
  static let team = DynamicsTable(
    "team", schemaName: "Team", setName: "teams", nameColumn: "name", typeCode: 9,
    ownership: .business,
    columns: [
      .text("name", "Name", 160).required,
      .text("emailaddress", "EMailAddress", 100, format: "Email"),
      .memo("description", "Description"),
      .option(
        "teamtype", "TeamType",
        [
          DynamicsOption(0, "Owner"), DynamicsOption(1, "Access"),
          DynamicsOption(2, "Security Group"), DynamicsOption(3, "Office Group"),
        ]
      ).createOnly,
      .flag("isdefault", "IsDefault").readOnly,
      .lookup("businessunitid", "BusinessUnitId", to: "businessunit", onDelete: .restrict),
      .lookup("administratorid", "AdministratorId", to: "systemuser", onDelete: .restrict),
    ])
}
