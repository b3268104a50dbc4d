extension DynamicsSession {
  /// Makes the row that shows a new connection from its other end.
  ///
  /// A connection that lacks an end stays alone.
  func reciprocate(_ id: String) throws {
    let table = DynamicsTable.connection
    guard let row = try rows.row(table, id), row["record1id"]?.text != nil,
      row["record2id"]?.text != nil
    else { return }
    let version = try rows.nextVersion()
    let other = DynamicsGUID.made(from: UInt64(version), kind: UInt64(table.typeCode))
    var cells = row.merging(Self.turned(row)) { _, turned in turned }
    let derivation = DynamicsDerivation(
      table: table, rows: rows, row: cells, changed: Set(cells.keys))
    cells.merge(try derivation.cells()) { _, composed in composed }
    cells[table.idColumn] = .text(other)
    cells["versionnumber"] = .integer(version)
    cells["ismaster"] = .integer(0)
    cells["relatedconnectionid"] = .text(id)
    try rows.insert(table, cells)
    try rows.update(table, id, ["relatedconnectionid": .text(other)])
  }

  /// Carries an update of one row of a connection over to the other.
  func reciprocate(_ row: [String: DynamicsCell], _ changes: [String: DynamicsCell]) throws {
    let turned = Self.turned(changes)
    guard !turned.isEmpty, let other = row["relatedconnectionid"]?.text,
      let otherRow = try rows.row(.connection, other)
    else { return }
    try set(.connection, other, otherRow, turned)
  }

  /// The cells that both rows of a connection share, as the other row holds them.
  private static func turned(_ cells: [String: DynamicsCell]) -> [String: DynamicsCell] {
    var turned: [String: DynamicsCell] = [:]
    for part in ["id", "id_type", "roleid"] {
      turned["record2" + part] = cells["record1" + part]
      turned["record1" + part] = cells["record2" + part]
    }
    for name in ["effectivestart", "effectiveend", "description", "statecode", "statuscode"] {
      turned[name] = cells[name]
    }
    return turned
  }
}
