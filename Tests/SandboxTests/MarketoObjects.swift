import Testing

@testable import Sandbox

@Suite struct MarketoObjects {
  private static let companies = "/rest/v1/companies.json"
  private static let sales = "/rest/v1/salespersons.json"

  private static func skipped(_ seq: Int, _ code: Int, _ message: String) -> String {
    #"{"seq":\#(seq),"status":"skipped","reasons":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  private static func result(_ items: String...) -> String {
    #"{"result":[\#(items.joined(separator: ","))],"success":true}"#
  }

  private static func failure(_ code: Int, _ message: String) -> String {
    #"{"success":false,"errors":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  private static func prepare(_ bench: MarketoBench) async throws {
    let owners = try await bench.post(
      sales,
      #"{"input":[{"externalSalesPersonId":"u-1","email":"Ada@contoso.test","lastName":"A"}]}"#)
    let made = try await bench.post(
      companies,
      #"{"input":[{"externalCompanyId":"acct-1","company":"Acme","#
        + #""externalSalesPersonId":"U-1"},{"externalCompanyId":"acct-2"}]}"#)
    #expect(owners == result(#"{"seq":0,"id":301,"status":"created"}"#))
    #expect(
      made
        == result(
          #"{"seq":0,"id":5001,"status":"created"}"#, #"{"seq":1,"id":5002,"status":"created"}"#))
  }

  @Test func `each action treats a known and an unknown key in its way`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      func sync(_ action: String, _ fresh: String) async throws -> String {
        try await bench.post(
          Self.companies,
          #"{"action":"\#(action)","dedupeBy":"dedupeFields","input":["#
            + #"{"externalCompanyId":"ACCT-1","site":"x"},{"externalCompanyId":"\#(fresh)"}]}"#)
      }
      #expect(
        try await sync("createOrUpdate", "n1")
          == Self.result(
            #"{"seq":0,"id":5001,"status":"updated"}"#, #"{"seq":1,"id":5003,"status":"created"}"#
          ))
      #expect(
        try await sync("createOnly", "n2")
          == Self.result(
            Self.skipped(0, 1017, "Object already exists"),
            #"{"seq":1,"id":5004,"status":"created"}"#))
      #expect(
        try await sync("updateOnly", "n3")
          == Self.result(
            #"{"seq":0,"id":5001,"status":"updated"}"#, Self.skipped(1, 1013, "Record not found")))
    }
  }

  @Test func `a record that cannot be written is skipped with its reason`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.post(
        Self.companies,
        #"{"input":[{"externalCompanyId":"k"},{"externalCompanyId":"K"},{"company":"No key"},"#
          + #"{"externalCompanyId":"c","shoe":1},{"externalCompanyId":"d","createdAt":null},"#
          + #"{"externalCompanyId":"e","numberOfEmployees":"few"},"#
          + #"{"externalCompanyId":"f","externalSalesPersonId":"none"},"#
          + #"{"externalCompanyId":"g","id":5001},"#
          + #"{"externalCompanyId":"h","sicCode":"\#(String(repeating: "9", count: 41))"}]}"#)
      #expect(
        answer
          == Self.result(
            #"{"seq":0,"id":5003,"status":"created"}"#,
            Self.skipped(1, 1036, "Duplicate object found in input"),
            Self.skipped(
              2, 1002, "Missing value for the required parameter 'externalCompanyId'"),
            Self.skipped(3, 1006, "Field 'shoe' not found"),
            Self.skipped(4, 1006, "Field 'createdAt' not found"),
            Self.skipped(5, 1001, "Invalid value 'few'. Required of type 'integer'"),
            Self.skipped(6, 1013, "Record not found"),
            Self.skipped(7, 1006, "Field 'id' not found"),
            Self.skipped(
              8, 1001,
              "Invalid value '\(String(repeating: "9", count: 41))'. Required of type 'string(40)'")
          ))
    }
  }

  @Test func `ids update alone and never create`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let updated = try await bench.post(
        Self.companies,
        #"{"action":"updateOnly","dedupeBy":"idField","input":[{"id":5001,"site":"HQ"},{"id":9}]}"#
      )
      let refused = try await bench.post(
        Self.companies, #"{"dedupeBy":"idField","input":[{"id":5001}]}"#)
      let unknown = try await bench.post(
        Self.companies, #"{"dedupeBy":"company","input":[{"id":5001}]}"#)
      #expect(
        updated
          == Self.result(
            #"{"seq":0,"id":5001,"status":"updated"}"#, Self.skipped(1, 1013, "Record not found")))
      #expect(
        refused
          == Self.failure(
            1003, "dedupeBy 'idField' is not supported with action 'createOrUpdate'"))
      #expect(unknown == Self.failure(1003, "Invalid dedupeBy 'company' value"))
    }
  }

  @Test func `a query goes by every key that can be searched`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let first =
        #"{"seq":0,"id":5001,"externalCompanyId":"acct-1","company":"Acme"}"#
      let second = #"{"seq":1,"id":5002,"externalCompanyId":"acct-2","company":null}"#
      #expect(
        try await bench.get(
          "\(Self.companies)?filterType=externalCompanyId&filterValues=acct-2,ACCT-1,x"
            + "&fields=company") == Self.result(first, second))
      #expect(
        try await bench.form(
          "\(Self.companies)?_method=GET",
          "filterType=dedupeFields&filterValues=acct-1&fields=company") == Self.result(first))
      #expect(
        try await bench.post(
          "\(Self.companies)?_method=GET",
          #"{"filterType":"dedupeFields","fields":["company"],"#
            + #""input":[{"externalCompanyId":"acct-1"}]}"#) == Self.result(first))
      #expect(
        try await bench.get("\(Self.companies)?filterType=idField&filterValues=5002")
          == Self.result(
            #"{"seq":0,"id":5002,"externalCompanyId":"acct-2","#
              + #""updatedAt":"2026-11-20T08:00:00Z","createdAt":"2026-11-20T08:00:00Z"}"#))
      #expect(
        try await bench.get("\(Self.sales)?filterType=email&filterValues=ada@contoso.test")
          == Self.result(
            #"{"seq":0,"id":301,"externalSalesPersonId":"u-1","email":"Ada@contoso.test","#
              + #""lastName":"A","createdAt":"2026-11-20T08:00:00Z","#
              + #""updatedAt":"2026-11-20T08:00:00Z"}"#))
    }
  }

  @Test(arguments: [
    ("", failure(1003, "filterType not specified")),
    ("?filterType=shoe&filterValues=1", failure(1003, "Invalid filterType 'shoe'")),
    ("?filterType=site&filterValues=1", failure(1011, "Lookup field 'site' not supported")),
    ("?filterType=id", failure(1003, "filterValues not specified")),
    ("?filterType=id&filterValues=1&fields=shoe", failure(1006, "Field 'shoe' not found")),
  ])
  func `a query that makes no sense is refused`(query: String, expected: String) async throws {
    try await MarketoBench.run { bench in
      let answer = try await bench.get("\(Self.companies)\(query)")
      #expect(answer == expected)
    }
  }

  @Test func `pages of a query end without a token`() async throws {
    try await MarketoBench.run { bench in
      let keys = (0..<5).map { "k\($0)" }
      _ = try await bench.post(
        Self.companies,
        #"{"input":[\#(keys.map { #"{"externalCompanyId":"\#($0)"}"# }.joined(separator: ","))]}"#
      )
      let query =
        "\(Self.companies)?filterType=externalCompanyId&batchSize=3"
        + "&filterValues=\(keys.joined(separator: ","))"
      let first = try await MarketoJSON(reading: bench.get(query))
      let token = first?["nextPageToken"]?.text ?? ""
      let second = try await MarketoJSON(reading: bench.get("\(query)&nextPageToken=\(token)"))
      #expect(
        [first, second].map { $0?["result"]?.elements?.map { $0["seq"]?.wholeNumber ?? -1 } }
          == [[0, 1, 2], [0, 1]])
      #expect(second?["nextPageToken"] == nil)
    }
  }

  @Test func `what is in use cannot be deleted`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      _ = try await bench.post(
        "/rest/v1/leads.json",
        #"{"input":[{"email":"a@b.test","externalCompanyId":"acct-1","#
          + #""externalSalesPersonId":"u-1"}]}"#)
      func delete(_ path: String, _ body: String) async throws -> String {
        try await bench.post("/rest/v1/\(path)/delete.json", body)
      }
      let owner = #"{"input":[{"externalSalesPersonId":"u-1"}]}"#
      #expect(
        try await delete("salespersons", owner)
          == Self.result(Self.skipped(0, 1022, "Object in use"))
      )
      #expect(
        try await delete(
          "companies", #"{"input":[{"externalCompanyId":"acct-1"},{"externalCompanyId":"x"}]}"#)
          == Self.result(
            Self.skipped(0, 1022, "Object in use"), Self.skipped(1, 1013, "Record not found")))
      _ = try await bench.post("/rest/v1/leads/delete.json?id=7001", "")
      #expect(
        try await delete("companies", #"{"deleteBy":"idField","input":[{"id":5001}]}"#)
          == Self.result(#"{"seq":0,"id":5001,"status":"deleted"}"#))
      #expect(
        try await delete("salespersons", owner)
          == Self.result(#"{"seq":0,"id":301,"status":"deleted"}"#))
    }
  }

  @Test func `a person's owner is kept in the spelling of the sales person`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      _ = try await bench.post(
        "/rest/v1/leads.json",
        #"{"input":[{"email":"a@b.test","externalSalesPersonId":"U-1"}]}"#)
      #expect(
        try await bench.get("/rest/v1/lead/7001.json?fields=externalSalesPersonId")
          == Self.result(#"{"id":7001,"externalSalesPersonId":"u-1"}"#))
    }
  }

  @Test func `with a native sync the objects can be read and not be written`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      try await bench.set(#"{"marketo_native_crm":true}"#)
      let write = try await bench.post(
        Self.companies, #"{"input":[{"externalCompanyId":"acct-1"}]}"#)
      let read = try await bench.get(
        "\(Self.companies)?filterType=id&filterValues=5002&fields=id")
      #expect(write == Self.failure(1018, "CRM Enabled"))
      #expect(read == Self.result(#"{"seq":0,"id":5002,"externalCompanyId":"acct-2"}"#))
    }
  }
}
