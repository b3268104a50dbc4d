/// The definition of one column.
struct DynamicsColumn: Sendable {
  /// What a column holds.
  enum Kind: Sendable {
    case identifier
    /// Length in UTF-16 units.
    case text(length: Int, format: String)
    case memo(length: Int)
    case integer(ClosedRange<Int64>)
    case bigInt
    /// Limits in whole units.
    case decimal(scale: Int, ClosedRange<Int64>)
    case double(scale: Int, ClosedRange<Double>)
    case money(scale: Int)
    case boolean(no: String, yes: String, initial: Bool?)
    case moment(Behavior)
    case option([DynamicsOption])
    case options([DynamicsOption])
    case state
    case status
    case lookup(Reference, [DynamicsTarget])
  }

  /// How a date column treats time zones.
  enum Behavior: String, Sendable {
    case userLocal = "UserLocal"
    case dateOnly = "DateOnly"
    case timeZoneIndependent = "TimeZoneIndependent"
  }

  /// The type word of a look-up column.
  enum Reference: String, Sendable {
    case lookup = "Lookup"
    case owner = "Owner"
    case customer = "Customer"
  }

  let name: String
  let schemaName: String
  let kind: Kind
  private(set) var isCreatable = true
  private(set) var isUpdatable = true
  private(set) var isSecured = false
  private(set) var isCustom = false
  private(set) var requirement = "None"

  init(_ name: String, _ schemaName: String, _ kind: Kind) {
    self.name = name
    self.schemaName = schemaName
    self.kind = kind
  }

  /// The name under which a row shows the value.
  var property: String { isLookup ? "_\(name)_value" : name }

  /// Whether the column points at a row.
  var isLookup: Bool {
    if case .lookup = kind { return true }
    return false
  }

  /// The tables that a look-up may point at.
  var targets: [DynamicsTarget] {
    guard case .lookup(_, let targets) = kind else { return [] }
    return targets
  }

  /// Whether the kind of row must be stored beside the id.
  var isPolymorphic: Bool { targets.count > 1 }

  /// The same column, set by the server alone.
  var readOnly: DynamicsColumn {
    var column = self
    column.isCreatable = false
    column.isUpdatable = false
    return column
  }

  /// The same column, set at creation alone.
  var createOnly: DynamicsColumn {
    var column = self
    column.isUpdatable = false
    return column
  }

  /// The same column, set by updates alone.
  var updateOnly: DynamicsColumn {
    var column = self
    column.isCreatable = false
    return column
  }

  /// The same column as one that a customer has added.
  var custom: DynamicsColumn {
    var column = self
    column.isCustom = true
    return column
  }

  /// The same column, which forms (though not the API) require.
  var required: DynamicsColumn {
    var column = self
    column.requirement = "ApplicationRequired"
    return column
  }
}

/// A table that a look-up may point at.
struct DynamicsTarget: Sendable {
  /// What becomes of the pointing row when the row that it points at is deleted.
  enum Deletion: Sendable {
    case clear
    case cascade
    case restrict
  }

  let table: String
  /// The name that is used with `@odata.bind`.
  let navigation: String
  let deletion: Deletion

  init(_ table: String, _ navigation: String, _ deletion: Deletion = .clear) {
    self.table = table
    self.navigation = navigation
    self.deletion = deletion
  }
}
