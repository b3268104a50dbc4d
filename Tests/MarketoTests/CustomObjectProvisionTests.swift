import Model
import Testing

@testable import Marketo

@Suite struct CustomObjectProvisionTests {
  private static let description = "/rest/v1/customobjects/subscription_c/describe.json"
  private static let type = "/rest/v1/customobjects/schema/subscription_c/describe.json"
  private static let schema = "/rest/v1/customobjects/schema.json"
  private static let addition = "/rest/v1/customobjects/schema/subscription_c/addField.json"
  private static let approval = "/rest/v1/customobjects/schema/subscription_c/approve.json"
  private static let absent = ScriptedService.Reply.error(1013, "Object not found")

  private static let definition = ObjectDefinition(
    Fixture.custom, label: "Subscription", keyField: "dynamicsRowId",
    parent: ParentField("contactId", of: .person),
    fields: [
      Field("plan", .text, label: "Plan", length: 100),
      Field("note", .text, length: 2000), Field("seats", .integer),
      Field("fee", .decimal, scale: 2), Field("rate", .decimal, scale: 4),
      Field("isActive", .boolean), Field("starts", .date), Field("renewed", .instant),
      Field("tier", .option),
    ])

  private static let fields = [
    #"{"dataType":"string","displayName":"Dynamics Id","isDedupeField":true,"name":"dynamicsRowId"}"#,
    #"{"dataType":"link","displayName":"Person Id","name":"contactId","#
      + #""relatedTo":{"field":"id","name":"lead"}}"#,
    #"{"dataType":"string","displayName":"Plan","name":"plan"}"#,
    #"{"dataType":"text","displayName":"note","name":"note"}"#,
    #"{"dataType":"integer","displayName":"seats","name":"seats"}"#,
    #"{"dataType":"currency","displayName":"fee","name":"fee"}"#,
    #"{"dataType":"float","displayName":"rate","name":"rate"}"#,
    #"{"dataType":"boolean","displayName":"isActive","name":"isActive"}"#,
    #"{"dataType":"date","displayName":"starts","name":"starts"}"#,
    #"{"dataType":"datetime","displayName":"renewed","name":"renewed"}"#,
    #"{"dataType":"string","displayName":"tier","name":"tier"}"#,
  ]

  private static func adding(_ fields: some Sequence<String>) -> String {
    "POST \(addition) {\"input\":[\(fields.joined(separator: ","))]}"
  }

  @Test func `a type that stands is left as it is`() async throws {
    let service = ScriptedService([Self.description: [.result(Fixture.subscription())]])
    #expect(try await Fixture.connector(service).provision([Self.definition]) == [])
    #expect(await service.calls == [])
  }

  @Test func `a type that is missing is made, filled, approved and waited for`() async throws {
    let service = ScriptedService([
      Self.description: [Self.absent, Self.absent, Self.absent, .result(Fixture.subscription())],
      Self.type: [Self.absent], Self.schema: [.result("")], Self.addition: [.result("")],
      Self.approval: [.result("")],
    ])
    let clock = JumpingClock()
    let made = try await Fixture.connector(service, clock: clock).provision([Self.definition])
    #expect(made == ["subscription_c"])
    #expect(clock.slept == [.seconds(1), .seconds(2)])
    #expect(
      await service.calls == [
        #"POST /rest/v1/customobjects/schema.json {"action":"createOnly","#
          + #""apiName":"subscription_c","description":"Kept by dynsync","#
          + #""displayName":"Subscription","pluralName":"Subscription","showInLeadDetail":true}"#,
        Self.adding(Self.fields), "POST \(Self.approval) {}",
      ])
  }

  @Test func `a draft that was left half-way is completed and approved`() async throws {
    let draft = Fixture.subscription(links: "", dedupe: "", state: "draft")
    let service = ScriptedService([
      Self.description: [Self.absent, .result(Fixture.subscription())],
      Self.type: [.result(draft)], Self.addition: [.result("")], Self.approval: [.result("")],
    ])
    let made = try await Fixture.connector(service).provision([Self.definition])
    #expect(made == ["subscription_c"])
    let missing = Self.fields.filter { field in
      !["dynamicsRowId", "contactId", "plan", "fee"].contains { field.contains(#":"\#($0)""#) }
    }
    #expect(missing.count == 7)
    #expect(await service.calls == [Self.adding(missing), "POST \(Self.approval) {}"])
  }

  @Test func `an approval that was under way is only waited for`() async throws {
    let service = ScriptedService([
      Self.description: [Self.absent, .result(Fixture.subscription())],
      Self.type: [.result(Fixture.subscription())],
    ])
    #expect(try await Fixture.connector(service).provision([Self.definition]) == ["subscription_c"])
    #expect(await service.calls == [])
  }

  @Test func `an approval that does not come is given up after a minute`() async throws {
    let service = ScriptedService([
      Self.description: Array(repeating: Self.absent, count: 8),
      Self.type: [.result(Fixture.subscription())],
    ])
    let clock = JumpingClock()
    let error = await failure {
      try await Fixture.connector(service, clock: clock).provision([Self.definition])
    }
    #expect(error?.reason == "the custom object's approval has not taken effect")
    #expect(clock.slept.reduce(.zero, +) == .seconds(60))
  }

  @Test func `a custom object of companies links to their id`() async throws {
    var definition = Self.definition
    definition.parent = ParentField("accountId", of: .company)
    definition.fields = []
    let service = ScriptedService([
      Self.description: [Self.absent, .result(Fixture.subscription())],
      Self.type: [Self.absent], Self.schema: [.result("")], Self.addition: [.result("")],
      Self.approval: [.result("")],
    ])
    _ = try await Fixture.connector(service).provision([definition])
    let calls = await service.calls
    #expect(calls[0].contains(#""showInLeadDetail":false"#))
    #expect(
      calls[1]
        == Self.adding([
          Self.fields[0],
          #"{"dataType":"link","displayName":"Company Id","name":"accountId","#
            + #""relatedTo":{"field":"id","name":"company"}}"#,
        ]))
  }

  @Test(arguments: [
    (
      616,
      "the subscription does not include this (616); ask Adobe for the feature"
    ),
    (
      603,
      "access denied (603); give the API user's role the permission "
        + "Read-Write Custom Object Type, and put this computer on the allow list if there is one"
    ),
    (
      1003,
      "its definition was refused (1003); make it in Admin > Marketo Custom Objects"
    ),
  ])
  func `a type that may not be made says what to do`(code: Int, words: String) async throws {
    let service = ScriptedService([
      Self.description: [Self.absent], Self.type: [.error(code == 1003 ? 1013 : code)],
      Self.schema: [.error(code)],
    ])
    let error = await failure {
      try await Fixture.connector(service).provision([Self.definition])
    }
    #expect(
      error?.description
        == "marketo: could not make the custom object subscription_c: " + words)
  }
}
