import Model
import Testing

@testable import Marketo

@Suite struct ChangesTests {
  private static let paging = "/rest/v1/activities/pagingtoken.json"
  private static let activities = "/rest/v1/activities.json"
  private static let deletions = "/rest/v1/activities/deletedleads.json"
  private static let nothing = ScriptedService.Reply.done(
    #""nextPageToken":"END","moreResult":false"#)

  private static let complete = Watermark(
    #"{"since":"2026-11-20T07:00:00Z"}"#, isComplete: true)

  @Test func `without a watermark the feed starts at the server's now`() async throws {
    let service = ScriptedService([Self.paging: [.done(#""nextPageToken":"T0""#)]])
    let page = try await Fixture.connector(service, now: { .at("2026-11-20T07:59:00Z") })
      .changes(in: Fixture.person, after: nil)
    #expect(
      page
        == ChangePage(
          watermark: Watermark(#"{"since":"2026-11-20T08:00:00Z"}"#, isComplete: true)))
    #expect(
      await service.calls == [
        "GET /rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-20T07%3A59%3A00Z"
      ])
  }

  @Test func `a complete watermark reads both lists from ten minutes before it`() async throws {
    let service = ScriptedService([
      Self.paging: [.done(#""nextPageToken":"T0""#)], Self.activities: [Self.nothing],
      Self.deletions: [Self.nothing],
    ])
    let page = try await Fixture.connector(service)
      .changes(in: Fixture.person, after: Self.complete)
    #expect(
      page
        == ChangePage(
          watermark: Watermark(#"{"since":"2026-11-20T08:00:00Z"}"#, isComplete: true)))
    #expect(
      await service.calls.sorted() == [
        "GET /rest/v1/activities.json?activityTypeIds=12%2C13%2C22%2C32%2C37&batchSize=300"
          + "&nextPageToken=T0",
        "GET /rest/v1/activities/deletedleads.json?batchSize=300&nextPageToken=T0",
        "GET /rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-20T06%3A50%3A00Z",
      ])
  }

  @Test func `an unfinished read goes on from its tokens, each list by itself`() async throws {
    let service = ScriptedService([
      Self.paging: [.done(#""nextPageToken":"T0""#)],
      Self.activities: [.done(#""nextPageToken":"A1","moreResult":true"#), Self.nothing],
      Self.deletions: [Self.nothing],
    ])
    let connector = try Fixture.connector(service)
    let first = try await connector.changes(in: Fixture.person, after: Self.complete)
    #expect(
      first.watermark
        == Watermark(
          #"{"activities":"A1","from":"2026-11-20T06:50:00Z","since":"2026-11-20T08:00:00Z"}"#,
          isComplete: false))
    let last = try await connector.changes(in: Fixture.person, after: first.watermark)
    #expect(
      last.watermark == Watermark(#"{"since":"2026-11-20T08:00:00Z"}"#, isComplete: true))
    #expect(await service.count(Self.deletions) == 1)
    #expect(await service.count(Self.paging) == 1)
  }

  @Test func `a token that is no longer known begins the same read again`() async throws {
    let service = ScriptedService([
      Self.paging: [.done(#""nextPageToken":"T9""#)],
      Self.activities: [.error(1003, "Invalid token value: A1"), Self.nothing],
      Self.deletions: [Self.nothing],
    ])
    let unfinished = Watermark(
      #"{"activities":"A1","from":"2026-11-20T06:50:00Z","since":"2026-11-20T07:40:00Z"}"#,
      isComplete: false)
    let page = try await Fixture.connector(service).changes(in: Fixture.person, after: unfinished)
    #expect(
      page.watermark == Watermark(#"{"since":"2026-11-20T07:40:00Z"}"#, isComplete: true))
    #expect(
      await service.calls.contains(
        "GET /rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-20T06%3A50%3A00Z"))
  }

  @Test func `each kind of activity becomes its notice`() async throws {
    let page = try await Self.page(
      activities: [
        Self.activity(
          "g1", 12, #","attributes":[{"name":"Source Type","value":"Web service API"}]"#),
        Self.change("g2", 53, "First Name", new: #""Ines""#, source: "Web form fillout"),
        Self.change("g3", 84, "Do Not Call", new: #""1""#, source: "Web service API"),
        Self.change("g4", 53, "First Name", new: nil, source: "Web service API"),
        Self.activity(
          "g5", 22,
          #","primaryAttributeValueId":148,"primaryAttributeValue":"Person Score","#
            + #""attributes":[{"name":"Change Value","value":"+5"},{"name":"New Value","value":17}]"#
        ),
        Self.activity(
          "g6", 32,
          #","primaryAttributeValueId":7001,"attributes":[{"name":"Merge IDs","value":"[7002, 7003]"}]"#
        ),
      ], deletions: [Self.activity("g7", 37, #","attributes":[]"#)])
    let events: [(String, Notice.Event, Bool)] = [
      ("g1", .created, true), ("g2", .changed(field: "firstName", newValue: "Ines"), false),
      ("g3", .changed(field: "doNotCall", newValue: "true"), true),
      ("g4", .changed(field: "firstName", newValue: nil), true),
      ("g5", .changed(field: "leadScore", newValue: "17"), false),
      ("g6", .merged(losers: [.marketo("7002"), .marketo("7003")]), false),
      ("g7", .deleted, false),
    ]
    #expect(
      page.notices
        == events.map { id, event, isFromAPI in
          Notice(
            id: id, record: .marketo("7001"), event: event, at: .at("2026-11-20T07:30:00Z"),
            isFromAPI: isFromAPI)
        })
  }

  @Test func `changes of fields that nobody selected are left out, those of the link are not`()
    async throws
  {
    let page = try await Self.page(activities: [
      Self.change("g1", 64, "Date of Birth", new: #""2000-01-01""#),
      Self.change("g2", 903, "Dynamics Sync As", new: #""lead""#),
      Self.change("g3", 56, "Email Address", new: #""a@b.test""#),
      Self.change("g4", 41, "External Company Id", new: #""a1""#),
      Self.change("g5", 911, "Legacy Rollup", new: #""x""#),
      Self.change("g6", nil, "First Name", new: #""Bo""#),
      Self.change("g7", nil, "firstName", new: #""Bo""#),
    ])
    #expect(page.notices.map(\.id) == ["g2", "g3", "g4", "g6", "g7"])
  }

  @Test func `a field that was renamed since is told rather than lost`() async throws {
    let page = try await Self.page(activities: [
      Self.change("g1", nil, "Given Name", new: #""Bo""#)
    ])
    #expect(page.notices.map(\.event) == [.changed(field: "Given Name", newValue: "Bo")])
  }

  @Test func `an activity that both lists hold is told once`() async throws {
    let deletion = Self.activity("g7", 37, "")
    let page = try await Self.page(activities: [deletion], deletions: [deletion])
    #expect(page.notices.map(\.id) == ["g7"])
  }

  @Test func `a deletion without a person names it in its primary attribute`() async throws {
    let page = try await Self.page(
      activities: [],
      deletions: [
        #"{"id":9,"activityDate":"2026-11-20T07:30:00Z","activityTypeId":37,"#
          + #""primaryAttributeValueId":7009,"primaryAttributeValue":"Bo Li","attributes":[]}"#
      ])
    #expect(
      page.notices == [
        Notice(
          id: "9", record: .marketo("7009"), event: .deleted, at: .at("2026-11-20T07:30:00Z"),
          isFromAPI: false)
      ])
  }

  @Test func `after 14 days deletions are no longer told, so the watermark has expired`()
    async throws
  {
    let old = Watermark(#"{"since":"2026-11-06T07:59:59Z"}"#, isComplete: true)
    let service = ScriptedService([Self.paging: [.done(#""nextPageToken":"T0""#)]])
    let error = await failure {
      try await Fixture.connector(service).changes(in: Fixture.person, after: old)
    }
    #expect(error?.kind == .watermarkExpired)
  }

  @Test func `a watermark that is none has expired`() async throws {
    let error = await failure {
      try await Fixture.connector(ScriptedService())
        .changes(in: Fixture.person, after: Watermark("T0", isComplete: true))
    }
    #expect(error?.kind == .watermarkExpired)
  }

  @Test func `objects without a feed have an empty page`() async throws {
    let service = ScriptedService()
    let page = try await Fixture.connector(service).changes(in: Fixture.companies, after: nil)
    #expect(page == ChangePage(watermark: Watermark("", isComplete: true)))
    #expect(await service.requests == [])
  }

  @Test func `an empty page that does not move on is asked for again`() async throws {
    let standing = ScriptedService.Reply.done(#""nextPageToken":"T0","moreResult":true"#)
    let service = ScriptedService([
      Self.paging: [.done(#""nextPageToken":"T0""#)],
      Self.activities: [standing, standing, Self.nothing], Self.deletions: [Self.nothing],
    ])
    let page = try await Fixture.connector(service)
      .changes(in: Fixture.person, after: Self.complete)
    #expect(page.watermark.isComplete)
    #expect(await service.count(Self.activities) == 3)
  }

  @Test func `a list that never moves on is not read for ever`() async throws {
    let standing = ScriptedService.Reply.done(#""nextPageToken":"T0","moreResult":true"#)
    let service = ScriptedService([
      Self.paging: [.done(#""nextPageToken":"T0""#)],
      Self.activities: Array(repeating: standing, count: 21), Self.deletions: [Self.nothing],
    ])
    let error = await failure {
      try await Fixture.connector(service).changes(in: Fixture.person, after: Self.complete)
    }
    #expect(error?.kind == .unexpectedAnswer)
  }

  private static func page(
    activities: [String], deletions: [String] = []
  ) async throws -> ChangePage {
    let service = ScriptedService([
      paging: [.done(#""nextPageToken":"T0""#)], Self.activities: [list(activities)],
      Self.deletions: [list(deletions)],
    ])
    return try await Fixture.connector(service).changes(in: Fixture.person, after: complete)
  }

  private static func list(_ items: [String]) -> ScriptedService.Reply {
    .done(
      #""result":[\#(items.joined(separator: ","))],"nextPageToken":"END","moreResult":false"#)
  }

  private static func activity(_ guid: String, _ type: Int, _ members: String) -> String {
    #"{"id":1,"marketoGUID":"\#(guid)","leadId":7001,"activityDate":"2026-11-20T07:30:00Z","#
      + #""activityTypeId":\#(type)\#(members)}"#
  }

  private static func change(
    _ guid: String, _ field: Int?, _ name: String, new: String?, source: String = "Marketo Flow"
  ) -> String {
    let id = field.map { #","primaryAttributeValueId":\#($0)"# } ?? ""
    let value = new.map { #"{"name":"New Value","value":\#($0)},"# } ?? ""
    return activity(
      guid, 13,
      #"\#(id),"primaryAttributeValue":"\#(name)","attributes":[\#(value)"#
        + #"{"name":"Source","value":"\#(source)"}]"#)
  }
}
