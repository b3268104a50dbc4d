import Testing

@testable import Sandbox

@Suite struct MarketoTokens {
  private static let secret =
    "client_id=\(MarketoAccount.clientID)&client_secret=\(MarketoAccount.clientSecret)"

  @Test func `one token is given to query and form until it expires`() async throws {
    try await MarketoBench.run { bench in
      let target = "/identity/oauth/token"
      let first = try await bench.send(
        "POST", target, body: "grant_type=client_credentials&\(Self.secret)",
        type: "application/x-www-form-urlencoded", token: nil)
      bench.clock.advance(3000)
      let again = try await bench.send(
        "POST", "\(target)?grant_type=client_credentials&\(Self.secret)", token: nil)
      bench.clock.advance(601)
      let next = try await bench.newToken()
      func body(_ left: Int) -> String {
        #"{"access_token":"\#(bench.token)","token_type":"bearer","expires_in":\#(left),"#
          + #""scope":"sync-api@example.test"}"#
      }
      #expect(first == .init(status: 200, text: body(3600)))
      #expect(again == .init(status: 200, text: body(600)))
      #expect(next != bench.token)
    }
  }

  @Test func `at the second of expiry the old token comes with nothing left`() async throws {
    try await MarketoBench.run { bench in
      bench.clock.advance(3600)
      let same = try await bench.newToken()
      let call = try await bench.get("/rest/v1/leads/partitions.json")
      #expect(same == bench.token)
      #expect(
        call == #"{"success":false,"errors":[{"code":"602","message":"Access token expired"}]}"#)
    }
  }

  @Test(arguments: [
    (
      "grant_type=client_credentials&client_id=other&client_secret=x", 401,
      #"{"error":"unauthorized","error_description":"No client with requested id: other"}"#
    ),
    (
      "grant_type=client_credentials&client_id=\(MarketoAccount.clientID)&client_secret=x", 401,
      #"{"error":"invalid_client","error_description":"Bad client credentials"}"#
    ),
    (
      "\(secret)", 400,
      #"{"error":"unsupported_grant_type","error_description":"Unsupported grant type: "}"#
    ),
  ])
  func `wrong credentials are refused with their own body`(
    query: String, status: Int, body: String
  ) async throws {
    try await MarketoBench.run { bench in
      let answer = try await bench.send("GET", "/identity/oauth/token?\(query)", token: nil)
      #expect(answer == .init(status: status, text: body))
    }
  }

  @Test func `a missing, unknown or expired token is told apart`() async throws {
    try await MarketoBench.run { bench in
      let target = "/rest/v1/leads/partitions.json"
      let missing = try await bench.send("GET", target, token: nil)
      let inQuery = try await bench.send("GET", "\(target)?access_token=\(bench.token)", token: nil)
      let unknown = try await bench.send("GET", target, token: "nobody")
      try await bench.set(#"{"marketo_expire_tokens":true}"#)
      let expired = try await bench.send("GET", target, token: bench.token)
      let denied = #"{"success":false,"errors":[{"code":"603","message":"Access denied"}]}"#
      #expect(missing == .init(status: 200, text: denied))
      #expect(inQuery == .init(status: 200, text: denied))
      #expect(unknown.json?["errors"]?.elements?[0]["code"] == .string("601"))
      #expect(expired.json?["errors"]?.elements?[0]["code"] == .string("602"))
    }
  }

  @Test func `a permission that the user lacks is denied`() async throws {
    try await MarketoBench.run { bench in
      try await bench.set(#"{"marketo_denied_permissions":"Read-Write Company"}"#)
      let write = try await bench.post("/rest/v1/companies.json", "{}")
      let read = try await bench.get(
        "/rest/v1/companies.json?filterType=id&filterValues=1")
      #expect(write == #"{"success":false,"errors":[{"code":"603","message":"Access denied"}]}"#)
      #expect(read == #"{"result":[],"success":true}"#)
    }
  }

  @Test func `a restart keeps the token and the records`() async throws {
    try await MarketoBench.run { bench in
      _ = try await bench.post("/rest/v1/leads.json", #"{"input":[{"email":"ines@acme.test"}]}"#)
      let restarted = MarketoService(database: bench.service.database, now: { bench.clock.now })
      try await restarted.database.write { try MarketoService.createTables($0) }
      let ids = try await restarted.database.read { db in
        try MarketoState(db, now: 0).persons([7001], [])
      }
      #expect(ids == [MarketoPersonRow(id: 7001, values: [])])
      #expect(try await bench.newToken() == bench.token)
    }
  }
}
