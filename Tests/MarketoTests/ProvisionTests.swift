import Model
import Testing

@testable import Marketo

@Suite struct ProvisionTests {
  private static let path = "/rest/v1/leads/schema/fields.json"

  @Test func `nothing is made where all link fields are there`() async throws {
    let service = ScriptedService()
    #expect(try await Fixture.connector(service).provision([]) == [])
    #expect(await service.calls == [])
  }

  @Test func `missing link fields are made in one call and the description is read anew`()
    async throws
  {
    let before = Self.describing(removing: ["dynamicsId", "dynamicsSyncAs"])
    let service = ScriptedService([
      "/rest/v1/leads/describe.json": [before, .result(Fixture.older)],
      Self.path: [
        .result(
          #"{"name":"dynamicsId","status":"created"},"#
            + #"{"status":"skipped","reasons":[{"code":"1005","message":"exists"}]}"#)
      ],
    ])
    let connector = try Fixture.connector(service)
    #expect(try await connector.provision([]) == ["dynamicsId"])
    #expect(
      await service.calls == [
        #"POST /rest/v1/leads/schema/fields.json {"input":["#
          + #"{"dataType":"string","description":"Kept by dynsync","displayName":"Dynamics Id","#
          + #""name":"dynamicsId"},"#
          + #"{"dataType":"string","description":"Kept by dynsync","#
          + #""displayName":"Dynamics Sync As","name":"dynamicsSyncAs"}]}"#
      ])
    #expect(try await connector.provision([]) == [])
  }

  @Test func `a field that is refused stops with what to make by hand`() async throws {
    let service = ScriptedService([
      "/rest/v1/leads/describe.json": [Self.describing(removing: ["dynamicsIsDeleted"])],
      Self.path: [
        .result(#"{"status":"skipped","reasons":[{"code":"1001","message":"no"}]}"#)
      ],
    ])
    let error = await failure { try await Fixture.connector(service).provision([]) }
    #expect(
      error?.description
        == "marketo: could not make fields of persons: the field dynamicsIsDeleted was refused "
        + "(1001); make it in Admin > Field Management, of type boolean")
  }

  @Test func `the right to make fields is named where it is missing`() async throws {
    let service = ScriptedService([
      "/rest/v1/leads/describe.json": [Self.describing(removing: ["dynamicsId"])],
      Self.path: [.error(603, "Access denied")],
    ])
    let error = await failure { try await Fixture.connector(service).provision([]) }
    #expect(error?.kind == .rights)
    #expect(error?.mend?.contains("Read-Write Schema Custom Field") == true)
  }

  private static func describing(removing names: [String]) -> ScriptedService.Reply {
    var text = Fixture.older
    for name in names {
      text = text.replacing(#""name":"\#(name)""#, with: #""name":"x_\#(name)""#)
    }
    return .result(text)
  }
}
