import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct RunCountTests {
  @Test func `a run counts the collisions that it settled`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("old"), "telephone1": .text("1")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a"), "telephone1": .text("2")])
    await world.marketo.put(person, ["title": .text("b"), "phone": .text("3")])

    let report = try await world.run()
    let quiet = try await world.run()

    #expect(report.counts.collisions == 2)
    #expect(quiet.counts.collisions == 0)
  }
}
