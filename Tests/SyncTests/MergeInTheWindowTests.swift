import Fakes
import Model
import Store
import Sync
import Testing

/// A merge in Marketo between the look at a person and its write.
@Suite struct MergeInTheWindowTests {
  @Test func `a link moves with a merge that came while its person was written`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    let loser = try #require(await world.marketo.person(withKey: "l1"))
    let winner = await world.marketo.add(["email": .text("other@visit.test")])
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])
    await world.marketo.onNextWrite { $0.merge(loser, into: winner) }
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
    try await world.run()

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(
      try world.store.rows("SELECT marketo_id FROM link WHERE state = 'active' AND entity = 'lead'")
        == [[winner]])
    #expect(await world.marketo.rows[.person]?.count == 1)
    #expect(await world.marketo.value(winner, "title") == .text("b"))
  }
}
