extension DynamicsSession {
  /// Creates a row and returns its id; throws where the id is taken or the service refuses.
  func insert(_ table: DynamicsTable, _ body: DynamicsJSON, id chosen: String? = nil) throws
    -> String
  {
    guard table.ownership != .none else { throw DynamicsFailure.method("POST") }
    var cells = try DynamicsInput(table: table, purpose: .create, session: self).cells(body)
    let version = try rows.nextVersion()
    let id =
      chosen ?? cells[table.idColumn]?.text
      ?? DynamicsGUID.made(from: UInt64(version), kind: UInt64(table.typeCode))
    guard try rows.version(table, id) == nil else { throw DynamicsFailure.duplicate }
    try checkOwner(cells)
    try DynamicsStateRule(table: table, id: id).settle(&cells, current: nil)
    try fillDefaults(table, &cells)
    let derivation = DynamicsDerivation(
      table: table, rows: rows, row: cells, changed: Set(cells.keys))
    cells.merge(try derivation.cells()) { _, composed in composed }
    cells[table.idColumn] = .text(id)
    cells["versionnumber"] = .integer(version)
    try rows.insert(table, cells)
    if table.name == DynamicsTable.connection.name { try reciprocate(id) }
    return id
  }

  /// Applies a body to a row that exists.
  func update(_ table: DynamicsTable, _ id: String, _ body: DynamicsJSON) throws {
    guard let row = try rows.row(table, id) else { throw DynamicsFailure.missing(table.name, id) }
    var cells = try DynamicsInput(table: table, purpose: .update, session: self).cells(body)
    try checkOwner(cells)
    try DynamicsStateRule(table: table, id: id).settle(&cells, current: row["statecode"] ?? .null)
    try checkClosing(table, row, cells)
    if table.name == "organization", cells["expirechangetrackingindays"] != nil {
      try rows.setCounter("epoch", rows.nextVersion())
    }
    try set(table, id, row, cells)
    if table.name == DynamicsTable.connection.name { try reciprocate(row, cells) }
  }

  /// Writes cells into a row with all that follows from them: names, amounts, version, times.
  func set(
    _ table: DynamicsTable, _ id: String, _ row: [String: DynamicsCell],
    _ changes: [String: DynamicsCell]
  ) throws {
    var cells = changes
    let derivation = DynamicsDerivation(
      table: table, rows: rows, row: row.merging(changes) { _, new in new },
      changed: Set(changes.keys))
    cells.merge(try derivation.cells()) { _, composed in composed }
    cells["versionnumber"] = .integer(try rows.nextVersion())
    cells["modifiedon"] = .text(DynamicsInstant.text(now))
    cells["modifiedby"] = .text(caller.user)
    cells["modifiedonbehalfby"] = DynamicsCell(caller.onBehalfBy)
    try rows.update(table, id, cells)
  }

  /// Deletes a row; what points at it is cleared, goes with it, or forbids it.
  ///
  /// The row goes first, so that two rows that go with each other come to an end.
  func remove(_ table: DynamicsTable, _ id: String) throws {
    guard try rows.version(table, id) != nil else { return }
    let references = DynamicsCatalogue.references(to: table.name)
    for reference in references where reference.target.deletion == .restrict {
      guard try rows.pointing(by: reference, at: id).isEmpty else {
        throw DynamicsFailure(
          405, "0x80040227",
          "The object you tried to delete is associated with another object and cannot be deleted.")
      }
    }
    try rows.delete(table, id)
    for reference in references where reference.target.deletion != .restrict {
      for other in try rows.pointing(by: reference, at: id) {
        if reference.target.deletion == .cascade {
          try remove(reference.table, other)
        } else {
          try point(reference, other, at: nil)
        }
      }
    }
  }

  /// Makes one look-up of a row point elsewhere, or nowhere.
  func point(_ reference: DynamicsReference, _ id: String, at target: String?) throws {
    guard let row = try rows.row(reference.table, id) else { return }
    var cells = [reference.column.name: DynamicsCell(target)]
    if reference.column.isPolymorphic {
      let type = target == nil ? nil : reference.target.table
      cells[DynamicsSchema.typeColumn(reference.column)] = DynamicsCell(type)
    }
    try set(reference.table, id, row, cells)
  }

  private func checkOwner(_ cells: [String: DynamicsCell]) throws {
    guard let owner = cells["ownerid"] else { return }
    guard let id = owner.text else {
      throw DynamicsFailure(400, "0x80040229", "The owner ID is not valid.")
    }
    guard cells["ownerid_type"]?.text == "systemuser" else { return }
    guard try rows.row(.systemUser, id)?["isdisabled"] != .integer(1) else {
      throw DynamicsFailure(
        403, "0x8004022B", "Cannot assign a record to a disabled user. User: \(id).")
    }
  }

  private func fillDefaults(_ table: DynamicsTable, _ cells: inout [String: DynamicsCell]) throws {
    for column in table.columns {
      guard case .boolean(_, _, let initial?) = column.kind, cells[column.name] == nil else {
        continue
      }
      cells[column.name] = .integer(initial ? 1 : 0)
    }
    if table.ownership == .user, cells["ownerid"] == nil {
      cells["ownerid"] = .text(caller.user)
      cells["ownerid_type"] = .text("systemuser")
    }
    func setDefault(_ column: String, _ id: String) {
      guard table.columnsByName[column] != nil, cells[column] ?? .null == .null else { return }
      cells[column] = .text(id)
    }
    setDefault("transactioncurrencyid", DynamicsBootstrap.currencyID)
    setDefault("businessunitid", DynamicsBootstrap.businessUnitID)
    let moment = DynamicsCell.text(DynamicsInstant.text(now))
    let given = cells["overriddencreatedon"] ?? .null
    cells["createdon"] = given == .null ? moment : given
    if given != .null { cells["overriddencreatedon"] = moment }
    cells["modifiedon"] = moment
    cells["createdby"] = .text(caller.user)
    cells["modifiedby"] = .text(caller.user)
    cells["createdonbehalfby"] = DynamicsCell(caller.onBehalfBy)
    cells["modifiedonbehalfby"] = DynamicsCell(caller.onBehalfBy)
  }
}
