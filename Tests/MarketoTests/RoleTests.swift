import Model
import Testing

@testable import Marketo

@Suite struct RoleTests {
  private static let path = "/rest/v1/opportunities/roles.json"
  private static let deletion = "/rest/v1/opportunities/roles/delete.json"

  @Test func `a role's three keys are given at its making and never again`() async throws {
    let schema = try await Fixture.connector(ScriptedService()).describe(
      .role,
      selecting: ["externalOpportunityId", "leadId", "role", "isPrimary", "externalCreatedDate"])
    #expect(
      schema
        == ObjectSchema(
          .role, keyField: "role_key",
          fields: [
            Field(
              "externalOpportunityId", .text, label: "Opportunity", length: 50, canUpdate: false,
              isReported: false),
            Field(
              "leadId", .integer, label: "Lead Id", canUpdate: false, isReported: false),
            Field(
              "role", .text, label: "Role", length: 50, canUpdate: false, isReported: false),
            Field("isPrimary", .boolean, label: "Primary", isReported: false),
          ], feed: .none))
  }

  @Test func `roles are found by all three keys, and following pages take them again`()
    async throws
  {
    let service = ScriptedService([
      Self.path: [
        .done(
          #""result":[{"seq":0,"externalOpportunityId":"O1","leadId":7001,"role":"Buyer","#
            + #""isPrimary":true,"updatedAt":"2026-11-19T10:00:00Z"}],"nextPageToken":"P2""#),
        .result(#"{"seq":0,"externalOpportunityId":"O1","leadId":7002,"role":"A, b/c"}"#),
      ]
    ])
    let found = try await Fixture.connector(service)
      .find(in: Fixture.roles, by: .key, values: ["O1/7001/buyer", "O1/7002/A, b/c"])
    #expect(
      found == [
        Record(
          id: .marketo("O1/7001/buyer"),
          fields: [
            "externalOpportunityId": .text("O1"), "leadId": .integer(7001),
            "role": .text("Buyer"), "isPrimary": .boolean(true),
          ],
          facts: Facts(
            parent: Reference(.person, .marketo("7001")), opportunity: .marketo("O1"),
            role: "Buyer", key: "O1/7001/buyer", changedAt: .at("2026-11-19T10:00:00Z"))),
        Record(
          id: .marketo("O1/7002/A, b/c"),
          fields: [
            "externalOpportunityId": .text("O1"), "leadId": .integer(7002),
            "role": .text("A, b/c"), "isPrimary": .empty,
          ],
          facts: Facts(
            parent: Reference(.person, .marketo("7002")), opportunity: .marketo("O1"),
            role: "A, b/c", key: "O1/7002/A, b/c")),
      ])
    let head =
      #"POST /rest/v1/opportunities/roles.json?_method=GET {"batchSize":300,"#
      + #""fields":["externalOpportunityId","isPrimary","leadId","role","updatedAt"],"#
      + #""filterType":"dedupeFields","input":["#
      + #"{"externalOpportunityId":"O1","leadId":7001,"role":"buyer"},"#
      + #"{"externalOpportunityId":"O1","leadId":7002,"role":"A, b/c"}]"#
    #expect(await service.calls == [head + "}", head + #","nextPageToken":"P2"}"#])
    #expect(await service.requests.last?.headers.last == .init("Content-Type", "application/json"))
  }

  @Test func `300 roles are asked for in one call`() async throws {
    let service = ScriptedService([Self.path: [.result(""), .result("")]])
    let keys = (1...301).map { "O1/\($0)/Buyer" }
    let found = try await Fixture.connector(service)
      .find(in: Fixture.roles, by: .id, values: keys)
    #expect(found == [])
    #expect(await service.count(Self.path) == 2)
  }

  @Test func `what is no role's key is not asked for`() async throws {
    let service = ScriptedService()
    let connector = try Fixture.connector(service)
    let keys = ["", "O1", "O1/7001", "O1/contact/k1/Buyer", "O1//Buyer"]
    #expect(try await connector.find(in: Fixture.roles, by: .id, values: keys) == [])
    #expect(await service.requests == [])
  }

  @Test func `roles that go are taken away before others are made`() async throws {
    let service = ScriptedService([
      Self.deletion: [.result(#"{"seq":0,"marketoGUID":"g1","status":"deleted"}"#)],
      Self.path: [.result(#"{"seq":0,"marketoGUID":"g2","status":"created"}"#)],
    ])
    let results = try await Fixture.connector(service).write(
      [
        .create(
          1, "O1/7001/Buyer",
          [
            "externalOpportunityId": .text("O1"), "leadId": .text("7001"),
            "role": .text("Buyer"), "isPrimary": .boolean(true),
          ], in: .role), .delete(2, "O1/7001/buyer", in: .role),
      ], to: Fixture.roles)
    #expect(results == [.applied(1, "O1/7001/Buyer"), .applied(2, "O1/7001/buyer")])
    #expect(
      await service.calls == [
        #"POST /rest/v1/opportunities/roles/delete.json {"deleteBy":"dedupeFields","#
          + #""input":[{"externalOpportunityId":"O1","leadId":7001,"role":"buyer"}]}"#,
        #"POST /rest/v1/opportunities/roles.json {"action":"createOrUpdate","#
          + #""dedupeBy":"dedupeFields","input":[{"externalOpportunityId":"O1","#
          + #""isPrimary":true,"leadId":7001,"role":"Buyer"}]}"#,
      ])
  }

  @Test func `a role of what is not there is refused, and one that is not there is gone`()
    async throws
  {
    let service = ScriptedService([
      Self.deletion: [.result(Self.skipped(0, 1013, "Record not found"))],
      Self.path: [
        .result(
          Self.skipped(0, 1013, "Object not found") + ","
            + Self.skipped(1, 1004, "Lead not found"))
      ],
    ])
    let fields: [FieldName: Value] = [
      "externalOpportunityId": .text("O1"), "leadId": .integer(7), "role": .text("Buyer"),
    ]
    let results = try await Fixture.connector(service).write(
      [
        .create(1, "O1/7/Buyer", fields, in: .role), .create(2, "O1/8/Buyer", fields, in: .role),
        .delete(3, "O1/9/Buyer", in: .role),
      ], to: Fixture.roles)
    #expect(
      results == [
        .rejected(1, "1013", "Object not found", "externalOpportunityId"),
        .rejected(2, "1004", "Lead not found", "leadId"), .told(3, .gone),
      ])
  }

  private static func skipped(_ place: Int, _ code: Int, _ message: String) -> String {
    #"{"seq":\#(place),"status":"skipped","#
      + #""reasons":[{"code":"\#(code)","message":"\#(message)"}]}"#
  }
}
