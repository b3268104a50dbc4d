import Transport

extension Rig {
  /// Edits an opportunity, wins, loses or reopens it.
  func carryOut(sale deed: RandomDeed, _ expectation: inout Expectation) async throws {
    switch deed {
    case .sell(let place, let customer):
      let kind: Expectation.Kind = customer?.isContact == true ? .contact : .account
      try await patch(
        place,
        ["customerid_\(kind.table)@odata.bind": customer.map { bind(kind, $0.id) } ?? .null],
        expectation)
      expectation.twins[place].ties.customer = customer
    case .estimate(let place, let value):
      try await patch(place, ["estimatedvalue": try number(value)], expectation)
      expectation.twins[place].ties.estimate = value
    case .step(let place, let value):
      try await patch(place, ["stepname": value.map(JSON.string) ?? .null], expectation)
      expectation.twins[place].ties.step = value
    case .win(let place, let revenue):
      try await close(expectation.twins[place], "WinOpportunity", status: 3, revenue)
      expectation.twins[place].ties.state = 1
      expectation.twins[place].ties.actual = revenue ?? expectation.twins[place].ties.estimate
    case .lose(let place):
      try await close(expectation.twins[place], "LoseOpportunity", status: 5, nil)
      expectation.twins[place].ties.state = 2
      expectation.twins[place].ties.actual = "0"
    case .reopen(let place):
      try await patch(place, ["statecode": 0], expectation)
      expectation.twins[place].ties.state = 0
    default: break
    }
  }

  private func close(
    _ twin: Expectation.Twin, _ action: String, status: Int64, _ revenue: String?
  ) async throws {
    var close: [String: JSON] = ["opportunityid@odata.bind": bind(twin.kind, twin.id)]
    close["actualrevenue"] = try revenue.map { try number($0) }
    try await dynamics.act(
      action, ["Status": .integer(status), "OpportunityClose": .object(close)])
  }

  private func number(_ text: String?) throws -> JSON {
    guard let text else { return .null }
    return try JSON(parsing: Array(text.utf8))
  }

  /// Edits who has a say in an opportunity, through either row of the connection.
  func carryOut(stake deed: RandomDeed, _ expectation: inout Expectation) async throws {
    switch deed {
    case .connect(let place, let person, let role, let isTurned):
      try await connect(place, person, role, isTurned: isTurned, &expectation)
    case .recast(let stake, let row, let role):
      let end = expectation.stakes[stake].rows[row].personEnd
      try await patch(
        expectation.stakes[stake], row, ["record\(end)roleid@odata.bind": bindRole(role)])
      expectation.stakes[stake].role = role
    case .replace(let stake, let row, let person):
      let end = expectation.stakes[stake].rows[row].personEnd
      let twin = expectation.twins[person]
      try await patch(
        expectation.stakes[stake], row,
        ["record\(end)id_\(twin.kind.table)@odata.bind": bind(twin.kind, twin.id)])
      expectation.stakes[stake].person = twin.id
    case .redirect(let stake, let row, let opportunity):
      let end = expectation.stakes[stake].rows[row].opportunityEnd
      let twin = expectation.twins[opportunity]
      try await patch(
        expectation.stakes[stake], row,
        ["record\(end)id_opportunity@odata.bind": bind(.opportunity, twin.id)])
      expectation.stakes[stake].opportunity = twin.id
    case .toggle(let stake, let row):
      let state: Int64 = expectation.stakes[stake].isActive ? 1 : 0
      try await patch(expectation.stakes[stake], row, ["statecode": .integer(state)])
      expectation.stakes[stake].isActive = state == 0
    case .disconnect(let stake, let row):
      try await dynamics.delete("connections", expectation.stakes[stake].rows[row].id)
      expectation.stakes.remove(at: stake)
    default: break
    }
  }

  private func connect(
    _ place: Int, _ person: Int, _ role: String?, isTurned: Bool,
    _ expectation: inout Expectation
  ) async throws {
    let (opportunity, person) = (expectation.twins[place], expectation.twins[person])
    let end = isTurned ? 2 : 1
    let id = Self.connectionID(expectation.connected)
    try await dynamics.create(
      "connections",
      [
        "connectionid": .string(id),
        "record\(end)id_opportunity@odata.bind": bind(.opportunity, opportunity.id),
        "record\(3 - end)id_\(person.kind.table)@odata.bind": bind(person.kind, person.id),
        "record\(3 - end)roleid@odata.bind": bindRole(role),
      ])
    expectation.connected += 1
    let row = try await dynamics.row("connections", id)
    let other = row["_relatedconnectionid_value"]?.string ?? ""
    typealias Row = Expectation.Stake.Row
    let rows = [Row(id: id, opportunityEnd: end), Row(id: other, opportunityEnd: 3 - end)]
    expectation.stakes.append(
      Expectation.Stake(
        rows: rows.sorted { $0.id < $1.id }, opportunity: opportunity.id, person: person.id,
        role: role, isActive: true))
  }

  private func patch(_ stake: Expectation.Stake, _ row: Int, _ fields: JSON) async throws {
    try await dynamics.update("connections", stake.rows[row].id, fields)
  }

  private func bindRole(_ role: String?) -> JSON {
    role.map { .string("/connectionroles(\($0))") } ?? .null
  }

  private static func connectionID(_ number: Int) -> String {
    let digits = String(number)
    return "c0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }
}
