import Testing

@testable import Sandbox

@Suite struct MarketoRoles {
  private static let path = "/rest/v1/opportunities/roles.json"
  private typealias Shared = MarketoOpportunities

  private static func role(
    _ opportunity: String, _ person: Int, _ role: String, _ rest: String = ""
  ) -> String {
    #"{"externalOpportunityId":"\#(opportunity)","leadId":\#(person),"role":"\#(role)"\#(rest)}"#
  }

  /// Two opportunities, three persons, and roles of the first two.
  private static func prepare(_ bench: MarketoBench) async throws -> String {
    try await Shared.prepare(bench)
    _ = try await bench.post(
      "/rest/v1/leads.json",
      #"{"input":[{"email":"a@b.test"},{"email":"b@b.test"},{"email":"c@b.test"}]}"#)
    return try await bench.post(
      path,
      #"{"input":[\#(role("o-1", 7001, "Buyer", #","isPrimary":true"#)),"#
        + #"\#(role("o-1", 7002, "Buyer")),\#(role("o-2", 7002, "Advisor"))]}"#)
  }

  private static func roles(_ bench: MarketoBench, _ filter: String) async throws -> [String] {
    let answer = try await bench.get("\(path)?\(filter)&fields=isPrimary")
    return (MarketoJSON(reading: answer)?["result"]?.elements ?? []).map { row in
      let parts = ["externalOpportunityId", "leadId", "role", "isPrimary"].map { name in
        row[name]?.text ?? row[name]?.jsonText ?? ""
      }
      return parts.joined(separator: " ")
    }
  }

  @Test func `a role is made, found by every key, changed and deleted`() async throws {
    try await MarketoBench.run { bench in
      let made = try await Self.prepare(bench)
      #expect(
        Shared.plain(made)
          == Shared.result(
            #"{"seq":0,"status":"created"}"#, #"{"seq":1,"status":"created"}"#,
            #"{"seq":2,"status":"created"}"#))
      let guid =
        MarketoJSON(reading: made)?["result"]?.elements?.first?["marketoGUID"]?.text ?? ""
      #expect(
        try await Self.roles(bench, "filterType=marketoGUID&filterValues=\(guid)")
          == ["o-1 7001 Buyer true"])
      #expect(
        try await Self.roles(bench, "filterType=leadId&filterValues=7002")
          == ["o-1 7002 Buyer null", "o-2 7002 Advisor null"])
      #expect(
        try await Self.roles(bench, "filterType=externalOpportunityId&filterValues=o-1")
          == ["o-1 7001 Buyer true", "o-1 7002 Buyer null"])
      let changed = try await bench.post(
        Self.path, #"{"input":[\#(Self.role("O-1", 7001, "buyer", #","isPrimary":false"#))]}"#)
      #expect(Shared.plain(changed) == Shared.result(#"{"seq":0,"status":"updated"}"#))
      let deleted = try await bench.post(
        "/rest/v1/opportunities/roles/delete.json",
        #"{"input":[\#(Self.role("o-1", 7001, "Buyer")),\#(Self.role("o-1", 7001, "Owner"))]}"#)
      #expect(
        Shared.plain(deleted)
          == Shared.result(
            #"{"seq":0,"status":"deleted"}"#, Shared.skipped(1, 1013, "Record not found")))
    }
  }

  @Test func `a compound key is asked for in the body, page by page`() async throws {
    try await MarketoBench.run { bench in
      _ = try await Self.prepare(bench)
      let input =
        #""input":[\#(Self.role("o-2", 7002, "advisor")),\#(Self.role("o-1", 7001, "Buyer")),"#
        + #"\#(Self.role("o-1", 7009, "Buyer"))]"#
      func page(_ rest: String) async throws -> String {
        try await bench.post(
          "\(Self.path)?_method=GET",
          #"{"filterType":"dedupeFields","fields":["role"],"batchSize":1\#(rest),\#(input)}"#)
      }
      let first = try await page("")
      let token = MarketoJSON(reading: first)?["nextPageToken"]?.text ?? ""
      let second = try await page(#","nextPageToken":"\#(token)""#)
      let refused = try await bench.get(
        "\(Self.path)?filterType=dedupeFields&filterValues=o-1")
      #expect(
        Shared.plain(first)
          == #"{"result":[{"seq":0,"externalOpportunityId":"o-1","leadId":7001,"role":"Buyer"}],"#
          + #""success":true,"nextPageToken":"\#(token)"}"#)
      #expect(
        Shared.plain(second)
          == Shared.result(
            #"{"seq":0,"externalOpportunityId":"o-2","leadId":7002,"role":"Advisor"}"#))
      #expect(refused == Shared.failure(1003, "A compound key needs its values in the body"))
    }
  }

  @Test func `a role needs its opportunity and its person`() async throws {
    try await MarketoBench.run { bench in
      _ = try await Self.prepare(bench)
      let answer = try await bench.post(
        Self.path,
        #"{"input":[\#(Self.role("none", 7001, "Buyer")),\#(Self.role("o-1", 9, "Buyer")),"#
          + #"{"externalOpportunityId":"o-1","leadId":7001}]}"#)
      #expect(
        answer
          == Shared.result(
            Shared.skipped(0, 1013, "Record not found"), Shared.skipped(1, 1004, "Lead not found"),
            Shared.skipped(2, 1002, "Missing value for the required parameter 'role'")))
    }
  }

  @Test func `coming and going is logged on the person`() async throws {
    try await MarketoBench.run { bench in
      _ = try await Self.prepare(bench)
      _ = try await bench.post(
        "/rest/v1/opportunities/delete.json", #"{"input":[{"externalOpportunityId":"o-1"}]}"#)
      #expect(
        try await bench.log("34,35") == [
          "34 7001 First | Is Primary=true | Role=Buyer",
          "34 7002 First | Is Primary=false | Role=Buyer",
          "34 7002 Second | Is Primary=false | Role=Advisor",
          "35 7001 First | Is Primary=true | Role=Buyer",
          "35 7002 First | Is Primary=false | Role=Buyer",
        ])
      #expect(
        try await Self.roles(bench, "filterType=leadId&filterValues=7001,7002")
          == ["o-2 7002 Advisor null"])
    }
  }

  @Test func `a deleted person's roles go along, and nobody else's`() async throws {
    try await MarketoBench.run { bench in
      _ = try await Self.prepare(bench)
      _ = try await bench.post("/rest/v1/leads/delete.json?id=7002", "")
      #expect(
        try await Self.roles(bench, "filterType=externalOpportunityId&filterValues=o-1,o-2")
          == ["o-1 7001 Buyer true"])
      #expect(try await bench.log("35") == [])
    }
  }

  @Test func `a merged person's roles go to the winner, who keeps its own`() async throws {
    try await MarketoBench.run { bench in
      _ = try await Self.prepare(bench)
      _ = try await bench.post("/rest/v1/leads/7001/merge.json?leadId=7002", "")
      #expect(
        try await Self.roles(bench, "filterType=externalOpportunityId&filterValues=o-1,o-2")
          == ["o-1 7001 Buyer true", "o-2 7001 Advisor null"])
    }
  }
}
