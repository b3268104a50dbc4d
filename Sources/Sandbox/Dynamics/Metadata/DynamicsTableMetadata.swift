/// The `EntityMetadata` of one table.
enum DynamicsTableMetadata {
  /// The table's `MetadataId`.
  static func id(_ table: DynamicsTable) -> String {
    DynamicsGUID.made(from: UInt64(table.typeCode), kind: 0xE0)
  }

  /// Every property of the table's definition.
  static func value(_ table: DynamicsTable, isTracked: Bool) -> DynamicsJSON {
    [
      "LogicalName": .string(table.name),
      "SchemaName": .string(table.schemaName),
      "EntitySetName": .string(table.setName),
      "LogicalCollectionName": .string(table.setName),
      "PrimaryIdAttribute": .string(table.idColumn),
      "PrimaryNameAttribute": .string(table.nameColumn),
      "ObjectTypeCode": .integer(table.typeCode),
      "OwnershipType": .string(table.ownership.rawValue),
      "ChangeTrackingEnabled": .boolean(isTracked),
      "IsOptimisticConcurrencyEnabled": true,
      "IsIntersect": false,
      "IsActivity": false,
      "IsCustomEntity": .boolean(table.isCustom),
      "IsLogicalEntity": false,
      "IsPrivate": false,
      "HasNotes": .boolean(table.ownership == .user),
      "MetadataId": .string(id(table)),
      "DisplayName": label(table.schemaName),
      "CanChangeTrackingBeEnabled": managed(true, "canchangetrackingbeenabled"),
      "IsDuplicateDetectionEnabled": managed(
        .boolean(table.ownership == .user), "isduplicatedetectionenabled"),
    ]
  }

  /// A managed property.
  static func managed(_ value: DynamicsJSON, _ name: String) -> DynamicsJSON {
    ["Value": value, "CanBeChanged": true, "ManagedPropertyLogicalName": .string(name)]
  }

  /// A label in English.
  static func label(_ text: String) -> DynamicsJSON {
    let localized: DynamicsJSON = [
      "Label": .string(text), "LanguageCode": 1033, "IsManaged": true,
      "MetadataId": .string(DynamicsGUID.made(from: UInt64(text.utf8.count), kind: 0xAB)),
      "HasChanged": nil,
    ]
    return ["LocalizedLabels": [localized], "UserLocalizedLabel": localized]
  }
}
