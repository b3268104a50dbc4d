import Testing

@testable import Sandbox

@Suite struct MarketoActivityLog {
  private static func token(_ bench: MarketoBench, since: String) async throws -> String {
    let text = try await bench.get(
      "/rest/v1/activities/pagingtoken.json?sinceDatetime=\(since)")
    return MarketoJSON(reading: text)?["nextPageToken"]?.text ?? text
  }

  private static func add(_ bench: MarketoBench, _ records: String) async throws {
    let answer = try await bench.post(
      "/rest/v1/leads.json", #"{"action":"createDuplicate","input":[\#(records)]}"#)
    #expect(!answer.contains("skipped"), "\(answer)")
  }

  private static func update(_ bench: MarketoBench, _ record: String) async throws {
    let answer = try await bench.post(
      "/rest/v1/leads.json",
      #"{"action":"updateOnly","lookupField":"id","input":[\#(record)]}"#)
    #expect(answer.contains(#""status":"updated""#), "\(answer)")
  }

  private static func activities(
    _ bench: MarketoBench, _ token: String, _ more: String = ""
  ) async throws -> MarketoJSON? {
    try await MarketoJSON(
      reading: bench.get(
        "/rest/v1/activities.json?nextPageToken=\(token)&activityTypeIds=12,13,22,32,37\(more)"))
  }

  @Test func `a creation, a change and a score are logged, an unchanged field is not`()
    async throws
  {
    try await MarketoBench.run { bench in
      let token = try await Self.token(bench, since: "2026-11-20T08:00:00Z")
      try await Self.add(bench, #"{"firstName":"Inez","lastName":"M","leadSource":"Web"}"#)
      bench.clock.advance(60)
      try await Self.update(
        bench, #"{"id":7001,"firstName":"Ines","lastName":"M","leadScore":15}"#)
      let answer = try await Self.activities(bench, token)
      let next = answer?["nextPageToken"]?.text ?? ""
      let expected = MarketoBench.unfolded(
        #"""
        {"result":[
        {"id":880001,"marketoGUID":"880001","leadId":7001,
        "activityDate":"2026-11-20T08:00:00Z","activityTypeId":12,
        "primaryAttributeValueId":7001,"primaryAttributeValue":"Inez M","attributes":[
        {"name":"Created Date","value":"2026-11-20"},
        {"name":"Source Type","value":"Web service API"},
        {"name":"Source Info","value":"Web service API"},
        {"name":"Lead Source","value":"Web"}]},
        {"id":880002,"marketoGUID":"880002","leadId":7001,
        "activityDate":"2026-11-20T08:01:00Z","activityTypeId":13,
        "primaryAttributeValueId":53,"primaryAttributeValue":"First Name","attributes":[
        {"name":"New Value","value":"Ines"},{"name":"Old Value","value":"Inez"},
        {"name":"Reason","value":"Web service API"},
        {"name":"Source","value":"Web service API"}]},
        {"id":880003,"marketoGUID":"880003","leadId":7001,
        "activityDate":"2026-11-20T08:01:00Z","activityTypeId":22,
        "primaryAttributeValueId":148,"primaryAttributeValue":"Lead Score","attributes":[
        {"name":"Change Value","value":"+15"},{"name":"New Value","value":15},
        {"name":"Reason","value":"Web service API"},
        {"name":"Source","value":"Web service API"}]}],
        "success":true,"nextPageToken":"\#(next)",
        "moreResult":false}
        """#)
      #expect(answer?.jsonText == expected)
    }
  }

  @Test func `pages follow one another and every page has a token`() async throws {
    try await MarketoBench.run { bench in
      let records = (0..<5).map { #"{"lastName":"\#($0)"}"# }.joined(separator: ",")
      try await Self.add(bench, records)
      var token = try await Self.token(bench, since: "2026-11-20")
      var seen: [[Int64]] = []
      while true {
        let page = try await Self.activities(bench, token, "&batchSize=2")
        seen.append((page?["result"]?.elements ?? []).compactMap { $0["leadId"]?.wholeNumber })
        token = page?["nextPageToken"]?.text ?? ""
        if page?["moreResult"]?.truth != true { break }
      }
      try await Self.add(bench, #"{"lastName":"late in the same second"}"#)
      let next = try await Self.activities(bench, token)
      let empty = try await bench.get(
        "/rest/v1/activities.json?nextPageToken=\(next?["nextPageToken"]?.text ?? "")"
          + "&activityTypeIds=12")
      #expect(seen == [[7001, 7002], [7003, 7004], [7005]])
      #expect(next?["result"]?.elements?.map { $0["leadId"] } == [.number("7006")])
      #expect(
        empty
          == #"{"success":true,"nextPageToken":"\#(next?["nextPageToken"]?.text ?? "")","#
          + #""moreResult":false}"#)
    }
  }

  @Test func `a cursor that is past its place never sees a late activity`() async throws {
    try await MarketoBench.run { bench in
      let start = try await Self.token(bench, since: "2026-11-20T07:00:00Z")
      try await Self.add(bench, #"{"lastName":"on time"}"#)
      let past = try await Self.activities(bench, start)?["nextPageToken"]?.text ?? ""
      try await bench.set(#"{"marketo_late_activities":{"seconds":120,"count":1}}"#)
      bench.clock.advance(60)
      try await Self.add(bench, #"{"lastName":"late"},{"lastName":"on time again"}"#)
      func people(_ page: MarketoJSON?) -> [String] {
        (page?["result"]?.elements ?? []).compactMap { $0["primaryAttributeValue"]?.text }
      }
      #expect(people(try await Self.activities(bench, past)) == ["on time again"])
      #expect(
        people(try await Self.activities(bench, start)) == ["late", "on time", "on time again"])
    }
  }

  @Test func `an empty page may have more behind it`() async throws {
    try await MarketoBench.run { bench in
      try await Self.add(bench, #"{"lastName":"one"}"#)
      try await bench.set(#"{"marketo_empty_activity_pages":1,"marketo_activity_ids":"missing"}"#)
      let token = try await Self.token(bench, since: "2026-11-20")
      let empty = try await Self.activities(bench, token)
      let next = try await Self.activities(bench, empty?["nextPageToken"]?.text ?? "")
      #expect(
        empty?.jsonText == #"{"success":true,"nextPageToken":"\#(token)","moreResult":true}"#)
      #expect(next?["result"]?.elements?.map { $0["marketoGUID"] } == [.string("880001")])
      #expect(next?["result"]?.elements?.map { $0["id"] } == [nil])
    }
  }

  @Test func `lead changes name the field, and let a third of the others through`() async throws {
    try await MarketoBench.run { bench in
      try await Self.add(bench, #"{"lastName":"M"}"#)
      for place in 0..<6 {
        try await Self.update(bench, #"{"id":7001,"city":"City \#(place)","leadScore":\#(place)}"#)
      }
      try await Self.update(bench, #"{"id":7001,"title":"Buyer"}"#)
      let token = try await Self.token(bench, since: "2026-11-20")
      let page = try await MarketoJSON(
        reading: bench.get(
          "/rest/v1/activities/leadchanges.json?nextPageToken=\(token)&fields=title,firstName"))
      let rows = page?["result"]?.elements ?? []
      #expect(
        rows.last?.jsonText
          == #"{"id":880014,"marketoGUID":"880014","leadId":7001,"#
          + #""activityDate":"2026-11-20T08:00:00Z","activityTypeId":13,"campaignId":0,"fields":"#
          + #"[{"id":62,"name":"title","newValue":"Buyer","oldValue":null}],"attributes":["#
          + #"{"name":"Reason","value":"Web service API"},"#
          + #"{"name":"Source","value":"Web service API"},{"name":"Lead ID","value":7001}]}"#)
      #expect(
        rows.map { $0["fields"]?.elements?.first?["name"]?.text ?? "new" }
          == ["new", "city", "city", "title"])
    }
  }

  @Test func `deleted leads are listed for fourteen days`() async throws {
    try await MarketoBench.run { bench in
      try await bench.set(#"{"marketo_token_lifetime":99999999}"#)
      try await Self.add(bench, #"{"firstName":"Ines","lastName":"Moreau"}"#)
      _ = try await bench.post("/rest/v1/leads/delete.json?id=7001", "")
      let since = try await Self.token(bench, since: "2026-11-20")
      func listed(_ token: String) async throws -> String {
        let text = try await bench.send(
          "GET", "/rest/v1/activities/deletedleads.json?nextPageToken=\(since)", token: token
        ).text
        return MarketoJSON(reading: text)?["result"]?.jsonText ?? "none"
      }
      #expect(
        try await listed(bench.token)
          == #"[{"id":880002,"marketoGUID":"880002","leadId":7001,"#
          + #""activityDate":"2026-11-20T08:00:00Z","activityTypeId":37,"#
          + #""primaryAttributeValueId":7001,"primaryAttributeValue":"Ines Moreau","#
          + #""attributes":[]}]"#)
      #expect(try await bench.log("37") == ["37 7001 Ines Moreau"])
      try await bench.set(#"{"marketo_deletes_in_activities":false}"#)
      #expect(try await bench.log("37") == [])
      bench.clock.advance(14 * 86_400 + 1)
      #expect(try await listed(bench.newToken()) == "none")
    }
  }

  @Test func `persons narrow the log`() async throws {
    try await MarketoBench.run { bench in
      try await Self.add(bench, #"{"lastName":"a"},{"lastName":"b"},{"lastName":"c"}"#)
      let token = try await Self.token(bench, since: "2026-11-20")
      let page = try await Self.activities(bench, token, "&leadIds=7001,7003")
      #expect(
        page?["result"]?.elements?.map { $0["leadId"] } == [.number("7001"), .number("7003")])
    }
  }

  @Test(arguments: [
    ("pagingtoken.json", 1002), ("pagingtoken.json?sinceDatetime=soon", 1001),
    ("leadchanges.json?fields=email", 1003), ("leadchanges.json?nextPageToken=GA%3D%3D", 1003),
    ("leadchanges.json?nextPageToken=ZZZ&fields=email", 1003),
  ])
  func `a call about activities that makes no sense is refused`(
    target: String, code: Int
  ) async throws {
    try await MarketoBench.run { bench in
      let answer = try await MarketoJSON(reading: bench.get("/rest/v1/activities/\(target)"))
      #expect(answer?["errors"]?.elements?.first?["code"] == .string(String(code)))
    }
  }

  @Test func `no more than ten kinds and thirty persons are taken`() async throws {
    try await MarketoBench.run { bench in
      let token = try await Self.token(bench, since: "2026-11-20")
      let people = (1...31).map(String.init).joined(separator: ",")
      let kinds = try await bench.get(
        "/rest/v1/activities.json?nextPageToken=\(token)&activityTypeIds=1,2,3,4,5,6,7,8,9,10,11")
      let persons = try await bench.get(
        "/rest/v1/activities.json?nextPageToken=\(token)&activityTypeIds=1&leadIds=\(people)")
      #expect(
        kinds
          == #"{"success":false,"errors":[{"code":"1003","message":"#
          + #""The number of activityTypeIds exceeds the limit of 10"}]}"#)
      #expect(
        persons
          == #"{"success":false,"errors":[{"code":"1003","message":"#
          + #""The number of leadIds exceeds the limit of 30"}]}"#)
    }
  }

  @Test func `every kind that is logged is described`() async throws {
    try await MarketoBench.run { bench in
      let types = try await MarketoJSON(
        reading: bench.get("/rest/v1/activities/types.json"))?["result"]?.elements
      #expect(
        types?.map { $0["id"]?.wholeNumber } == [12, 13, 22, 32, 34, 35, 37, 100])
      #expect(
        types?[1].jsonText
          == #"{"id":13,"name":"Change Data Value","description":"#
          + #""A field of the person got another value","#
          + #""primaryAttribute":{"name":"Attribute Name","dataType":"string"},"#
          + #""attributes":[{"name":"New Value","dataType":"string"},"#
          + #"{"name":"Old Value","dataType":"string"},{"name":"Reason","dataType":"string"},"#
          + #"{"name":"Source","dataType":"string"}]}"#)
    }
  }

  @Test func `a marketer's edit carries another source, and a form makes a new person`()
    async throws
  {
    try await MarketoBench.run { bench in
      let made = try await bench.edit(#"{"email":"ines@acme.test","lastName":"Moreau"}"#)
      let edited = try await bench.edit(#"{"id":7001,"title":"Buyer"}"#)
      let refused = try await bench.edit(#"{"id":9,"title":"Buyer"}"#)
      #expect([made, edited] == [#"{"id":7001}"#, #"{"id":7001}"#])
      #expect(refused == #"{"error":"Lead not found (1004)"}"#)
      #expect(
        try await bench.log() == [
          "12 7001 Moreau | Created Date=2026-11-20 | Source Type=Web form fillout | "
            + "Source Info=Web form fillout",
          "13 7001 Job Title | New Value=Buyer | Reason=Manual | Source=Web form fillout",
        ])
    }
  }
}
