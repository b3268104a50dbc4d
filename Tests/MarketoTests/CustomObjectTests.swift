import Model
import Testing

@testable import Marketo

@Suite struct CustomObjectTests {
  private static let path = "/rest/v1/customobjects/subscription_c.json"
  private static let description = "/rest/v1/customobjects/subscription_c/describe.json"
  private static let type = "/rest/v1/customobjects/schema/subscription_c/describe.json"

  @Test func `a custom object is known by its dedupe field and hangs on its link`() async throws {
    let service = ScriptedService([Self.description: [.result(Fixture.subscription())]])
    let connector = try Fixture.connector(service)
    let names: [FieldName] = ["dynamicsRowId", "contactId", "plan", "fee", "marketoGUID"]
    let schema = try await connector.describe(Fixture.custom, selecting: names)
    #expect(try await connector.describe(Fixture.custom, selecting: names) == schema)
    #expect(
      schema
        == ObjectSchema(
          Fixture.custom, keyField: "dynamicsRowId",
          fields: [
            Field(
              "dynamicsRowId", .text, label: "Dynamics Id", length: 255, canUpdate: false,
              isReported: false),
            Field("contactId", .integer, label: "Person Id", isReported: false),
            Field("plan", .text, label: "Plan", length: 255, isReported: false),
            Field("fee", .decimal, label: "Fee", isReported: false),
            Field(
              "marketoGUID", .text, label: "Marketo GUID", length: 36, canCreate: false,
              canUpdate: false, isReported: false),
          ], feed: .none, parent: ParentField("contactId", of: .person)))
  }

  @Test(arguments: [
    (
      #"{"field":"contactId","type":"parent","object":{"name":"Lead","field":"Id"}}"#,
      ParentField("contactId", of: .person)
    ),
    (
      #"{"field":"accountId","type":"child","relatedTo":{"name":"Company","field":"id"}}"#,
      ParentField("accountId", of: .company)
    ),
    (
      #"{"field":"mail","relatedTo":{"name":"lead","field":"email"}},"#
        + #"{"field":"accountId","relatedTo":{"name":"company","field":"Id"}}"#,
      ParentField("accountId", of: .company)
    ),
  ])
  func `both spellings of a link are read`(links: String, parent: ParentField) async throws {
    let service = ScriptedService([
      Self.description: [.result(Fixture.subscription(links: links))]
    ])
    let schema = try await Fixture.connector(service).describe(Fixture.custom, selecting: [])
    #expect(schema.parent == parent)
  }

  @Test func `a link that only the field tells is read too`() async throws {
    let text = Fixture.subscription(links: "").replacing(
      #""dataType":"integer","updateable":true"#,
      with: #""dataType":"link","updateable":true,"relatedTo":{"name":"lead","field":"id"}"#)
    let service = ScriptedService([Self.description: [.result(text)]])
    let schema = try await Fixture.connector(service)
      .describe(Fixture.custom, selecting: ["contactId"])
    #expect(schema.parent == ParentField("contactId", of: .person))
    #expect(schema.fields["contactId"]?.type == .integer)
  }

  @Test(arguments: [
    (
      Fixture.subscription(
        links: #"{"field":"mail","relatedTo":{"name":"Lead","field":"email"}}"#),
      "its field mail links to lead by email; "
        + "use a type whose link field points to the id of a person or company"
    ),
    (
      Fixture.subscription(links: ""),
      "it has no link to a person or company; "
        + "use a type whose link field points to the id of a person or company"
    ),
    (
      Fixture.subscription(dedupe: #""a","b""#),
      "its dedupe field is a and b; "
        + "use a type with exactly one dedupe field, which holds the Dynamics row's id"
    ),
    (
      Fixture.subscription(dedupe: ""),
      "it has no dedupe field; "
        + "use a type with exactly one dedupe field, which holds the Dynamics row's id"
    ),
  ])
  func `a type that cannot be kept in step says why`(text: String, words: String) async throws {
    let service = ScriptedService([Self.description: [.result(text)]])
    let error = await failure {
      try await Fixture.connector(service).describe(Fixture.custom, selecting: [])
    }
    #expect(error?.kind == .schema(nil))
    #expect(error?.description == "marketo: could not use subscription_c records: " + words)
  }

  @Test(arguments: [
    (
      ScriptedService.Reply.error(1013, "Object not found"),
      "there is no custom object of this name; "
        + "run 'dynsync init --provision' or make it in Marketo"
    ),
    (
      .error(603, "Access denied"),
      "there is no custom object of this name; "
        + "run 'dynsync init --provision' or make it in Marketo"
    ),
    (
      .result(Fixture.subscription(state: "draft")),
      "the custom object is a draft that was never approved; "
        + "run 'dynsync init --provision' or approve it in Marketo"
    ),
  ])
  func `a type that does not stand says how it can`(
    reply: ScriptedService.Reply, words: String
  ) async throws {
    let service = ScriptedService([
      Self.description: [.error(1013, "Object not found")], Self.type: [reply],
    ])
    let error = await failure {
      try await Fixture.connector(service).describe(Fixture.custom, selecting: [])
    }
    #expect(error?.kind == .schema(nil))
    #expect(
      error?.description
        == "marketo: could not read the fields of subscription_c records: " + words)
  }

  @Test func `an approval that is not in force yet is waited for`() async throws {
    let service = ScriptedService([
      Self.description: [.error(1013, "Object not found")],
      Self.type: [.result(Fixture.subscription())],
    ])
    let error = await failure {
      try await Fixture.connector(service).describe(Fixture.custom, selecting: [])
    }
    #expect(error?.isTransient == true)
    #expect(error?.mend == "try again in a few minutes")
  }

  @Test func `custom objects are found by their key, with what they hang on`() async throws {
    let service = ScriptedService([
      Self.description: [.result(Fixture.subscription())],
      Self.path: [
        .result(
          #"{"seq":0,"marketoGUID":"g1","dynamicsRowId":"s1","contactId":7001,"plan":"Gold","#
            + #""fee":12.5,"updatedAt":"2026-11-19T10:00:00Z"}"#)
      ],
    ])
    let found = try await Fixture.connector(service)
      .find(in: Fixture.subscriptions, by: .id, values: ["s1"])
    let fee = try #require(ExactDecimal("12.5"))
    #expect(
      found == [
        Record(
          id: .marketo("s1"), fields: ["plan": .text("Gold"), "fee": .decimal(fee)],
          facts: Facts(
            parent: Reference(.person, .marketo("7001")), key: "s1",
            changedAt: .at("2026-11-19T10:00:00Z")))
      ])
    #expect(
      await service.calls == [
        "POST /rest/v1/customobjects/subscription_c.json?_method=GET filterType=dynamicsRowId"
          + "&filterValues=s1&fields=contactId%2CdynamicsRowId%2Cfee%2Cplan%2CupdatedAt"
          + "&batchSize=300"
      ])
  }

  @Test func `a link to a company that is not there is refused, not the record gone`()
    async throws
  {
    let service = ScriptedService([
      Self.path: [
        .result(
          #"{"seq":0,"status":"skipped","reasons":[{"code":"1013","message":"Not found"}]},"#
            + #"{"seq":1,"status":"skipped","reasons":[{"code":"1013","message":"Not found"}]}"#)
      ]
    ])
    let results = try await Fixture.connector(service).write(
      [
        .update(1, "s1", ["contactId": .integer(7), "plan": .text("Gold")], in: Fixture.custom),
        .update(2, "s2", ["plan": .text("Gold")], in: Fixture.custom),
      ], to: Fixture.subscriptions)
    #expect(
      results == [.rejected(1, "1013", "Not found", "contactId"), .told(2, .gone)])
  }

  @Test func `custom objects are written by their key, and a link to nobody is refused`()
    async throws
  {
    let nobody =
      #"{"seq":1,"status":"skipped","reasons":[{"code":"1004","message":"Lead not found"}]}"#
    let service = ScriptedService([
      Self.path: [
        .result(#"{"seq":0,"marketoGUID":"g1","status":"created"},"# + nobody),
        .result(#"{"seq":0,"marketoGUID":"g3","status":"updated"},"# + nobody),
      ],
      "/rest/v1/customobjects/subscription_c/delete.json": [
        .result(#"{"seq":0,"marketoGUID":"g5","status":"deleted"}"#)
      ],
    ])
    let link: [FieldName: Value] = ["contactId": .integer(7)]
    let results = try await Fixture.connector(service).write(
      [
        .create(1, "s1", ["plan": .text("Gold")], in: Fixture.custom),
        .create(2, "s2", link, in: Fixture.custom),
        .update(3, "s3", ["plan": .empty], in: Fixture.custom),
        .update(4, "s4", link, in: Fixture.custom), .delete(5, "s5", in: Fixture.custom),
      ], to: Fixture.subscriptions)
    #expect(
      results == [
        .applied(1, "s1"), .rejected(2, "1004", "Lead not found", "contactId"),
        .applied(3, "s3"), .rejected(4, "1004", "Lead not found", "contactId"),
        .applied(5, "s5"),
      ])
    #expect(
      await service.calls == [
        #"POST /rest/v1/customobjects/subscription_c.json {"action":"createOrUpdate","#
          + #""dedupeBy":"dedupeFields","input":[{"dynamicsRowId":"s1","plan":"Gold"},"#
          + #"{"contactId":7,"dynamicsRowId":"s2"}]}"#,
        #"POST /rest/v1/customobjects/subscription_c.json {"action":"updateOnly","#
          + #""dedupeBy":"dedupeFields","input":[{"dynamicsRowId":"s3","plan":null},"#
          + #"{"contactId":7,"dynamicsRowId":"s4"}]}"#,
        #"POST /rest/v1/customobjects/subscription_c/delete.json {"deleteBy":"dedupeFields","#
          + #""input":[{"dynamicsRowId":"s5"}]}"#,
      ])
  }
}
