/// The definition of one table: all that the sandbox knows of it.
///
/// A new table is one file that declares a value of this type and one line in
/// ``DynamicsCatalogue``.
struct DynamicsTable: Sendable {
  /// Who a row belongs to.
  enum Ownership: String, Sendable {
    case user = "UserOwned"
    case business = "BusinessOwned"
    case organization = "OrganizationOwned"
    case none = "None"
  }

  let name: String
  let schemaName: String
  /// The segment of the URL.
  let setName: String
  let idColumn: String
  let nameColumn: String
  let typeCode: Int
  let ownership: Ownership
  let tracksChanges: Bool
  let states: [DynamicsState]
  let columns: [DynamicsColumn]
  /// The columns by their property names as they are read (`_ownerid_value`).
  let properties: [String: DynamicsColumn]
  /// The columns by their own names (`ownerid`).
  let columnsByName: [String: DynamicsColumn]
  /// The look-up columns by their navigation properties (`parentcustomerid_account`).
  let navigations: [String: [DynamicsNavigation]]

  init(
    _ name: String, schemaName: String, setName: String, nameColumn: String, typeCode: Int,
    ownership: Ownership, tracksChanges: Bool = false, states: [DynamicsState] = [],
    createsInAnyState: Bool = false, columns: [DynamicsColumn]
  ) {
    self.name = name
    self.schemaName = schemaName
    self.setName = setName
    self.idColumn = name + "id"
    self.nameColumn = nameColumn
    self.typeCode = typeCode
    self.ownership = ownership
    self.tracksChanges = tracksChanges
    self.states = states
    let all = Self.standard(name, schemaName, ownership, states, createsInAnyState) + columns
    self.columns = all
    properties = Dictionary(all.map { ($0.property, $0) }) { first, _ in first }
    columnsByName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    navigations = Dictionary(
      grouping: all.flatMap { column in
        column.targets.map { DynamicsNavigation(column: column, target: $0) }
      }, by: \.target.navigation)
  }

  /// Whether a customer has added the table: its name has the prefix of a publisher.
  var isCustom: Bool { name.contains("_") }

  private static func standard(
    _ name: String, _ schemaName: String, _ ownership: Ownership, _ states: [DynamicsState],
    _ createsInAnyState: Bool
  ) -> [DynamicsColumn] {
    var columns = [DynamicsColumn(name + "id", schemaName + "Id", .identifier).createOnly]
    if !states.isEmpty {
      let state = DynamicsColumn("statecode", "StateCode", .state)
      columns.append(createsInAnyState ? state : state.updateOnly)
      columns.append(DynamicsColumn("statuscode", "StatusCode", .status))
    }
    return columns + DynamicsColumn.audit + (ownership == .user ? DynamicsColumn.owned : [])
  }
}

/// A look-up column together with one of the tables that it may point at.
struct DynamicsNavigation: Sendable {
  var column: DynamicsColumn
  var target: DynamicsTarget
}

/// A state of a row and the statuses that belong to it.
struct DynamicsState: Sendable {
  let value: Int64
  let label: String
  let statuses: [DynamicsOption]

  /// The status that a row gets where only its state is set: the first.
  var defaultStatus: Int64 { statuses.first?.value ?? -1 }

  init(_ value: Int64, _ label: String, _ statuses: [DynamicsOption]) {
    self.value = value
    self.label = label
    self.statuses = statuses
  }

  /// Active and Inactive, as most tables have them.
  static let activeOrInactive = [
    DynamicsState(0, "Active", [DynamicsOption(1, "Active")]),
    DynamicsState(1, "Inactive", [DynamicsOption(2, "Inactive")]),
  ]
}

/// One choice of an option set.
struct DynamicsOption: Sendable {
  let value: Int64
  let label: String

  init(_ value: Int64, _ label: String) {
    self.value = value
    self.label = label
  }

  /// Options that are numbered from 1.
  static func numbered(_ labels: String...) -> [DynamicsOption] {
    labels.enumerated().map { DynamicsOption(Int64($0.offset) + 1, $0.element) }
  }
}
