/// Reads the body of a write against a table's columns.
struct DynamicsInput {
  /// What the body is for.
  enum Purpose {
    case create
    case update
  }

  let table: DynamicsTable
  let purpose: Purpose
  let session: DynamicsSession

  /// The cells that the body sets; throws at what the service refuses.
  ///
  /// Columns that are not valid for the purpose are passed over in silence.
  func cells(_ body: DynamicsJSON) throws -> [String: DynamicsCell] {
    var cells: [String: DynamicsCell] = [:]
    for member in body.members ?? [] {
      try read(member.name, member.value, into: &cells)
    }
    return cells
  }

  private func read(
    _ name: String, _ value: DynamicsJSON, into cells: inout [String: DynamicsCell]
  ) throws {
    if name.hasPrefix("@") { return }
    if name.hasSuffix("@odata.bind") {
      return try bind(String(name.dropLast("@odata.bind".count)), value, into: &cells)
    }
    if let at = name.firstIndex(of: "@") {
      let property = String(name[..<at])
      guard table.properties[property] != nil || table.navigations[property] != nil else {
        throw DynamicsFailure.undeclared(property, table: table)
      }
      return
    }
    if let column = table.columnsByName[name], !column.isLookup {
      let conversion = DynamicsConversion(column: column, table: table)
      guard isValid(column) else { return }
      cells[name] = try conversion.cell(value)
      return
    }
    guard let column = table.columnsByName[name] ?? table.navigations[name]?.first?.column else {
      throw DynamicsFailure.undeclared(name, table: table)
    }
    guard value == .null else {
      if value.members != nil { throw DynamicsFailure.unsupported("deep insert") }
      throw DynamicsFailure.undeclared(name, table: table)
    }
    if isValid(column) { set(column, nil, into: &cells) }
  }

  private func isValid(_ column: DynamicsColumn) -> Bool {
    purpose == .create ? column.isCreatable : column.isUpdatable
  }

  private func bind(
    _ navigation: String, _ value: DynamicsJSON, into cells: inout [String: DynamicsCell]
  ) throws {
    guard let choices = table.navigations[navigation], let column = choices.first?.column else {
      throw DynamicsFailure.undeclared(navigation, table: table)
    }
    guard value != .null else {
      if isValid(column) { set(column, nil, into: &cells) }
      return
    }
    guard let text = value.string else {
      throw DynamicsFailure.literal(value, type: "Edm.String", table: table)
    }
    let (target, id) = try session.reference(text)
    guard choices.contains(where: { $0.target.table == target.name }) else {
      throw DynamicsFailure.payload(
        "Microsoft.OData.ODataException: The navigation property '\(navigation)' does not lead "
          + "to '\(target.setName)'.", set: table.setName)
    }
    guard isValid(column) else { return }
    guard try session.rows.version(target, id) != nil else {
      throw DynamicsFailure.missing(target.name, id)
    }
    set(column, (target.name, id), into: &cells)
  }

  private func set(
    _ column: DynamicsColumn, _ reference: (table: String, id: String)?,
    into cells: inout [String: DynamicsCell]
  ) {
    cells[column.name] = DynamicsCell(reference?.id)
    if column.isPolymorphic {
      cells[DynamicsSchema.typeColumn(column)] = DynamicsCell(reference?.table)
    }
  }
}

extension DynamicsSession {
  /// The row that a text such as `/accounts(…)` or an absolute URL names.
  func reference(_ text: String) throws -> (table: DynamicsTable, id: String) {
    var path = text
    if path.hasPrefix("$") {
      guard let known = contentIDs[path] else { throw DynamicsFailure.contentID(path) }
      path = known
    }
    if let root = path.firstRange(of: "/api/data/v9.") {
      path = String(path[root.upperBound...].drop { $0 != "/" })
    }
    guard let segment = try DynamicsPath(path).segments.first, let key = segment.key else {
      throw DynamicsFailure.query("Bad Request - Error in query syntax.")
    }
    guard let table = DynamicsCatalogue.table(set: segment.name) else {
      throw DynamicsFailure.segment(segment.name)
    }
    return (table, try identifier(key, of: table))
  }
}

extension DynamicsFailure {
  /// A reference to a part of a change set that there was none of.
  static func contentID(_ reference: String) -> DynamicsFailure {
    DynamicsFailure(
      400, "0x80060888",
      "Content-ID Reference: '\(reference)' does not exist in the batch context.")
  }
}
