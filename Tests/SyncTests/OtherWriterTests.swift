import Fakes
import Model
import Store
import Sync
import Testing

/// A second dynsync on the same pair is noticed.
@Suite struct OtherWriterTests {
  private func worldInStep() async throws -> World {
    let world = try World()
    for number in 1...4 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("a")])
    }
    try await world.run()
    world.time.advance(by: 60)
    return world
  }

  /// A write to Dynamics as `user`.
  private func write(_ id: String, _ title: String, as user: String, _ world: World) async {
    await world.dynamics.put(
      .lead, id, ["jobtitle": .text(title)], Facts(changedAt: world.time.now, changedBy: user))
  }

  @Test func `changes under our own name in more than one run are told`() async throws {
    let world = try await worldInStep()
    await write("l1", "b", as: "sync", world)
    #expect(try await world.run().warnings == [])
    world.time.advance(by: 60)
    await write("l2", "b", as: "sync", world)

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(
      report.warnings == [
        RunWarning(
          .otherWriter,
          "another program writes to Dynamics as dynsync's own user: 2 records in 2 runs of the"
            + " last week; if it is a second dynsync on this pair, stop one; if it is another"
            + " integration, give it a user of its own")
      ])
    #expect(
      try world.store.rows("SELECT value FROM status WHERE name = 'warning'")
        == [[report.warnings[0].message]])
    world.time.advance(by: 8 * 86_400)
    #expect(try await world.run().warnings == [])
  }

  @Test func `people's changes and our own writes are not`() async throws {
    let world = try await worldInStep()
    for turn in 1...4 {
      world.time.advance(by: 60)
      await write("l1", "p\(turn)", as: "somebody", world)
      let person = try #require(await world.marketo.person(withKey: "l2"))
      await world.marketo.put(person, ["title": .text("m\(turn)")])
      #expect(try await world.run().warnings == [])
      // A plug-in that runs as whoever wrote.
      await write("l2", "plug-in \(turn)", as: "sync", world)
    }
    #expect(try await world.run().warnings == [])
  }

  @Test func `what a plug-in does to what we never write in Dynamics is not`() async throws {
    let world = try await worldInStep()
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])
    try await world.run()
    for turn in 1...3 {
      world.time.advance(by: 60)
      await world.dynamics.put(
        .account, "a1", ["name": .text("Acme \(turn)")],
        Facts(changedAt: world.time.now, changedBy: "sync"))
      #expect(try await world.run().warnings == [])
    }
  }

  @Test func `a lost database makes no alarm`() async throws {
    let world = try await worldInStep()
    for number in 1...4 { await write("l\(number)", "b", as: "sync", world) }
    try await world.run()
    let fresh = try World(sharing: world)

    for _ in 1...3 {
      world.time.advance(by: 60)
      #expect(try await fresh.run().warnings == [])
    }
  }
}
