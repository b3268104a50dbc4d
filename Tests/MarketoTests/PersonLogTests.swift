import Model
import Testing
import Transport

@testable import Marketo

@Suite struct PersonLogTests {
  private static let types = "/rest/v1/activities/types.json"
  private static let path = "/rest/v1/activities/external.json"
  private static let token = "/rest/v1/activities/pagingtoken.json"
  private static let log = "/rest/v1/activities.json"
  private static let approved = ScriptedService.Reply.result(
    #"{"id":12,"name":"New Lead"},{"id":101001,"apiName":"dynsyncOutcome","name":"Any"}"#)

  private static func activity(
    _ id: Int64, _ person: String, fields: String? = "title", message: String? = nil
  ) -> OutcomeActivity {
    OutcomeActivity(
      id: id, key: "run 3 of 2026-11-20T07:00:00Z: \(person) synced", person: .marketo(person),
      run: 3, entity: .lead, outcome: .synced, direction: .toMarketo, fields: fields,
      message: message, at: .at("2026-11-20T07:30:00Z"))
  }

  private func log(_ service: ScriptedService) throws -> any OutcomeLog {
    try #require(
      try Fixture.connector(
        service, settings: Fixture.settings(share: .init(calls: 50, atOnce: 1))
      ).outcomeLog)
  }

  @Test func `activities are written in one call, and each has its own result`() async throws {
    let service = ScriptedService([
      Self.types: [Self.approved],
      Self.path: [
        .result(
          #"{"id":1,"marketoGUID":"g1","status":"added"},"#
            + #"{"status":"skipped","errors":[{"code":"1004","message":"Lead not found"}]},"#
            + #"{"status":"skipped","errors":[{"code":"1006","message":"Field 'x' not found"}]},"#
            + #"{"status":"skipped","errors":[{"code":"713","message":"busy"}]},{"odd":1}"#)
      ],
    ])
    let activities = [
      Self.activity(1, "7001", message: "title: dynamics won"),
      Self.activity(2, "7002", fields: nil), Self.activity(3, "7003"),
      Self.activity(4, "7004"), Self.activity(5, "7005"),
    ]

    let results = try await log(service).write(activities)

    let call = "1a#1a1f7f83000"
    #expect(
      results == [
        OutcomeActivityResult(1, .written(id: "g1"), requestID: call),
        OutcomeActivityResult(2, .gone, requestID: call),
        OutcomeActivityResult(
          3, .refused(Rejection(code: "1006", message: "Field 'x' not found")), requestID: call),
        OutcomeActivityResult(4, .postponed, requestID: call),
        OutcomeActivityResult(5, .unknown, requestID: call),
      ])
    let body = await service.calls.last ?? ""
    #expect(
      body.hasPrefix(
        #"POST /rest/v1/activities/external.json {"input":[{"activityDate":"2026-11-20T07:30:00Z","#
          + #""activityTypeId":101001,"attributes":[{"apiName":"outcome","value":"synced"},"#
          + #"{"apiName":"entity","value":"lead"},"#
          + #"{"apiName":"direction","value":"Dynamics to Marketo"},"#
          + #"{"apiName":"fields","value":"title"},"#
          + #"{"apiName":"message","value":"title: dynamics won"},{"apiName":"run","value":3}],"#
          + #""leadId":7001,"#
          + #""primaryAttributeValue":"run 3 of 2026-11-20T07:00:00Z: 7001 synced"},"#))
    #expect(!body.contains("null"))
  }

  @Test func `an answer with fewer items than activities leaves all unknown`() async throws {
    let service = ScriptedService([
      Self.types: [Self.approved], Self.path: [.result(#"{"id":1,"status":"added"}"#)],
    ])

    let results = try await log(service).write([
      Self.activity(1, "7001"), Self.activity(2, "7002"),
    ])

    #expect(results.map(\.state) == [.unknown, .unknown])
  }

  @Test(arguments: [604, 611, 502])
  func `a call that may have taken effect is never repeated`(code: Int) async throws {
    let service = ScriptedService([
      Self.types: [Self.approved], Self.path: [.error(code, "late")],
    ])

    let results = try await log(service).write([Self.activity(1, "7001")])

    #expect(results.map(\.state) == [.unknown])
    #expect(await service.count(Self.path) == 1)
  }

  @Test func `a lost connection leaves all unknown`() async throws {
    let service = ScriptedService([
      Self.types: [Self.approved],
      Self.path: [.failure(TransportFailure(.noAnswer, reason: "reset"))],
    ])

    let results = try await log(service).write([Self.activity(1, "7001")])

    #expect(results.map(\.state) == [.unknown])
  }

  @Test func `a call that was certainly not carried out throws`() async throws {
    let service = ScriptedService([
      Self.types: [Self.approved], Self.path: [.error(603, "Access denied")],
    ])

    let error = await failure { try await log(service).write([Self.activity(1, "7001")]) }

    #expect(error?.mayHaveApplied == false)
    #expect(
      error?.description
        == "marketo: could not write custom activities: access denied (603); give the API user's "
        + "role the permission Read-Write Activity, and put this computer on the allow list if "
        + "there is one")
  }

  @Test func `a call past 1 MB is not made, but halved by who sends it`() async throws {
    let service = ScriptedService([Self.types: [Self.approved]])
    let long = String(repeating: "x", count: 600_000)

    let error = await failure {
      try await log(service).write([
        Self.activity(1, "7001", message: long), Self.activity(2, "7002", message: long),
      ])
    }

    #expect(error?.kind == .refusedCall)
    #expect(error?.mayHaveApplied == false)
    #expect(await service.count(Self.path) == 0)
  }

  @Test func `a type that is not there says how to make it`() async throws {
    let service = ScriptedService([Self.types: [.result(#"{"id":12,"name":"New Lead"}"#)]])

    let error = await failure { try await log(service).write([Self.activity(1, "7001")]) }

    #expect(error?.kind == .setup)
    #expect(
      error?.description
        == "marketo: could not write custom activities: there is no approved custom activity "
        + "dynsyncOutcome; run 'dynsync init --provision', or set marketo.log_activities to false")
  }

  @Test func `keys are looked for 30 persons at a time, from before the first activity`()
    async throws
  {
    let wanted = (1...31).map { Self.activity(Int64($0), String(7000 + $0)) }
    let service = ScriptedService([
      Self.types: [Self.approved],
      Self.token: [.done(#""nextPageToken":"T0""#)],
      Self.log: [
        Self.page([wanted[0].key, "run 9 of another database"], next: "T1"),
        Self.page([wanted[4].key]), Self.page([]),
      ],
    ])

    let found = try await log(service).keys(of: wanted)

    #expect(found == [wanted[0].key, wanted[4].key])
    let first = (1...30).map { String(7000 + $0) }.joined(separator: "%2C")
    let start = "GET /rest/v1/activities.json?activityTypeIds=101001&leadIds="
    #expect(
      await service.calls == [
        "GET /rest/v1/activities/types.json",
        "GET /rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-20T07%3A20%3A00Z",
        start + "\(first)&batchSize=300&nextPageToken=T0",
        start + "\(first)&batchSize=300&nextPageToken=T1",
        start + "7031&batchSize=300&nextPageToken=T0",
      ])
  }

  @Test func `what may still come to be seen is waited for`() throws {
    #expect(try log(ScriptedService()).settlingTime == .seconds(720))
  }

  private static func page(_ keys: [String], next: String? = nil) -> ScriptedService.Reply {
    let rows = keys.map {
      #"{"marketoGUID":"1","leadId":1,"activityDate":"2026-11-20T07:30:00Z","#
        + #""activityTypeId":101001,"primaryAttributeValue":"\#($0)","attributes":[]}"#
    }
    let end = #""nextPageToken":"\#(next ?? "END")","moreResult":\#(next != nil)"#
    return .done(keys.isEmpty ? end : #""result":[\#(rows.joined(separator: ","))],\#(end)"#)
  }
}
