import Testing

@testable import Sandbox

@Suite struct MarketoLimits {
  private static let cheap = "/rest/v1/leads/partitions.json"

  private static func failure(_ code: Int, _ message: String) -> String {
    #"{"success":false,"errors":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  @Test func `the hundred and first call in twenty seconds is refused`() async throws {
    try await MarketoBench.run { bench in
      for _ in 0..<100 {
        #expect(try await bench.get(Self.cheap).hasSuffix(#""success":true}"#))
      }
      let refused = try await bench.get(Self.cheap)
      bench.clock.advance(20)
      let later = try await bench.get(Self.cheap)
      #expect(refused == Self.failure(606, "Max rate limit '100' exceeded with in '20' secs"))
      #expect(later.hasSuffix(#""success":true}"#))
    }
  }

  @Test func `the gate holds ten calls at one time`() {
    let gate = MarketoGate()
    let settings = MarketoSettings(touched: [:])
    let entries = (0..<11).map { _ in gate.enter(now: 0, settings: settings) }
    gate.leave()
    #expect(entries == Array(repeating: nil, count: 10) + [.concurrency(10)])
    #expect(gate.enter(now: 0, settings: settings) == nil)
  }

  @Test func `a limit of no calls at one time refuses each`() async throws {
    try await MarketoBench.run { bench in
      try await bench.set(#"{"marketo_concurrency_limit":0}"#)
      let answer = try await bench.get(Self.cheap)
      #expect(answer == Self.failure(615, "Concurrent access limit '0' reached"))
    }
  }

  @Test func `the daily quota ends at midnight of US Central time`() async throws {
    try await MarketoBench.run { bench in
      try await bench.set(#"{"marketo_daily_quota":2,"marketo_token_lifetime":200000}"#)
      bench.clock.advance(3601)
      let token = try await bench.newToken()
      func call() async throws -> String {
        try await bench.send("GET", Self.cheap, token: token).text
      }
      _ = try await call()
      _ = try await call()
      let refused = try await call()
      bench.clock.advance(86_400)
      let nextDay = try await call()
      #expect(refused == Self.failure(607, "Daily quota reached"))
      #expect(nextDay.hasSuffix(#""success":true}"#))
    }
  }

  @Test(
    arguments: [
      ("GET", "/rest/v1/nothing.json", nil, nil, failure(610, "Requested resource not found")),
      ("GET", "/bulk/v1/leads/export.json", nil, nil, failure(610, "Requested resource not found")),
      ("PUT", cheap, "{}", "application/json", failure(605, "Request method 'PUT' not supported")),
      ("POST", "/rest/v1/leads.json", "a=b", "text/plain", failure(612, "Invalid Content Type")),
      ("POST", "/rest/v1/leads.json", "{", "application/json", failure(609, "Invalid JSON")),
      (
        "POST", "/rest/v1/leads.json", #"{"input":[{"email":"a@b.c","email":"d@e.f"}]}"#,
        "application/json", failure(609, "Invalid JSON")
      ),
      (
        "POST", "/rest/v1/leads.json", "{}", "application/json",
        failure(1002, "Missing value for the required parameter 'input'")
      ),
    ] as [(String, String, String?, String?, String)])
  func `a call that cannot be read is refused as a whole`(
    method: String, target: String, body: String?, type: String?, expected: String
  ) async throws {
    try await MarketoBench.run { bench in
      let answer = try await bench.send(
        method, target, body: body, type: type, token: bench.token)
      #expect(answer == .init(status: 200, text: expected))
    }
  }

  @Test func `a long target and a large body end at HTTP`() async throws {
    try await MarketoBench.run { bench in
      let padding = String(repeating: "a", count: 8200)
      let long = try await bench.send("GET", "\(Self.cheap)?x=\(padding)", token: bench.token)
      let large = try await bench.send(
        "POST", "/rest/v1/leads.json", body: String(repeating: "a", count: 1_048_577),
        token: bench.token)
      #expect([long.status, large.status] == [414, 413])
    }
  }

  @Test func `more than three hundred records are refused`() async throws {
    try await MarketoBench.run { bench in
      let records = (0...300).map { #"{"email":"p\#($0)@acme.test"}"# }.joined(separator: ",")
      let answer = try await bench.post("/rest/v1/leads.json", #"{"input":[\#(records)]}"#)
      #expect(answer == Self.failure(1003, "The number of records exceeds the limit of 300"))
    }
  }

  @Test func `an injected failure hits the path it is meant for and no more than its count`()
    async throws
  {
    try await MarketoBench.run { bench in
      try await bench.set(
        #"{"marketo_fail_next":{"code":604,"count":1,"path":"leads/partitions"}}"#)
      let other = try await bench.get("/rest/v1/leads/describe2.json")
      let hit = try await bench.get(Self.cheap)
      let after = try await bench.get(Self.cheap)
      try await bench.set(#"{"marketo_fail_next":{"status":502,"count":1}}"#)
      let page = try await bench.send("GET", Self.cheap, token: bench.token)
      #expect(other.hasSuffix(#""success":true}"#))
      #expect(hit == Self.failure(604, "Injected by the sandbox"))
      #expect(after.hasSuffix(#""success":true}"#))
      #expect(
        page
          == .init(
            status: 502,
            text: "<html><head><title>502 Bad Gateway</title></head>"
              + "<body>502 Bad Gateway</body></html>"))
    }
  }

  @Test func `a lost answer leaves the write in place`() async throws {
    try await MarketoBench.run { bench in
      try await bench.set(#"{"marketo_lose_answer_after_write":1}"#)
      let lost = try await bench.send(
        "POST", "/rest/v1/leads.json", body: #"{"input":[{"email":"ines@acme.test"}]}"#,
        token: bench.token)
      let found = try await bench.get(
        "/rest/v1/leads.json?filterType=email&filterValues=ines@acme.test&fields=email")
      #expect(lost.status == 502)
      #expect(found == #"{"result":[{"id":7001,"email":"ines@acme.test"}],"success":true}"#)
    }
  }

  @Test func `usage counts calls and errors`() async throws {
    try await MarketoBench.run { bench in
      _ = try await bench.get(Self.cheap)
      _ = try await bench.get("/rest/v1/leads.json")
      let usage = try await bench.get("/rest/v1/stats/usage.json")
      let errors = try await bench.get("/rest/v1/stats/errors.json")
      #expect(
        usage
          == #"{"result":[{"date":"2026-11-20","total":2,"users":"#
          + #"[{"userId":"sync-api@example.test","count":2}]}],"success":true}"#)
      #expect(
        errors
          == #"{"result":[{"date":"2026-11-20","total":1,"errors":"#
          + #"[{"errorCode":"1003","count":1}]}],"success":true}"#)
    }
  }

  @Test func `a wrong setting changes none`() async throws {
    try await MarketoBench.run { bench in
      let answer = try await bench.send(
        "POST", "/sandbox/marketo/settings",
        body: #"{"marketo_rate_limit":1,"marketo_nothing":1}"#, token: nil)
      let settings = try await bench.send("GET", "/sandbox/marketo/settings", token: nil)
      #expect(
        answer == .init(status: 400, text: #"{"error":"there is no setting 'marketo_nothing'"}"#))
      #expect(settings.json?["marketo_rate_limit"] == .number("100"))
    }
  }
}
