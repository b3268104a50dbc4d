import Model

/// What the organisation's metadata says of one table and its columns.
struct Table: Hashable, Sendable {
  var object: ObjectType
  var logicalName: String
  /// The segment of addresses, which need not be the plural of the name.
  var entitySet: String
  var primaryID: String
  var tracksChanges: Bool
  /// Whether writes may name the version that they were made for.
  var checksVersions: Bool
  /// The columns that calls may name, by logical name.
  var columns: [String: Column]

  func column(_ name: FieldName) -> Column? { columns[name.rawValue] }

  /// The columns of these names that there are, in this order.
  func columns(_ names: [FieldName]) -> [Column] { names.compactMap(column) }

  /// The columns whose labels facts tell: an opportunity's stage may be its state in words.
  var labelledColumns: [Column] { object == .opportunity ? columns(["statecode"]) : [] }
}

/// One column, as far as the metadata of all columns tells.
struct Column: Hashable, Sendable {
  var name: String
  var type: ColumnType
  var label: String?
  var canCreate: Bool
  var canUpdate: Bool
  /// Whether column security hides it from those who have no permission.
  var isSecured: Bool
  /// Whether the service works its value out from others; no change is told.
  var isComputed: Bool

  /// The column's name in rows and in `$select`: look-ups are read under a name of their own.
  var property: String { type.isLookup ? "_\(name)_value" : name }
}

/// The vendor's types, as far as a value of one can be kept in step.
enum ColumnType: String, Hashable, Sendable {
  case string = "String"
  case memo = "Memo"
  case integer = "Integer"
  case bigInteger = "BigInt"
  case decimal = "Decimal"
  case double = "Double"
  case money = "Money"
  case boolean = "Boolean"
  case dateTime = "DateTime"
  case identifier = "Uniqueidentifier"
  case picklist = "Picklist"
  case state = "State"
  case status = "Status"
  case multiSelect = "MultiSelectPicklistType"
  case lookup = "Lookup"
  case owner = "Owner"
  case customer = "Customer"

  var isLookup: Bool {
    switch self {
    case .lookup, .owner, .customer: true
    default: false
    }
  }

  /// The metadata type that tells more of such columns; `nil` where there is no more to know.
  var cast: String? {
    switch self {
    case .string, .memo, .decimal, .double, .money, .dateTime, .picklist, .state, .status:
      "\(rawValue)AttributeMetadata"
    case .integer, .bigInteger, .boolean, .identifier, .multiSelect, .lookup, .owner, .customer: nil
    }
  }

  /// What is asked of the cast; sources are the metadata types of the Dataverse Web API.
  var castQuery: String {
    switch self {
    case .string, .memo: "$select=LogicalName,MaxLength"
    case .decimal, .double, .money: "$select=LogicalName,Precision"
    case .dateTime: "$select=LogicalName,DateTimeBehavior"
    case .picklist:
      "$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)"
    default: "$select=LogicalName&$expand=OptionSet($select=Options)"
    }
  }
}
