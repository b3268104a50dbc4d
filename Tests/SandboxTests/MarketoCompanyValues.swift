import Testing

@testable import Sandbox

@Suite struct MarketoCompanyValues {
  private static let leads = "/rest/v1/leads.json"
  private static let fields = "externalCompanyId,company,industry,annualRevenue"

  private static func prepare(_ bench: MarketoBench) async throws {
    _ = try await bench.post(
      "/rest/v1/companies.json",
      #"{"input":[{"externalCompanyId":"acct-1","company":"Acme","industry":"Tools"},"#
        + #"{"externalCompanyId":"acct-2","company":"Beta"}]}"#)
    _ = try await bench.post(
      leads,
      #"{"action":"createDuplicate","input":[{"lastName":"Own","company":"Own Ltd"},"#
        + #"{"lastName":"One","externalCompanyId":"ACCT-1"}]}"#)
  }

  private static func update(_ bench: MarketoBench, _ record: String) async throws -> String {
    try await bench.post(
      leads, #"{"action":"updateOnly","lookupField":"id","input":[\#(record)]}"#)
  }

  private static func shown(_ bench: MarketoBench, _ id: Int) async throws -> String {
    let text = try await bench.get("/rest/v1/lead/\(id).json?fields=\(fields)")
    return MarketoJSON(reading: text)?["result"]?.elements?.first?.jsonText ?? text
  }

  private static func skipped(_ code: Int, _ message: String) -> String {
    #"{"result":[{"status":"skipped","reasons":"#
      + #"[{"code":"\#(code)","message":"\#(message)"}]}],"success":true}"#
  }

  @Test func `a person without a company has company values of its own`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let done = try await Self.update(bench, #"{"id":7001,"annualRevenue":12.5}"#)
      #expect(done == #"{"result":[{"id":7001,"status":"updated"}],"success":true}"#)
      #expect(
        try await Self.shown(bench, 7001)
          == #"{"id":7001,"externalCompanyId":null,"company":"Own Ltd","industry":null,"#
          + #""annualRevenue":12.5}"#)
      #expect(
        try await Self.shown(bench, 7002)
          == #"{"id":7002,"externalCompanyId":"acct-1","company":"Acme","industry":"Tools","#
          + #""annualRevenue":null}"#)
    }
  }

  @Test func `company values of a linked person are the company's alone`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      #expect(
        try await Self.update(bench, #"{"id":7002,"company":"Mine"}"#)
          == Self.skipped(1021, "Company field 'company' cannot be updated through a lead"))
      #expect(
        try await Self.update(
          bench, #"{"id":7001,"externalCompanyId":"acct-1","industry":"Toys"}"#)
          == Self.skipped(1021, "Company field 'industry' cannot be updated through a lead"))
    }
  }

  @Test func `a linked person can be moved and not be detached`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      #expect(
        try await Self.update(bench, #"{"id":7002,"externalCompanyId":null}"#)
          == Self.skipped(1003, "externalCompanyId cannot be removed"))
      _ = try await Self.update(bench, #"{"id":7002,"externalCompanyId":"acct-2"}"#)
      _ = try await Self.update(bench, #"{"id":7001,"externalCompanyId":""}"#)
      #expect(
        try await Self.shown(bench, 7002)
          == #"{"id":7002,"externalCompanyId":"acct-2","company":"Beta","industry":null,"#
          + #""annualRevenue":null}"#)
      let api = "Reason=Web service API | Source=Web service API"
      #expect(
        try await bench.log("13") == [
          "13 7002 External Company Id | New Value=acct-2 | Old Value=acct-1 | \(api)",
          "13 7002 Company Name | New Value=Beta | Old Value=Acme | \(api)",
          "13 7002 Industry | Old Value=Tools | \(api)",
        ])
    }
  }

  @Test func `a change of a company is logged on each person that shows it`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      _ = try await Self.update(bench, #"{"id":7001,"externalCompanyId":"acct-1"}"#)
      let before = try await bench.log("13").count
      _ = try await bench.post(
        "/rest/v1/companies.json",
        #"{"input":[{"externalCompanyId":"acct-1","company":"Acme","industry":"Toys"}]}"#)
      let api = "Reason=Web service API | Source=Web service API"
      #expect(
        try await bench.log("13").dropFirst(before) == [
          "13 7001 Industry | New Value=Toys | Old Value=Tools | \(api)",
          "13 7002 Industry | New Value=Toys | Old Value=Tools | \(api)",
        ])
    }
  }

  @Test func `the row that a person had for itself is no company`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let own = try await bench.get(
        "/rest/v1/companies.json?filterType=company&filterValues=Own%20Ltd,Acme&fields=company")
      #expect(
        own
          == #"{"result":[{"seq":0,"id":5001,"externalCompanyId":"acct-1","company":"Acme"}],"#
          + #""success":true}"#)
    }
  }

  @Test func `a marketer edits the company behind the person`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      #expect(try await bench.edit(#"{"id":7002,"industry":"Toys"}"#) == #"{"id":7002}"#)
      #expect(
        try await bench.log("13") == [
          "13 7002 Industry | New Value=Toys | Old Value=Tools | "
            + "Reason=Manual | Source=Web form fillout"
        ])
    }
  }
}
