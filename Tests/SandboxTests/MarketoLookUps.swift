import Testing

@testable import Sandbox

@Suite struct MarketoLookUps {
  private static let leads = "/rest/v1/leads.json"

  private static func failure(_ code: Int, _ message: String) -> String {
    #"{"success":false,"errors":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }

  private static func prepare(_ bench: MarketoBench) async throws {
    _ = try await bench.post(
      "/rest/v1/leads/schema/fields.json",
      #"{"input":[{"displayName":"Key","name":"dynamicsId","dataType":"string"},"#
        + #"{"displayName":"Number","name":"crmNumber","dataType":"integer"},"#
        + #"{"displayName":"Deleted","name":"dynamicsIsDeleted","dataType":"boolean"}]}"#)
    _ = try await bench.post(
      leads,
      #"{"action":"createDuplicate","input":["#
        + #"{"email":"ines@acme.test","firstName":"Ines","dynamicsId":"AA-1","crmNumber":5},"#
        + #"{"email":"INES@acme.test","lastName":"Moreau"},"#
        + #"{"email":"bo@acme.test","unsubscribed":true,"annualRevenue":1200.50}]}"#)
  }

  @Test func `several persons with one address are all found, whatever its case`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.get(
        "\(Self.leads)?filterType=email&filterValues=Ines@ACME.test,none@acme.test"
          + "&fields=firstName,email,unsubscribed,annualRevenue,externalCompanyId,mktoName")
      #expect(
        answer
          == #"{"result":[{"id":7001,"firstName":"Ines","email":"ines@acme.test","#
          + #""unsubscribed":false,"annualRevenue":null,"externalCompanyId":null,"#
          + #""mktoName":"Ines"},"#
          + #"{"id":7002,"firstName":null,"email":"INES@acme.test","unsubscribed":false,"#
          + #""annualRevenue":null,"externalCompanyId":null,"mktoName":"Moreau"}],"#
          + #""success":true}"#)
    }
  }

  @Test func `custom text and number fields are keys, tunnelled or not`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let found = #"{"result":[{"id":7001,"dynamicsId":"AA-1"}],"success":true}"#
      let answers = [
        try await bench.get(
          "\(Self.leads)?filterType=dynamicsId&filterValues=aa-1&fields=dynamicsId"),
        try await bench.form(
          "\(Self.leads)?_method=GET", "filterType=crmNumber&filterValues=5&fields=dynamicsId"),
        try await bench.form(
          Self.leads, "_method=GET&filterType=id&filterValues=7001&fields=dynamicsId&fields=id"),
        try await bench.post(
          "\(Self.leads)?_method=GET&filterType=id&filterValues=7001&fields=dynamicsId", "{}"),
      ]
      #expect(answers == Array(repeating: found, count: 4))
    }
  }

  @Test func `the default fields come in the recorded order`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.get("/rest/v1/lead/7003.json")
      #expect(
        answer
          == #"{"result":[{"id":7003,"updatedAt":"2026-11-20T08:00:00Z","lastName":null,"#
          + #""email":"bo@acme.test","createdAt":"2026-11-20T08:00:00Z","firstName":null}],"#
          + #""success":true}"#)
    }
  }

  @Test func `money keeps its digits`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.get("/rest/v1/lead/7003.json?fields=annualRevenue")
      #expect(answer == #"{"result":[{"id":7003,"annualRevenue":1200.5}],"success":true}"#)
    }
  }

  @Test(arguments: [
    ("/rest/v1/leads.json", failure(1003, "filterType not specified")),
    (
      "/rest/v1/leads.json?filterType=shoe&filterValues=1",
      failure(1003, "Invalid filterType 'shoe'")
    ),
    (
      "/rest/v1/leads.json?filterType=createdAt&filterValues=1",
      failure(1011, "Lookup field 'createdAt' not supported")
    ),
    (
      "/rest/v1/leads.json?filterType=dynamicsIsDeleted&filterValues=1",
      failure(1011, "Lookup field 'dynamicsIsDeleted' not supported")
    ),
    (
      "/rest/v1/leads.json?filterType=email&filterValues=",
      failure(1003, "filterValues not specified")
    ),
    (
      "/rest/v1/leads.json?filterType=id&filterValues=x",
      failure(1001, "Invalid value 'x'. Required of type 'integer'")
    ),
    (
      "/rest/v1/leads.json?filterType=id&filterValues=1&fields=email,shoe",
      failure(1006, "Field 'shoe' not found")
    ),
    (
      "/rest/v1/leads.json?filterType=id&filterValues=1&nextPageToken=abc",
      failure(1003, "Invalid token value: abc")
    ),
    ("/rest/v1/lead/9.json", failure(1004, "Lead '9' not found")),
  ])
  func `a look-up that makes no sense is refused`(target: String, expected: String) async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      #expect(try await bench.get(target) == expected)
    }
  }

  @Test func `pages end without a token, and past a thousand matches there are none`()
    async throws
  {
    try await MarketoBench.run { bench in
      for batch in 0..<4 {
        let records = (0..<250).map { _ in #"{"email":"same@acme.test"}"# }
        let answer = try await bench.post(
          Self.leads,
          #"{"action":"createDuplicate","input":[\#(records.joined(separator: ","))]}"#)
        #expect(answer.hasSuffix(#""success":true}"#), "\(batch)")
      }
      let filter = "filterType=email&filterValues=same@acme.test&fields=id"
      var target = "\(Self.leads)?\(filter)"
      var counts: [Int] = []
      while true {
        let page = try await MarketoJSON(reading: bench.get(target))
        counts.append(page?["result"]?.elements?.count ?? 0)
        guard let token = page?["nextPageToken"]?.text else { break }
        target = "\(Self.leads)?\(filter)&nextPageToken=\(token)"
      }
      _ = try await bench.post(
        Self.leads, #"{"action":"createDuplicate","input":[{"email":"same@acme.test"}]}"#)
      let tooMany = try await bench.get("\(Self.leads)?\(filter)")
      #expect(counts == [300, 300, 300, 100])
      #expect(tooMany == Self.failure(1003, "Too many results match the filter"))
    }
  }

  @Test func `three hundred values are read in one call and no more`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let values = (0..<300).map { String(6800 + $0) }.joined(separator: ",")
      let found = try await bench.form(
        "\(Self.leads)?_method=GET", "filterType=id&filterValues=\(values)&fields=id")
      let refused = try await bench.form(
        "\(Self.leads)?_method=GET", "filterType=id&filterValues=\(values),1&fields=id")
      #expect(found == #"{"result":[{"id":7001},{"id":7002},{"id":7003}],"success":true}"#)
      #expect(
        refused == Self.failure(1003, "The number of filterValues exceeds the limit of 300"))
    }
  }

  @Test func `a person carries what the service fills in`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.get(
        "/rest/v1/lead/7001.json?fields=personType,isLead,isAnonymous,originalSourceType,"
          + "leadPerson,contactCompany,leadPartitionId,doNotCall,leadScore,mktoIsCustomer")
      #expect(
        answer
          == #"{"result":[{"id":7001,"personType":"contact","isLead":true,"isAnonymous":false,"#
          + #""originalSourceType":"Web service API","leadPerson":7001,"contactCompany":5001,"#
          + #""leadPartitionId":1,"doNotCall":false,"leadScore":null,"mktoIsCustomer":false}],"#
          + #""success":true}"#)
    }
  }
}
