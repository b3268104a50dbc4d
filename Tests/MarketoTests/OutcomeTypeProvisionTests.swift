import Model
import Testing

@testable import Marketo

@Suite struct OutcomeTypeProvisionTests {
  private static let type = "/rest/v1/activities/external/type"
  private static let description = "\(type)/dynsyncOutcome/describe.json"
  private static let addition = "\(type)/dynsyncOutcome/attributes/create.json"
  private static let approval = "\(type)/dynsyncOutcome/approve.json"
  private static let absent = ScriptedService.Reply.error(1013, "Activity type not found")

  private static func standing(_ status: String, _ attributes: String = "") -> ScriptedService.Reply
  {
    .result(
      #"{"id":101001,"apiName":"dynsyncOutcome","status":"\#(status)","attributes":[\#(attributes)]}"#
    )
  }

  private static let attributes = [
    #"{"apiName":"outcome","dataType":"string","name":"Outcome"}"#,
    #"{"apiName":"entity","dataType":"string","name":"Entity"}"#,
    #"{"apiName":"direction","dataType":"string","name":"Direction"}"#,
    #"{"apiName":"fields","dataType":"text","name":"Fields"}"#,
    #"{"apiName":"message","dataType":"text","name":"Message"}"#,
    #"{"apiName":"run","dataType":"integer","name":"Run"}"#,
  ]

  private func provision(_ service: ScriptedService) async throws -> [String] {
    try await #require(try Fixture.connector(service).outcomeLog).provision()
  }

  @Test(arguments: ["approved", "approved with draft"])
  func `a type that stands approved is left as it is`(status: String) async throws {
    let service = ScriptedService([Self.description: [Self.standing(status)]])

    #expect(try await provision(service) == [])
    #expect(await service.calls == [])
  }

  @Test func `a type that is missing is made, filled and approved`() async throws {
    let service = ScriptedService([
      Self.description: [Self.absent], "\(Self.type).json": [.result("")],
      Self.addition: [.result("")], Self.approval: [.result("")],
    ])

    #expect(try await provision(service) == ["dynsyncOutcome"])

    #expect(
      await service.calls == [
        #"POST /rest/v1/activities/external/type.json {"apiName":"dynsyncOutcome","#
          + #""description":"What became of a change that dynsync brought from one side to the "#
          + #"other","filterName":"Had dynsync Outcome","name":"dynsync Outcome","#
          + #""primaryAttribute":{"apiName":"key","#
          + #""description":"The run, the person and the outcome","name":"Key"},"#
          + #""triggerName":"Has dynsync Outcome"}"#,
        "POST \(Self.addition) {\"attributes\":[\(Self.attributes.joined(separator: ","))]}",
        "POST \(Self.approval) {}",
      ])
  }

  @Test func `a draft that was left half-way is completed and approved`() async throws {
    let service = ScriptedService([
      Self.description: [Self.standing("draft", Self.attributes[..<4].joined(separator: ","))],
      Self.addition: [.result("")], Self.approval: [.result("")],
    ])

    #expect(try await provision(service) == ["dynsyncOutcome"])

    #expect(
      await service.calls == [
        "POST \(Self.addition) {\"attributes\":[\(Self.attributes[4...].joined(separator: ","))]}",
        "POST \(Self.approval) {}",
      ])
  }

  @Test(arguments: [
    (
      1027,
      "the subscription has as many custom activities as it may have (1027); make it in "
        + "Admin > Marketo Custom Activities, or delete one that nobody uses"
    ),
    (
      603,
      "access denied (603); give the API user's role the permission "
        + "Read-Write Activity Metadata, and put this computer on the allow list if there is one"
    ),
  ])
  func `a type that may not be made says what to do`(code: Int, words: String) async throws {
    let service = ScriptedService([
      Self.description: [Self.absent], "\(Self.type).json": [.error(code, "no")],
    ])

    let error = await failure { try await provision(service) }

    #expect(
      error?.description == "marketo: could not make the custom activity dynsyncOutcome: \(words)")
  }
}
