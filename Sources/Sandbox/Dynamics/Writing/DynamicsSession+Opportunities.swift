/// How an opportunity comes to its end.
struct DynamicsClosing {
  var isWon: Bool
  /// -1 for the default status.
  var status: Int64 = -1
  /// What was sold; nil for the estimate where it was won, and nothing where it was lost.
  var revenue: DynamicsCell?
  /// The day of the end; nil for today.
  var day: String?
}

extension DynamicsSession {
  /// Answers the unbound actions `WinOpportunity` and `LoseOpportunity`.
  func close(_ call: DynamicsCall, isWon: Bool) throws -> DynamicsAnswer {
    try expect("POST", call)
    let body = try call.object()
    guard let status = body["Status"]?.integer else {
      throw DynamicsFailure.query("Required parameter 'Status' is missing.")
    }
    guard let close = body["OpportunityClose"], close.members != nil else {
      throw DynamicsFailure.query("Required parameter 'OpportunityClose' is missing.")
    }
    guard let text = close["opportunityid@odata.bind"]?.string else {
      throw DynamicsFailure.query("'OpportunityClose' has no 'opportunityid@odata.bind'.")
    }
    let (table, id) = try reference(text)
    guard table.name == DynamicsTable.opportunity.name else {
      throw DynamicsFailure.payload(
        "Microsoft.OData.ODataException: The navigation property 'opportunityid' does not lead "
          + "to '\(table.setName)'.")
    }
    var closing = DynamicsClosing(isWon: isWon, status: status)
    if let value = close["actualrevenue"], value != .null {
      closing.revenue = try cell(value, of: "actualvalue")
    }
    if let value = close["actualend"], value != .null {
      guard let second = value.string.flatMap({ DynamicsInstant.parse($0) }) else {
        throw DynamicsFailure.literal(value, type: "Edm.DateTimeOffset", table: .opportunity)
      }
      closing.day = day(second)
    }
    try self.close(id, closing)
    return .empty()
  }

  /// Closes an open opportunity.
  func close(_ id: String, _ closing: DynamicsClosing) throws {
    let table = DynamicsTable.opportunity
    guard let row = try rows.row(table, id) else { throw DynamicsFailure.missing(table.name, id) }
    guard row["statecode"] == .integer(0) else { throw DynamicsFailure.closed }
    let estimate = row["estimatedvalue"] ?? .null
    var cells: [String: DynamicsCell] = [
      "statecode": .integer(closing.isWon ? 1 : 2),
      "actualvalue": closing.revenue ?? (closing.isWon ? estimate : .integer(0)),
      "actualclosedate": .text(closing.day ?? day(now)),
    ]
    if closing.status != -1 { cells["statuscode"] = .integer(closing.status) }
    try DynamicsStateRule(table: table, id: id).settle(&cells, current: row["statecode"])
    try set(table, id, row, cells)
  }

  /// Refuses an update that would close an opportunity, or that edits a closed one.
  ///
  /// An update that reopens the opportunity may edit it too.
  func checkClosing(
    _ table: DynamicsTable, _ row: [String: DynamicsCell], _ cells: [String: DynamicsCell]
  ) throws {
    guard table.name == DynamicsTable.opportunity.name, let current = row["statecode"]?.integer
    else { return }
    let wanted = cells["statecode"]?.integer ?? current
    guard wanted != 0 else { return }
    guard wanted == current else {
      let word = wanted == 1 ? "won" : "lost"
      throw DynamicsFailure(
        400, "0x80100005",
        "This message can not be used to set the state of opportunity to \(word). In order to set "
          + "state of opportunity to \(word), use the \(word) message instead.")
    }
    throw DynamicsFailure.closed
  }

  private func cell(_ value: DynamicsJSON, of column: String) throws -> DynamicsCell? {
    let table = DynamicsTable.opportunity
    return try table.columnsByName[column].map {
      try DynamicsConversion(column: $0, table: table).cell(value)
    }
  }

  private func day(_ second: Int64) -> String { String(DynamicsInstant.text(second).prefix(10)) }
}

extension DynamicsFailure {
  /// An opportunity that is closed already; the code is the sandbox's own choice.
  static let closed = DynamicsFailure(400, "0x80040203", "The opportunity is already closed.")
}
