import Model
import Testing
import Transport

@testable import Marketo

/// A call that Marketo refuses as a whole.
@Suite struct WholeCallTests {
  @Test(arguments: [609, 612, 701])
  func `a write that is refused as a whole is told at once, for others to split it`(
    code: Int
  ) async throws {
    let path = "/rest/v1/leads.json"
    let service = ScriptedService([path: [.error(code)]])
    let writes = (1...2).map {
      Write(
        operation: Int64($0), object: .person,
        action: .update(.marketo(String($0)), ifVersion: nil), fields: ["email": .text("a@b.test")])
    }

    let error = await #expect(throws: ServiceError.self) {
      try await Fixture.connector(service).write(writes, to: Fixture.person)
    }

    #expect(error?.kind == .refusedCall)
    #expect(error?.code == String(code))
    #expect(error?.mayHaveApplied == false)
    #expect(await service.count(path) == 1)
  }
}
