import Model
import Testing

@testable import Marketo

@Suite struct LimitTests {
  @Test func `no window of 20 seconds holds more calls than our share`() async throws {
    let service = ScriptedService([
      "/rest/v1/leads.json": Array(repeating: .result(""), count: 10)
    ])
    let clock = JumpingClock()
    let connector = try Fixture.connector(
      service, settings: Fixture.settings(share: .init(calls: 4, atOnce: 2)), clock: clock)
    _ = try await connector.find(
      in: Fixture.person, by: .id, values: (1...3000).map(String.init))
    #expect(await connector.callCount == 12)
    #expect(await service.mostAtOnce <= 2)
    #expect(clock.slept.count >= 2)
    #expect(clock.now.offset >= .seconds(40))
  }

  @Test func `a cancelled call is an error of the service, not applied where it never left`()
    async throws
  {
    let service = ScriptedService(["/rest/v1/leads.json": [.result("")]])
    let connector = try Fixture.connector(service)
    let error = await withTaskGroup(of: ServiceError?.self) { group in
      group.addTask {
        withUnsafeCurrentTask { $0?.cancel() }
        let write = Write(
          operation: 1, object: .person, action: .delete(.marketo("1")), fields: [:])
        return await failure { try await connector.write([write], to: Fixture.person) }
      }
      return await group.next() ?? nil
    }
    #expect(error?.reason == "the run was stopped")
    #expect(error?.mayHaveApplied == false)
  }
}
