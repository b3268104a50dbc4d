extension DynamicsColumn {
  /// The column's type in the entity model, as error texts name it.
  var edmName: String {
    switch kind {
    case .identifier, .lookup: "Edm.Guid"
    case .text, .memo, .options: "Edm.String"
    case .integer, .option, .state, .status: "Edm.Int32"
    case .bigInt: "Edm.Int64"
    case .decimal, .money: "Edm.Decimal"
    case .double: "Edm.Double"
    case .boolean: "Edm.Boolean"
    case .moment(.dateOnly): "Edm.Date"
    case .moment: "Edm.DateTimeOffset"
    }
  }

  /// The column's `AttributeType` in metadata.
  var attributeType: String {
    switch kind {
    case .identifier: "Uniqueidentifier"
    case .text: "String"
    case .memo: "Memo"
    case .integer: "Integer"
    case .bigInt: "BigInt"
    case .decimal: "Decimal"
    case .double: "Double"
    case .money: "Money"
    case .boolean: "Boolean"
    case .moment: "DateTime"
    case .option: "Picklist"
    case .options: "Virtual"
    case .state: "State"
    case .status: "Status"
    case .lookup(let reference, _): reference.rawValue
    }
  }

  /// The name of the metadata type that holds the column's own properties.
  var metadataType: String {
    switch kind {
    case .identifier: "UniqueIdentifier"
    case .options: "MultiSelectPicklist"
    case .lookup: "Lookup"
    default: attributeType
    }
  }
}
