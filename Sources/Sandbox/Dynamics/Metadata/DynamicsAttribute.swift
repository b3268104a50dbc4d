/// The metadata of one column.
struct DynamicsAttribute {
  let name: String
  /// The metadata types that a cast to finds this column under, the narrowest first.
  let types: [String]
  /// The properties that every column has.
  let base: [DynamicsJSON.Member]
  /// The properties of the column's own type.
  let own: [DynamicsJSON.Member]
  /// What `$expand` can add.
  let sets: [String: DynamicsJSON]

  /// All properties with the type's name in front, as an uncast list shows them.
  var uncast: DynamicsJSON {
    let type = DynamicsJSON.Member("@odata.type", .string("#Microsoft.Dynamics.CRM.\(types[0])"))
    return .object([type] + base + own)
  }
}

/// The metadata of all columns of a table, shadows included.
struct DynamicsAttributes {
  let table: DynamicsTable

  /// The columns in the order of their declaration, each followed by its shadows.
  func all() -> [DynamicsAttribute] {
    table.columns.flatMap { [attribute($0)] + shadows($0) }
  }

  private func attribute(_ column: DynamicsColumn) -> DynamicsAttribute {
    let isSystem = column.name == table.idColumn || column.name == "ownerid"
    let base = Self.base(
      table, column.name, column.schemaName, type: column.attributeType,
      typeName: typeName(column),
      valid: (read: true, create: column.isCreatable, update: column.isUpdatable),
      isSecured: column.isSecured, isCustom: column.isCustom,
      requirement: isSystem ? "SystemRequired" : column.requirement)
    let own = DynamicsAttributeDetails(table: table, column: column)
    return DynamicsAttribute(
      name: column.name, types: types(column), base: base, own: own.members, sets: own.sets)
  }

  private func typeName(_ column: DynamicsColumn) -> String {
    if case .options = column.kind { return "MultiSelectPicklistType" }
    return column.attributeType + "Type"
  }

  private func types(_ column: DynamicsColumn) -> [String] {
    let narrow = column.metadataType + "AttributeMetadata"
    return switch column.kind {
    case .option, .options, .state, .status:
      [narrow, "EnumAttributeMetadata", "AttributeMetadata"]
    default: [narrow, "AttributeMetadata"]
    }
  }

  /// The columns that metadata lists beside a choice or a look-up, though rows never show them.
  private func shadows(_ column: DynamicsColumn) -> [DynamicsAttribute] {
    switch column.kind {
    case .option, .options, .state, .status, .boolean:
      return [shadow(column, "name", "Name", "Virtual")]
    case .lookup:
      let name = shadow(column, "name", "Name", "String")
      return column.isPolymorphic ? [name, shadow(column, "type", "Type", "EntityName")] : [name]
    default: return []
    }
  }

  private func shadow(
    _ column: DynamicsColumn, _ suffix: String, _ schemaSuffix: String, _ type: String
  ) -> DynamicsAttribute {
    let name = column.name + suffix
    let base = Self.base(
      table, name, column.schemaName + schemaSuffix, type: type, typeName: type + "Type",
      attributeOf: column.name, valid: (read: true, create: false, update: false),
      isSecured: false, isCustom: column.isCustom, requirement: "None")
    let own: [DynamicsJSON.Member] =
      type == "String" ? [.init("MaxLength", 100), .init("FormatName", ["Value": "Text"])] : []
    let narrow = type == "Virtual" ? "AttributeMetadata" : type + "AttributeMetadata"
    return DynamicsAttribute(
      name: name, types: [narrow, "AttributeMetadata"], base: base, own: own, sets: [:])
  }

  private static func base(
    _ table: DynamicsTable, _ name: String, _ schemaName: String, type: String,
    typeName: String, attributeOf: String? = nil,
    valid: (read: Bool, create: Bool, update: Bool), isSecured: Bool, isCustom: Bool,
    requirement: String
  ) -> [DynamicsJSON.Member] {
    let number = name.utf8.reduce(UInt64(table.typeCode)) { DynamicsGUID.mixed($0 &+ UInt64($1)) }
    let required = DynamicsTableMetadata.managed(
      .string(requirement), "canmodifyrequirementlevelsettings")
    return [
      .init("LogicalName", .string(name)),
      .init("SchemaName", .string(schemaName)),
      .init("EntityLogicalName", .string(table.name)),
      .init("AttributeType", .string(type)),
      .init("AttributeTypeName", ["Value": .string(typeName)]),
      .init("AttributeOf", .text(attributeOf)),
      .init("IsValidForRead", .boolean(valid.read)),
      .init("IsValidForCreate", .boolean(valid.create)),
      .init("IsValidForUpdate", .boolean(valid.update)),
      .init("IsValidODataAttribute", .boolean(attributeOf == nil)),
      .init("IsSecured", .boolean(isSecured)),
      .init("IsPrimaryId", .boolean(name == table.idColumn)),
      .init("IsPrimaryName", .boolean(name == table.nameColumn)),
      .init("RequiredLevel", required),
      .init("SourceType", attributeOf == nil ? 0 : nil),
      .init("IsCustomAttribute", .boolean(isCustom)),
      .init("IsLogical", .boolean(attributeOf != nil)),
      .init("DisplayName", DynamicsTableMetadata.label(schemaName)),
      .init("MetadataId", .string(DynamicsGUID.made(from: number, kind: 0xA7))),
    ]
  }
}
