import Testing

@testable import Sandbox

@Suite struct MarketoMergeAndDelete {
  private static func prepare(_ bench: MarketoBench) async throws {
    _ = try await bench.post(
      "/rest/v1/companies.json", #"{"input":[{"externalCompanyId":"a","company":"Acme"}]}"#)
    _ = try await bench.post(
      "/rest/v1/leads.json",
      #"{"action":"createDuplicate","input":["#
        + #"{"email":"win@acme.test","lastName":"Win","leadScore":5},"#
        + #"{"email":"lose@acme.test","lastName":"Lose","title":"Buyer","unsubscribed":true},"#
        + #"{"lastName":"Third","city":"Graz","externalCompanyId":"a"}]}"#)
  }

  @Test func `the winner keeps what it has and takes what it lacks`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let answer = try await bench.post("/rest/v1/leads/7001/merge.json?leadIds=7002,7003", "")
      let read = try await bench.get(
        "/rest/v1/leads.json?filterType=id&filterValues=7001,7002,7003"
          + "&fields=email,lastName,title,city,unsubscribed,company,leadScore")
      #expect(answer == #"{"success":true}"#)
      #expect(
        read
          == #"{"result":[{"id":7001,"email":"win@acme.test","lastName":"Win","title":"Buyer","#
          + #""city":"Graz","unsubscribed":true,"company":"Acme","leadScore":5}],"#
          + #""success":true}"#)
      let merge = "Reason=Merge leads | Source=Web service API"
      #expect(
        Set(try await bench.log("13")) == [
          "13 7001 Job Title | New Value=Buyer | \(merge)",
          "13 7001 Unsubscribed | New Value=true | Old Value=false | \(merge)",
          "13 7001 City | New Value=Graz | \(merge)",
          "13 7001 External Company Id | New Value=a | \(merge)",
          "13 7001 Company Name | New Value=Acme | \(merge)",
        ])
      #expect(
        try await bench.log("32,37") == [
          "32 7001 Win | Master Updated=true | Merge IDs=7002,7003 | "
            + "Merge Source=Web service API | Merged in Sales=false"
        ])
      let heirs = try await bench.log("12").map { $0.prefix(7) }
      #expect(heirs == ["12 7001", "12 7001", "12 7001"])
    }
  }

  @Test func `a merge logs the losers' deletion where the switch says so`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      try await bench.set(#"{"marketo_merge_logs_delete":true}"#)
      _ = try await bench.post("/rest/v1/leads/7001/merge.json?leadId=7002", "")
      #expect(try await bench.log("37") == ["37 7002 Lose"])
    }
  }

  @Test(arguments: [
    ("7001/merge.json", 1003, "Lead ids not specified"),
    ("7001/merge.json?leadId=9", 1004, "Lead '9' not found"),
    ("9/merge.json?leadId=7001", 1004, "Lead '9' not found"),
    ("7001/merge.json?leadId=7001", 1003, "A lead cannot be merged into itself"),
    (
      "7001/merge.json?leadIds=\((1...26).map(String.init).joined(separator: ","))", 1080,
      "The number of leads to merge exceeds the limit of 25"
    ),
  ])
  func `a merge that cannot be done changes nothing`(
    target: String, code: Int, message: String
  ) async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let before = try await bench.log()
      let answer = try await bench.post("/rest/v1/leads/\(target)", "")
      #expect(
        answer
          == #"{"success":false,"errors":[{"code":"\#(code)","message":"\#(message)"}]}"#)
      #expect(try await bench.log() == before)
    }
  }

  @Test func `a delete answers for each id, also by the old method`() async throws {
    try await MarketoBench.run { bench in
      try await Self.prepare(bench)
      let none = try await bench.post("/rest/v1/leads/delete.json", "")
      let answer = try await bench.post(
        "/rest/v1/leads/delete.json", #"{"input":[{"id":7001},{"id":7001}]}"#)
      let old = try await bench.send(
        "DELETE", "/rest/v1/leads.json", body: #"{"input":[{"id":7002}]}"#, token: bench.token)
      #expect(
        none
          == #"{"success":false,"errors":[{"code":"1003","message":"Lead ids not specified"}]}"#)
      #expect(
        answer
          == #"{"result":[{"id":7001,"status":"deleted"},{"id":7001,"status":"skipped","#
          + #""reasons":[{"code":"1004","message":"Lead not found"}]}],"success":true}"#)
      #expect(old.text == #"{"result":[{"id":7002,"status":"deleted"}],"success":true}"#)
    }
  }
}
