import Model
import Transport

extension Table {
  /// Reads a table definition that holds the list of its columns.
  ///
  /// `nil` where a member that the documentation promises is missing. Columns that are shadows of
  /// others, cannot be read, or have a type that no field can have are left out.
  init?(_ object: ObjectType, definition: JSON) {
    guard let logicalName = definition["LogicalName"]?.string,
      let entitySet = definition["EntitySetName"]?.string,
      let primaryID = definition["PrimaryIdAttribute"]?.string,
      let list = definition["Attributes"]?.array
    else { return nil }
    self.object = object
    self.logicalName = logicalName
    self.entitySet = entitySet
    self.primaryID = primaryID
    tracksChanges = definition["ChangeTrackingEnabled"]?.boolean ?? false
    checksVersions = definition["IsOptimisticConcurrencyEnabled"]?.boolean ?? false
    let known = list.compactMap(Column.init).map { ($0.name, $0) }
    self.columns = Dictionary(known) { first, _ in first }
  }
}

extension Column {
  fileprivate init?(_ metadata: JSON) {
    guard let name = metadata["LogicalName"]?.string,
      let type = Self.type(metadata),
      metadata["AttributeOf"]?.string == nil,
      metadata["IsValidForRead"]?.boolean ?? true
    else { return nil }
    self.name = name
    self.type = type
    label = Label.text(metadata["DisplayName"])
    isComputed = (metadata["SourceType"]?.integer ?? 0) != 0
    canCreate = !isComputed && metadata["IsValidForCreate"]?.boolean ?? true
    canUpdate = !isComputed && metadata["IsValidForUpdate"]?.boolean ?? true
    isSecured = metadata["IsSecured"]?.boolean ?? false
  }

  /// Several types are `Virtual`, and are told apart by the name of the type alone.
  private static func type(_ metadata: JSON) -> ColumnType? {
    metadata["AttributeType"]?.string.flatMap(ColumnType.init)
      ?? metadata["AttributeTypeName"]?["Value"]?.string.flatMap(ColumnType.init)
  }
}

/// A text of the metadata in the sync user's language, or in the first that there is.
enum Label {
  static func text(_ label: JSON?) -> String? {
    label?["UserLocalizedLabel"]?["Label"]?.string
      ?? label?["LocalizedLabels"]?.array?.first?["Label"]?.string
  }
}
