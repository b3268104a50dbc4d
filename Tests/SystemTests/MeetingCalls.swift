import Transport

extension DynamicsAPI {
  /// Calls an action, bound or not, and tells what it answered.
  @discardableResult
  func act(_ action: String, _ body: JSON) async throws -> JSON {
    let answer = try await exchange.send(
      HTTPRequest(
        "POST", "\(base)/api/data/v9.2/\(action)",
        headers: [
          .init("Authorization", "Bearer \(token)"), .init("Content-Type", "application/json"),
        ], body: body.encoded()))
    guard (200..<300).contains(answer.status) else { throw APIError(answer) }
    return answer.body.isEmpty ? .null : try JSON(parsing: answer.body)
  }

  /// Qualifies a lead into an account and a contact, and tells the contact's id.
  func qualify(_ lead: String) async throws -> String {
    let answer = try await act(
      "leads(\(lead))/Microsoft.Dynamics.CRM.QualifyLead",
      [
        "CreateAccount": true, "CreateContact": true, "CreateOpportunity": false, "Status": 3,
      ])
    let made = answer["value"]?.array ?? []
    guard let contact = made.compactMap({ $0["contactid"]?.string }).first else {
      throw APIError(answer)
    }
    return contact
  }

  /// Merges one row of a table into another.
  func merge(_ table: String, _ loser: String, into winner: String) async throws {
    func row(_ id: String) -> JSON {
      ["@odata.type": .string("Microsoft.Dynamics.CRM.\(table)"), "\(table)id": .string(id)]
    }
    try await act(
      "Merge",
      [
        "Target": row(winner), "Subordinate": row(loser), "PerformParentingChecks": false,
      ])
  }

  /// The rows of a set by their ids.
  func rows(_ set: String, key: String) async throws -> [String: JSON] {
    let rows = try await all(set)
    return Dictionary(rows.map { ($0[key]?.string ?? "", $0) }) { first, _ in first }
  }
}

extension MarketoAPI {
  /// Makes companies or sales persons with keys of the caller's.
  func makeObjects(_ object: String, _ records: [JSON]) async throws {
    try await writeObjects(object, action: "createOnly", records)
  }

  func writeObjects(_ object: String, action: String, _ records: [JSON]) async throws {
    let body: JSON = [
      "action": .string(action), "dedupeBy": "dedupeFields", "input": .array(records),
    ]
    let answer = try await exchange.send(
      HTTPRequest(
        "POST", "\(base)/rest/v1/\(object).json",
        headers: [
          .init("Authorization", "Bearer \(token)"), .init("Content-Type", "application/json"),
        ], body: body.encoded()))
    let json = try JSON(parsing: answer.body)
    guard json["success"]?.boolean == true,
      (json["result"]?.array ?? []).allSatisfy({ $0["status"]?.string != "skipped" })
    else { throw APIError(json) }
  }
}
