import Model
import Testing

@testable import Marketo

@Suite struct OpportunityTests {
  private static let path = "/rest/v1/opportunities.json"

  @Test func `an opportunity needs a name, keeps two decimals and may be given its links`()
    async throws
  {
    let schema = try await Fixture.connector(ScriptedService()).describe(
      .deal,
      selecting: [
        "externalOpportunityId", "name", "amount", "isWon", "externalCompanyId",
        "externalSalesPersonId", "marketoGUID", "none",
      ])
    #expect(
      schema
        == ObjectSchema(
          .deal, keyField: "externalOpportunityId",
          fields: [
            Field(
              "externalOpportunityId", .text, label: "Key", length: 50, canUpdate: false,
              isReported: false),
            Field(
              "name", .text, label: "Name", length: 255, isReported: false, isRequired: true),
            Field("amount", .decimal, label: "Amount", scale: 2, isReported: false),
            Field("isWon", .boolean, label: "Won", isReported: false),
            Field("externalCompanyId", .text, label: "Company", length: 50, isReported: false),
            Field(
              "externalSalesPersonId", .text, label: "Owner", length: 255, isReported: false),
            Field(
              "marketoGUID", .text, label: "Marketo GUID", length: 36, canCreate: false,
              canUpdate: false, isReported: false),
          ], feed: .none))
  }

  @Test func `opportunities of a native CRM sync are found out before the first write`()
    async throws
  {
    let service = ScriptedService(["/rest/v1/opportunities/describe.json": [.error(1018)]])
    let error = await failure {
      try await Fixture.connector(service).describe(.deal, selecting: ["name"])
    }
    #expect(
      error?.description
        == "marketo: could not read the fields of opportunities: a native CRM sync manages these "
        + "records (1018); turn the native sync off, or take the entities that it keeps out")
  }

  @Test(arguments: [Lookup.id, .key])
  func `opportunities are found by their key, with company and owner`(lookup: Lookup)
    async throws
  {
    let service = ScriptedService([
      Self.path: [
        .result(
          #"{"seq":0,"marketoGUID":"g1","externalOpportunityId":"O1","name":"Deal","#
            + #""amount":"1604.50","externalCompanyId":"a1","externalSalesPersonId":"u1","#
            + #""updatedAt":"2026-11-19T10:00:00Z"}"#)
      ]
    ])
    let found = try await Fixture.connector(service)
      .find(in: Fixture.deals, by: lookup, values: ["O1", "O2"])
    let amount = try #require(ExactDecimal("1604.5"))
    #expect(
      found == [
        Record(
          id: .marketo("O1"), fields: ["name": .text("Deal"), "amount": .decimal(amount)],
          facts: Facts(
            owner: Reference(.salesPerson, .marketo("u1")), account: .marketo("a1"), key: "O1",
            changedAt: .at("2026-11-19T10:00:00Z")))
      ])
    #expect(
      await service.calls == [
        "POST /rest/v1/opportunities.json?_method=GET filterType=externalOpportunityId"
          + "&filterValues=O1%2CO2&fields=amount%2CexternalCompanyId%2CexternalOpportunityId"
          + "%2CexternalSalesPersonId%2Cname%2CupdatedAt&batchSize=300"
      ])
  }

  @Test func `opportunities have no e-mail to be found by`() async throws {
    let service = ScriptedService()
    let connector = try Fixture.connector(service)
    #expect(try await connector.find(in: Fixture.deals, by: .email, values: ["a@b"]) == [])
    #expect(await service.requests == [])
    #expect(connector.batchSize(for: .deal) == 300)
  }

  @Test func `opportunities are written and deleted by their key`() async throws {
    let service = ScriptedService([
      Self.path: [
        .result(#"{"seq":0,"marketoGUID":"g1","status":"created"}"#),
        .result(#"{"seq":0,"marketoGUID":"g2","status":"updated"}"#),
      ],
      "/rest/v1/opportunities/delete.json": [
        .result(#"{"seq":0,"marketoGUID":"g3","status":"deleted"}"#)
      ],
    ])
    let results = try await Fixture.connector(service).write(
      [
        .create(1, "O1", ["name": .text("Deal")], in: .deal),
        .update(2, "O2", ["isWon": .boolean(true)], in: .deal), .delete(3, "O3", in: .deal),
      ], to: Fixture.deals)
    #expect(results == [.applied(1, "O1"), .applied(2, "O2"), .applied(3, "O3")])
    #expect(
      await service.calls == [
        #"POST /rest/v1/opportunities.json {"action":"createOrUpdate","#
          + #""dedupeBy":"dedupeFields","input":[{"externalOpportunityId":"O1","name":"Deal"}]}"#,
        #"POST /rest/v1/opportunities.json {"action":"updateOnly","dedupeBy":"dedupeFields","#
          + #""input":[{"externalOpportunityId":"O2","isWon":true}]}"#,
        #"POST /rest/v1/opportunities/delete.json {"deleteBy":"dedupeFields","#
          + #""input":[{"externalOpportunityId":"O3"}]}"#,
      ])
  }

  @Test func `an amount is sent with the decimals that are kept`() async throws {
    let service = ScriptedService([
      Self.path: [.result(#"{"seq":0,"marketoGUID":"g1","status":"updated"}"#)]
    ])
    let amount = try #require(ExactDecimal("1604.465"))
    _ = try await Fixture.connector(service)
      .write([.update(1, "O1", ["amount": .decimal(amount)], in: .deal)], to: Fixture.deals)
    #expect(
      await service.calls == [
        #"POST /rest/v1/opportunities.json {"action":"updateOnly","dedupeBy":"dedupeFields","#
          + #""input":[{"amount":1604.46,"externalOpportunityId":"O1"}]}"#
      ])
  }

  @Test func `an unknown sales person refuses their own records alone, and together`()
    async throws
  {
    let unknown = ScriptedService.Reply.error(718, "External sales person id not found")
    let service = ScriptedService([
      Self.path: [
        unknown, .result(Self.updated(2)), unknown, unknown, .result(Self.updated(1)),
      ]
    ])
    let owners = ["u1", "u9", "u2", "u9", "u1"]
    let results = try await Fixture.connector(service).write(
      owners.enumerated().map { place, owner in
        .update(
          Int64(place), "O\(place)", ["externalSalesPersonId": .text(owner), "name": .text("N")],
          in: .deal)
      }, to: Fixture.deals)
    let refused = WriteResult.Outcome.rejected(
      Rejection(
        code: "718", message: "External sales person id not found", field: "externalSalesPersonId"))
    #expect(
      results == [
        .applied(0, "O0"),
        WriteResult(operation: 1, outcome: refused, requestID: "e1#1a1f7f83000"),
        .applied(2, "O2"),
        WriteResult(operation: 3, outcome: refused, requestID: "e1#1a1f7f83000"),
        .applied(4, "O4"),
      ])
    #expect(await service.count(Self.path) == 5)
  }

  @Test(
    arguments: [
      (
        ["name": .text("N"), "externalCompanyId": .text("a9")],
        WriteResult.rejected(1, "1013", "Object not found", "externalCompanyId")
      ), (["name": .text("N")], .told(1, .gone)),
    ] as [([FieldName: Value], WriteResult)])
  func `not found is the company where one is written, else the opportunity`(
    fields: [FieldName: Value], result: WriteResult
  ) async throws {
    let service = ScriptedService([
      Self.path: [
        .result(
          #"{"seq":0,"status":"skipped","#
            + #""reasons":[{"code":"1013","message":"Object not found"}]}"#)
      ]
    ])
    let results = try await Fixture.connector(service)
      .write([.update(1, "O1", fields, in: .deal)], to: Fixture.deals)
    #expect(results == [result])
  }

  private static func updated(_ count: Int) -> String {
    (0..<count).map { #"{"seq":\#($0),"marketoGUID":"g\#($0)","status":"updated"}"# }
      .joined(separator: ",")
  }
}
