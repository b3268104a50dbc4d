import Transport

/// What a person or another program does with Marketo: its REST API, called by hand.
struct MarketoAPI: Sendable {
  let base: String
  let exchange: AsyncHTTPClientExchange
  let token: String

  init(base: String, exchange: AsyncHTTPClientExchange) async throws {
    let answer = try await exchange.send(
      HTTPRequest(
        "GET",
        "\(base)/identity/oauth/token?grant_type=client_credentials&client_id=sandbox"
          + "&client_secret=sandbox"))
    guard let token = try JSON(parsing: answer.body)["access_token"]?.string else {
      throw APIError(answer)
    }
    self.base = base
    self.exchange = exchange
    self.token = token
    // A test makes more calls in a second than a subscription allows.
    try await set(["marketo_rate_limit": 1_000_000])
  }

  /// Turns switches of the sandbox.
  func set(_ switches: JSON) async throws {
    _ = try await exchange.send(
      HTTPRequest("POST", "\(base)/sandbox/marketo/settings", body: switches.encoded()))
  }

  private func send(_ path: String, _ body: JSON) async throws -> JSON {
    let answer = try await exchange.send(
      HTTPRequest(
        "POST", "\(base)/rest/v1/\(path)",
        headers: [
          .init("Authorization", "Bearer \(token)"), .init("Content-Type", "application/json"),
        ], body: body.encoded()))
    let json = try JSON(parsing: answer.body)
    let results = json["result"]?.array ?? []
    guard json["success"]?.boolean == true,
      results.allSatisfy({ $0["status"]?.string != "skipped" })
    else { throw APIError(json) }
    return json
  }

  private func query(
    _ object: String, _ filter: String, _ values: [String], fields: [String]
  ) async throws -> [JSON] {
    let form = PercentEncoding.form([
      ("_method", "GET"), ("filterType", filter), ("filterValues", values.joined(separator: ",")),
      ("fields", fields.joined(separator: ",")),
    ])
    let answer = try await exchange.send(
      HTTPRequest(
        "POST", "\(base)/rest/v1/\(object).json?_method=GET",
        headers: [
          .init("Authorization", "Bearer \(token)"),
          .init("Content-Type", "application/x-www-form-urlencoded"),
        ], body: Array(form.utf8)))
    let json = try JSON(parsing: answer.body)
    guard json["success"]?.boolean == true else { throw APIError(json) }
    return json["result"]?.array ?? []
  }

  /// Every person: ids rise by one from the first.
  func persons(fields: [String]) async throws -> [JSON] {
    var persons: [JSON] = []
    var first = 7001
    var misses = 0
    while misses < 2 {
      let ids = (first..<(first + 300)).map(String.init)
      let page = try await query("leads", "id", ids, fields: ["id"] + fields)
      misses = page.isEmpty ? misses + 1 : 0
      persons += page
      first += 300
    }
    return persons
  }

  func objects(_ object: String, key: String, _ keys: [String], fields: [String]) async throws
    -> [JSON]
  {
    var found: [JSON] = []
    for start in stride(from: 0, to: keys.count, by: 300) {
      let chunk = Array(keys[start..<min(start + 300, keys.count)])
      found += try await query(object, key, chunk, fields: [key] + fields)
    }
    return found
  }

  func update(_ id: Int64, _ fields: [String: JSON]) async throws {
    var record = fields
    record["id"] = .integer(id)
    _ = try await send(
      "leads.json",
      ["action": "updateOnly", "lookupField": "id", "input": .array([.object(record)])])
  }

  @discardableResult
  func create(_ fields: [String: JSON]) async throws -> Int64? {
    let answer = try await send(
      "leads.json", ["action": "createDuplicate", "input": .array([.object(fields)])])
    return answer["result"]?.array?.first?["id"]?.integer
  }

  func updateCompany(_ key: String, _ fields: [String: JSON]) async throws {
    try await update("companies", key: "externalCompanyId", key, fields)
  }

  /// Updates a record that is no person, by its key field.
  func update(
    _ object: String, key: String, _ value: String, _ fields: [String: JSON]
  ) async throws {
    var record = fields
    record[key] = .string(value)
    _ = try await send(
      "\(object).json",
      ["action": "updateOnly", "dedupeBy": "dedupeFields", "input": .array([.object(record)])])
  }

  func merge(_ loser: Int64, into winner: Int64) async throws {
    _ = try await send("leads/\(winner)/merge.json?leadId=\(loser)", [:])
  }
}
