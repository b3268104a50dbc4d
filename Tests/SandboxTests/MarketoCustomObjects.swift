import Testing

@testable import Sandbox

@Suite struct MarketoCustomObjects {
  private static let path = "/rest/v1/customobjects/subscription_c.json"
  private typealias Shared = MarketoOpportunities

  /// An approved type, two persons, and one record of the first.
  private static func prepare(_ bench: MarketoBench) async throws {
    try await MarketoCustomTypes.draft(bench)
    try await MarketoCustomTypes.approve(bench)
    _ = try await bench.post(
      "/rest/v1/leads.json", #"{"input":[{"email":"a@b.test"},{"email":"b@b.test"}]}"#)
    let made = try await bench.post(
      path, #"{"input":[{"crmId":"s-1","leadID":7001,"fee":"12.5"},{"crmId":"s-2"}]}"#)
    #expect(
      Shared.plain(made)
        == Shared.result(#"{"seq":0,"status":"created"}"#, #"{"seq":1,"status":"created"}"#))
  }

  private static func links(_ bench: MarketoBench) async throws -> [String] {
    let answer = try await bench.get(
      "\(path)?filterType=dedupeFields&filterValues=s-1,s-2&fields=leadID")
    return (MarketoJSON(reading: answer)?["result"]?.elements ?? []).map { row in
      "\(row["crmId"]?.text ?? "") \(row["leadID"]?.jsonText ?? "")"
    }
  }

  @Test func `records are written, found and deleted like companies`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let found = try await bench.get("\(Self.path)?filterType=leadID&filterValues=7001&fields=fee")
      #expect(
        Shared.plain(found) == Shared.result(#"{"seq":0,"crmId":"s-1","fee":12.5}"#))
      let again = try await bench.post(
        Self.path, #"{"action":"createOnly","input":[{"crmId":"S-1"},{"fee":1}]}"#)
      #expect(
        again
          == Shared.result(
            Shared.skipped(0, 1017, "Object already exists"),
            Shared.skipped(1, 1002, "Missing value for the required parameter 'crmId'")))
      let deleted = try await bench.post(
        "/rest/v1/customobjects/subscription_c/delete.json",
        #"{"input":[{"crmId":"s-1"},{"crmId":"s-9"}]}"#)
      #expect(
        Shared.plain(deleted)
          == Shared.result(
            #"{"seq":0,"status":"deleted"}"#, Shared.skipped(1, 1013, "Object not found")))
    }
  }

  @Test func `a link that matches nobody is skipped, an empty one is not`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.post(
        Self.path,
        #"{"input":[{"crmId":"s-1","leadID":9},{"crmId":"s-2","leadID":7002},"#
          + #"{"crmId":"s-3","leadID":null}]}"#)
      #expect(
        Shared.plain(answer)
          == Shared.result(
            Shared.skipped(0, 1004, "Lead not found"), #"{"seq":1,"status":"updated"}"#,
            #"{"seq":2,"status":"created"}"#))
      #expect(try await Self.links(bench) == ["s-1 7001", "s-2 7002"])
    }
  }

  @Test func `a record is logged on the person that it names`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      _ = try await bench.post(
        Self.path, #"{"input":[{"crmId":"s-2","leadID":7002},{"crmId":"s-1","fee":1}]}"#)
      let types = try await MarketoJSON(
        reading: bench.get("/rest/v1/activities/types.json"))?["result"]?.elements
      #expect(types?.last?["name"] == .string("Add to Subscription"))
      #expect(types?.last?["id"] == .number("100001"))
      let entries = try await bench.log("100001").map { $0.prefix(11) }
      #expect(entries == ["100001 7001", "100001 7002"])
    }
  }

  @Test func `records outlive their person, without the link`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      _ = try await bench.post("/rest/v1/leads/delete.json?id=7001", "")
      #expect(try await Self.links(bench) == ["s-1 null", "s-2 null"])
    }
  }

  @Test func `records of a merged person become the winner's`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      _ = try await bench.post("/rest/v1/leads/7002/merge.json?leadId=7001", "")
      #expect(try await Self.links(bench) == ["s-1 7002", "s-2 null"])
    }
  }

  @Test func `a link may go by e-mail, or to a company by its id`() async throws {
    try await MarketoBench.run { bench in
      let schema = MarketoCustomTypes.schema
      _ = try await bench.post(
        "\(schema).json", #"{"apiName":"visit","displayName":"Visit","pluralName":"Visits"}"#)
      _ = try await bench.post(
        "\(schema)/visit/addField.json",
        #"{"input":[{"name":"key","displayName":"Key","dataType":"string","isDedupeField":true},"#
          + #"{"name":"who","displayName":"Who","dataType":"link","#
          + #""relatedTo":{"name":"Lead","field":"Email"}},"#
          + #"{"name":"where","displayName":"Where","dataType":"link","#
          + #""relatedTo":{"name":"Company","field":"Id"}}]}"#)
      try await MarketoCustomTypes.approve(bench, "visit")
      _ = try await bench.post(
        "/rest/v1/companies.json", #"{"input":[{"externalCompanyId":"acct-1"}]}"#)
      _ = try await bench.post(
        "/rest/v1/leads.json", #"{"input":[{"email":"a@b.test"},{"email":"b@b.test"}]}"#)
      let path = "/rest/v1/customobjects/visit.json"
      let answer = try await bench.post(
        path,
        #"{"input":[{"key":"1","who":"A@b.test","where":5001},{"key":"2","who":"x@b.test"},"#
          + #"{"key":"3","where":5009}]}"#)
      #expect(
        Shared.plain(answer)
          == Shared.result(
            #"{"seq":0,"status":"created"}"#, Shared.skipped(1, 1004, "Lead not found"),
            Shared.skipped(2, 1013, "Record not found")))
      #expect(
        try await bench.post(
          "/rest/v1/companies/delete.json", #"{"input":[{"externalCompanyId":"acct-1"}]}"#)
          == Shared.result(Shared.skipped(0, 1022, "Object in use")))
      _ = try await bench.post("/rest/v1/leads/7002/merge.json?leadId=7001", "")
      let moved = try await bench.get("\(path)?filterType=who&filterValues=b@b.test&fields=where")
      #expect(
        Shared.plain(moved) == Shared.result(#"{"seq":0,"key":"1","where":5001}"#))
    }
  }

  @Test func `a native sync does not own custom objects, and a marketer can edit them`()
    async throws
  {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      try await bench.set(#"{"marketo_native_crm":true}"#)
      let edited = try await bench.edit(
        #"{"object":"customobjects/subscription_c","crmId":"s-2","leadID":7001}"#)
      let written = try await bench.post(Self.path, #"{"input":[{"crmId":"s-1","leadID":7002}]}"#)
      #expect(Shared.plain(edited) == "{}")
      #expect(Shared.plain(written) == Shared.result(#"{"seq":0,"status":"updated"}"#))
      #expect(try await Self.links(bench) == ["s-1 7002", "s-2 7001"])
    }
  }
}
