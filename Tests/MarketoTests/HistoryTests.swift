import Model
import Testing

@testable import Marketo

@Suite struct HistoryTests {
  private static let activities = "/rest/v1/activities.json"

  @Test func `the history of persons is read 30 at a time, oldest first`() async throws {
    let service = ScriptedService([
      "/rest/v1/activities/pagingtoken.json": [.done(#""nextPageToken":"T0""#)],
      Self.activities: [
        Self.page(["102,2026-11-20T07:30:00Z", "99,2026-11-20T07:29:59Z"], next: "T1"),
        Self.page(["101,2026-11-20T07:30:00Z"]), Self.page(["100,2026-11-20T07:30:00Z"]),
      ],
    ])
    let connector = try Fixture.connector(
      service, settings: Fixture.settings(share: .init(calls: 50, atOnce: 1)))
    let ids = (1...31).map { RecordID.marketo(String($0)) } + [.marketo("a-key")]
    let notices = try await connector.history(of: ids, since: .at("2026-11-20T07:30:00Z"))
    #expect(notices.map(\.id) == ["100", "101", "102"])
    let first = (1...30).map(String.init).joined(separator: "%2C")
    let start = "GET /rest/v1/activities.json?activityTypeIds=12%2C13%2C22%2C32&leadIds="
    #expect(
      await service.calls == [
        "GET /rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-20T07%3A29%3A59Z",
        start + "\(first)&batchSize=300&nextPageToken=T0",
        start + "\(first)&batchSize=300&nextPageToken=T1",
        start + "31&batchSize=300&nextPageToken=T0",
      ])
  }

  @Test func `companies have no history`() async throws {
    let service = ScriptedService()
    let notices = try await Fixture.connector(service)
      .history(of: [.marketo("2f3b4c5d-0000-4000-8000-000000000001")], since: Fixture.now)
    #expect(notices == [])
    #expect(await service.requests == [])
  }

  private static func page(_ items: [String], next: String? = nil) -> ScriptedService.Reply {
    let result = items.map { item in
      let parts = item.split(separator: ",")
      return #"{"marketoGUID":"\#(parts[0])","leadId":1,"activityDate":"\#(parts[1])","#
        + #""activityTypeId":13,"primaryAttributeValue":"First Name","attributes":[]}"#
    }.joined(separator: ",")
    return .done(
      #""result":[\#(result)],"nextPageToken":"\#(next ?? "END")","moreResult":\#(next != nil)"#)
  }
}
