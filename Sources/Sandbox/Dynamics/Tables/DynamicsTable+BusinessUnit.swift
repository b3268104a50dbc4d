extension DynamicsTable {
  /// A part of the organisation that users belong to.
  static let businessUnit = DynamicsTable(
    "businessunit", schemaName: "BusinessUnit", setName: "businessunits", nameColumn: "name",
    typeCode: 10, ownership: .business,
    columns: [
      .text("name", "Name", 160).required,
      .text("emailaddress", "EMailAddress", 100, format: "Email"),
      .flag("isdisabled", "IsDisabled").readOnly,
      .lookup(
        "parentbusinessunitid", "ParentBusinessUnitId", to: "businessunit", onDelete: .restrict),
    ])
}
