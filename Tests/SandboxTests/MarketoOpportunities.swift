import Testing

@testable import Sandbox

@Suite struct MarketoOpportunities {
  static let path = "/rest/v1/opportunities.json"

  static func skipped(_ seq: Int, _ code: Int, _ message: String) -> String {
    #"{"seq":\#(seq),"status":"skipped","reasons":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  static func result(_ items: String...) -> String {
    #"{"result":[\#(items.joined(separator: ","))],"success":true}"#
  }

  static func failure(_ code: Int, _ message: String) -> String {
    #"{"success":false,"errors":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  /// A sales person, a company, two opportunities.
  static func prepare(_ bench: MarketoBench) async throws {
    _ = try await bench.post(
      "/rest/v1/salespersons.json", #"{"input":[{"externalSalesPersonId":"u-1"}]}"#)
    _ = try await bench.post(
      "/rest/v1/companies.json", #"{"input":[{"externalCompanyId":"acct-1"}]}"#)
    let made = try await bench.post(
      path,
      #"{"input":[{"externalOpportunityId":"o-1","name":"First","amount":"1604.475","#
        + #""externalCompanyId":"acct-1","externalSalesPersonId":"u-1","isWon":false},"#
        + #"{"externalOpportunityId":"o-2","name":"Second","amount":7}]}"#)
    #expect(MarketoJSON(reading: made)?["result"]?.elements?.count == 2)
  }

  /// The items of an answer with the GUIDs left out.
  static func plain(_ answer: String) -> String {
    answer.replacing(#/"marketoGUID":"[0-9a-f-]{36}",?/#, with: "")
  }

  @Test func `an amount is kept to the cent and read as text`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let read = try await bench.get(
        "\(Self.path)?filterType=externalOpportunityId&filterValues=o-1,O-2"
          + "&fields=name,amount,isWon,isClosed,externalCompanyId")
      #expect(
        Self.plain(read)
          == Self.result(
            #"{"seq":0,"externalOpportunityId":"o-1","name":"First","amount":"1604.48","#
              + #""isWon":false,"isClosed":null,"externalCompanyId":"acct-1"}"#,
            #"{"seq":1,"externalOpportunityId":"o-2","name":"Second","amount":"7.00","#
              + #""isWon":null,"isClosed":null,"externalCompanyId":null}"#))
    }
  }

  @Test(arguments: [
    ("0", "0.00"), ("-0.005", "-0.01"), ("0.004", "0.00"), ("99.995", "100.00"), ("1e3", "1000.00"),
    ("-0.001", "0.00"), ("12.5", "12.50"), ("1234567890123.455", "1234567890123.46"),
  ])
  func `amounts round a half away from zero`(written: String, read: String) throws {
    let field = try #require(MarketoObject.opportunity.field("amount"))
    let value = try field.value(.string(written), cutting: false)
    #expect(field.json(value) == .string(read))
  }

  @Test func `a new opportunity needs a name, and an old one keeps it`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let missing = "Missing value for the required parameter 'name'"
      let answer = try await bench.post(
        Self.path,
        #"{"input":[{"externalOpportunityId":"o-3"},{"externalOpportunityId":"o-1","name":""},"#
          + #"{"externalOpportunityId":"o-2","stage":"Won","externalCompanyId":"none"},"#
          + #"{"externalOpportunityId":"o-2","stage":"Won"}]}"#)
      #expect(
        answer
          == Self.result(
            Self.skipped(0, 1002, missing), Self.skipped(1, 1002, missing),
            Self.skipped(2, 1013, "Record not found"),
            Self.skipped(3, 1036, "Duplicate object found in input")))
    }
  }

  @Test func `a sales person who is not there fails the whole call`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.post(
        Self.path,
        #"{"input":[{"externalOpportunityId":"o-1","stage":"Won"},"#
          + #"{"externalOpportunityId":"o-2","externalSalesPersonId":"none"}]}"#)
      let read = try await bench.get(
        "\(Self.path)?filterType=dedupeFields&filterValues=o-1&fields=stage")
      #expect(answer == Self.failure(718, "External sales person id not found"))
      #expect(
        Self.plain(read) == Self.result(#"{"seq":0,"externalOpportunityId":"o-1","stage":null}"#))
    }
  }

  @Test func `an opportunity keeps its company and its sales person in use`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      func delete(_ type: String, _ key: String) async throws -> String {
        try await bench.post("/rest/v1/\(type)/delete.json", #"{"input":[\#(key)]}"#)
      }
      let inUse = Self.result(Self.skipped(0, 1022, "Object in use"))
      #expect(try await delete("companies", #"{"externalCompanyId":"acct-1"}"#) == inUse)
      #expect(try await delete("salespersons", #"{"externalSalesPersonId":"u-1"}"#) == inUse)
      #expect(
        Self.plain(try await delete("opportunities", #"{"externalOpportunityId":"o-1"}"#))
          == Self.result(#"{"seq":0,"status":"deleted"}"#))
      #expect(
        try await delete("companies", #"{"externalCompanyId":"acct-1"}"#)
          == Self.result(#"{"seq":0,"id":5001,"status":"deleted"}"#))
      #expect(
        try await delete("salespersons", #"{"externalSalesPersonId":"u-1"}"#)
          == Self.result(#"{"seq":0,"id":301,"status":"deleted"}"#))
    }
  }

  @Test func `no two opportunities ever have the same id`() async throws {
    try await MarketoBench.run { bench in
      func make() async throws -> String {
        let answer = try await bench.post(
          Self.path, #"{"input":[{"externalOpportunityId":"o-1","name":"Again"}]}"#)
        return MarketoJSON(reading: answer)?["result"]?.elements?.first?["marketoGUID"]?.text ?? ""
      }
      let first = try await make()
      _ = try await bench.post(
        "/rest/v1/opportunities/delete.json",
        #"{"deleteBy":"idField","input":[{"marketoGUID":"\#(first)"}]}"#)
      let second = try await make()
      #expect(first.count == 36)
      #expect(second.count == 36)
      #expect(first != second)
    }
  }

  @Test func `describe tells the keys`() async throws {
    try await MarketoBench.run { bench in
      let opportunity = try await MarketoJSON(
        reading: bench.get("/rest/v1/opportunities/describe.json"))?["result"]?.elements?.first
      let role = try await MarketoJSON(
        reading: bench.get("/rest/v1/opportunities/roles/describe.json"))?["result"]?
        .elements?.first
      #expect(
        [opportunity, role].map { $0?["searchableFields"]?.jsonText } == [
          #"[["externalOpportunityId"],["marketoGUID"]]"#,
          #"[["externalOpportunityId","leadId","role"],["marketoGUID"],["leadId"],"#
            + #"["externalOpportunityId"]]"#,
        ])
      #expect(
        opportunity?["fields"]?.elements?.first { $0["name"] == .string("amount") }?.jsonText
          == #"{"name":"amount","displayName":"Amount","dataType":"currency","updateable":true,"#
          + #""crmManaged":false}"#)
      #expect(role?["idField"] == .string("marketoGUID"))
    }
  }

  @Test func `with a native sync opportunities and roles cannot be written`() async throws {
    try await MarketoBench.run { bench in
      try await bench.set(#"{"marketo_native_crm":true}"#)
      for path in [Self.path, "/rest/v1/opportunities/roles/delete.json"] {
        let answer = try await bench.post(path, #"{"input":[{"externalOpportunityId":"o"}]}"#)
        #expect(answer == Self.failure(1018, "CRM Enabled"))
      }
    }
  }

  @Test func `a user without the permission is refused`() async throws {
    try await MarketoBench.run { bench in
      try await bench.set(#"{"marketo_denied_permissions":"Read-Write Opportunity"}"#)
      let body = #"{"input":[{"externalOpportunityId":"o","name":"x"}]}"#
      #expect(try await bench.post(Self.path, body) == Self.failure(603, "Access denied"))
      #expect(
        try await bench.post("/rest/v1/opportunities/roles.json", body)
          == Self.failure(603, "Access denied"))
      #expect(
        try await bench.get("\(Self.path)?filterType=dedupeFields&filterValues=o") == Self.result())
    }
  }

  @Test func `a marketer can edit what came from elsewhere`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      _ = try await bench.post(
        "/rest/v1/leads.json", #"{"input":[{"email":"a@b.test","externalCompanyId":"acct-1"}]}"#)
      let edits = [
        #"{"object":"opportunities","externalOpportunityId":"o-1","stage":"Lost"}"#,
        #"{"object":"salespersons","externalSalesPersonId":"u-1","title":"Boss"}"#,
        #"{"object":"companies","id":5001,"industry":"Tools"}"#,
        #"{"object":"opportunities","externalOpportunityId":"none","stage":"Lost"}"#,
        #"{"object":"shoes","id":1}"#,
      ]
      var answers: [String] = []
      for edit in edits { answers.append(Self.plain(try await bench.edit(edit))) }
      #expect(
        answers == [
          "{}", #"{"id":301}"#, #"{"id":5001}"#, #"{"error":"Record not found (1013)"}"#,
          #"{"error":"There is no object 'shoes' (1003)"}"#,
        ])
      #expect(
        try await bench.log("13") == [
          "13 7001 Industry | New Value=Tools | Reason=Manual | Source=Web form fillout"
        ])
      #expect(
        Self.plain(
          try await bench.get("\(Self.path)?filterType=dedupeFields&filterValues=o-1&fields=stage"))
          == Self.result(#"{"seq":0,"externalOpportunityId":"o-1","stage":"Lost"}"#))
    }
  }
}
