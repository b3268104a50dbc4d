import Fakes
import Model
import Store
import Sync
import Testing

/// Persons that are found missing while a run writes, a few in each batch.
@Suite struct AbsenceInPushTests {
  /// Leads in step, all of them changed in Dynamics, and the ids of every second one's person.
  private func changedWorld() async throws -> (World, lost: Set<String>) {
    var world = try World()
    world.rules.limits.deletes = 5
    for number in 10..<34 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("a")])
    }
    try await world.run()
    var some: Set<String> = []
    for number in stride(from: 10, to: 34, by: 2) {
      some.insert(try #require(await world.marketo.person(withKey: "l\(number)")))
    }
    for number in 10..<34 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("b")])
    }
    return (world, some)
  }

  @Test func `their sum stops the run, and the next one looks at everything first`() async throws {
    let (world, some) = try await changedWorld()
    await world.marketo.conceal(some)

    #expect(
      try await world.stop().reason
        == "6 of 24 marketo person records were not found (limit 5); nothing more was written")
    for _ in 1...2 {
      let writes = try await world.writes {
        let stop = try await world.stop()
        #expect(
          stop.reason
            == "12 of 24 marketo person records were not found (limit 5); nothing was written")
      }
      #expect(writes == 0)
    }
    #expect(await world.marketo.rows[.person]?.count == 24)

    await world.marketo.conceal([])
    #expect(try await world.run().isInStep)
    #expect(await world.marketo.rows[.person]?.count == 24)
    #expect(
      try world.store.rows("SELECT count(*) FROM marketo_person WHERE title = 'b'") == [["24"]])
  }

  @Test func `one person may allow them all by the next run's digest`() async throws {
    let (world, some) = try await changedWorld()
    await world.marketo.conceal(some)
    _ = try await world.stop()
    let digest = try await world.stop().digest

    try await world.run(RunOptions(allowedMass: digest))

    #expect(
      try world.store.rows("SELECT count(*) FROM link WHERE state = 'deleted'") == [["12"]])
  }
}
