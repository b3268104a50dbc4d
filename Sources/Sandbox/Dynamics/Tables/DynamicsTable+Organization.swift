extension DynamicsTable {
  /// The one row of settings that hold for the whole organisation.
  static let organization = DynamicsTable(
    "organization", schemaName: "Organization", setName: "organizations", nameColumn: "name",
    typeCode: 1019, ownership: .none,
    columns: [
      .text("name", "Name", 160).readOnly,
      .integer("expirechangetrackingindays", "ExpireChangeTrackingInDays", 0...365).updateOnly,
      .integer("expiresubscriptionsindays", "ExpireSubscriptionsInDays", 0...365).updateOnly,
      .lookup("basecurrencyid", "BaseCurrencyId", to: "transactioncurrency", onDelete: .restrict)
        .readOnly,
    ])
}
