extension DynamicsTable {
  /// A tie between two rows, which the server also keeps as seen from the other end.
  static let connection = DynamicsTable(
    "connection", schemaName: "Connection", setName: "connections", nameColumn: "name",
    typeCode: 3234, ownership: .user, tracksChanges: true,
    states: DynamicsState.activeOrInactive,
    columns: connectionEnd(1) + connectionEnd(2) + [
      .text("name", "Name", 500).readOnly,
      .memo("description", "Description", 100_000),
      .day("effectivestart", "EffectiveStart"),
      .day("effectiveend", "EffectiveEnd"),
      .flag("ismaster", "IsMaster", initial: true).readOnly,
      .lookup(
        "relatedconnectionid", "RelatedConnectionId", to: "connection", onDelete: .cascade
      ).readOnly,
    ])

  /// The tables whose rows may be connected.
  private static let connected = ["account", "contact", "lead", "opportunity", "systemuser"]

  private static func connectionEnd(_ number: Int) -> [DynamicsColumn] {
    let name = "record\(number)"
    let schema = "Record\(number)"
    return [
      DynamicsColumn(
        name + "id", schema + "Id",
        .lookup(.lookup, connected.map { DynamicsTarget($0, "\(name)id_\($0)", .cascade) })
      ).required,
      .option(
        name + "objecttypecode", schema + "ObjectTypeCode",
        [
          DynamicsOption(1, "Account"), DynamicsOption(2, "Contact"),
          DynamicsOption(3, "Opportunity"), DynamicsOption(4, "Lead"), DynamicsOption(8, "User"),
        ]
      ).readOnly,
      .lookup(name + "roleid", schema + "RoleId", to: "connectionrole"),
    ]
  }
}
