extension DynamicsSession {
  /// Answers the unbound action `Merge`.
  func merge(_ call: DynamicsCall) throws -> DynamicsAnswer {
    try expect("POST", call)
    let body = try call.object()
    guard body["PerformParentingChecks"]?.boolean != nil else {
      throw DynamicsFailure.query("Required parameter 'PerformParentingChecks' is missing.")
    }
    let target = try mergeRow(body["Target"], "Target")
    let subordinate = try mergeRow(body["Subordinate"], "Subordinate")
    guard target.table.name == subordinate.table.name else {
      throw DynamicsFailure(400, "0x80040203", "Rows of different tables cannot be merged.")
    }
    var content = body["UpdateContent"]?.members ?? []
    content.removeAll { $0.name == target.table.idColumn }
    try merge(target.table, subordinate.id, into: target.id, content: .object(content))
    return .empty()
  }

  /// Merges one row into another: what pointed at it points at the other, and it is deactivated.
  func merge(
    _ table: DynamicsTable, _ loser: String, into winner: String, content: DynamicsJSON
  ) throws {
    guard loser != winner else {
      throw DynamicsFailure(400, "0x80045305", "A record cannot be merged with itself.")
    }
    for id in [winner, loser] {
      guard let row = try rows.row(table, id) else {
        throw DynamicsFailure.missing(table.name, id)
      }
      guard row["statecode"] == .integer(0) else {
        throw DynamicsFailure(400, "0x80045304", "Only active records can be merged.")
      }
    }
    for reference in DynamicsCatalogue.references(to: table.name)
    where reference.column.isUpdatable {
      for id in try rows.pointing(by: reference, at: loser) {
        let isSelf = reference.table.name == table.name && id == winner
        try point(reference, id, at: isSelf ? nil : winner)
      }
    }
    try update(table, winner, content)
    guard let row = try rows.row(table, loser), let last = table.states.last else { return }
    try set(
      table, loser, row,
      [
        "merged": .integer(1), "masterid": .text(winner), "statecode": .integer(last.value),
        "statuscode": .integer(last.statuses.last?.value ?? last.defaultStatus),
      ])
  }

  private func mergeRow(_ value: DynamicsJSON?, _ name: String) throws
    -> (table: DynamicsTable, id: String)
  {
    let type = value?["@odata.type"]?.string?.split(separator: ".").last.map(String.init)
    guard let value, let table = type.flatMap({ DynamicsCatalogue.table($0) }),
      table.columnsByName["masterid"] != nil
    else {
      throw DynamicsFailure.query("Parameter '\(name)' is missing or of a table without merges.")
    }
    guard let id = value[table.idColumn]?.string.flatMap({ DynamicsGUID.parse($0) }) else {
      throw DynamicsFailure.query("Parameter '\(name)' has no '\(table.idColumn)'.")
    }
    return (table, id)
  }
}
