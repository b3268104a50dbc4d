import Fakes
import Model
import Store
import Sync
import Testing

/// A field that something changes back after every run is paused.
@Suite struct PauseTests {
  private let lead = "l1"

  /// A lead whose title two automations fight over, and a bystander, after so many runs.
  private func fight(runs: Int) async throws -> (world: World, person: String) {
    let world = try World()
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("A")])
    await world.dynamics.put(.lead, "l2", ["jobtitle": .text("x")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: lead))
    for _ in 0..<runs {
      await world.marketo.put(person, ["title": .text("B")])
      try await world.run()
      await world.dynamics.put(.lead, lead, ["jobtitle": .text("A")])
      try await world.run()
    }
    return (world, person)
  }

  @Test func `the fight ends at the sixth run, is named, and others go on`() async throws {
    let (world, person) = try await fight(runs: 2)
    await world.marketo.put(person, ["title": .text("B")])
    #expect(try await world.run().isInStep)
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("A")])
    await world.dynamics.put(.lead, "l2", ["jobtitle": .text("y")])

    let report = try await world.run()

    #expect(report.isInStep == false)
    #expect(await world.marketo.value(person, "title") == .text("B"))
    let bystander = try #require(await world.marketo.person(withKey: "l2"))
    #expect(await world.marketo.value(bystander, "title") == .text("y"))
    #expect(report.backlog == 1)
    #expect(
      try world.store.rows("SELECT entity, dynamics_id, marketo_id, reason FROM backlog") == [
        [
          "lead", lead, person,
          "paused: jobtitle__title is changed back after each run since 2026-01-01T00:00:00Z;"
            + " its values come and go: B,A",
        ]
      ])
    #expect(try world.store.rows("SELECT reason FROM differs") == [["paused"]])
    #expect(try world.store.rows("SELECT * FROM disagreement") == [])
    #expect(report.warnings.map(\.kind) == [.paused])
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `another value of a person goes through and ends the pause`() async throws {
    let (world, person) = try await fight(runs: 3)
    #expect(try await world.run().backlog == 1)
    await world.marketo.put(person, ["title": .text("C")])

    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.lead, lead, "jobtitle") == .text("C"))
    #expect(try world.store.rows("SELECT * FROM paused_value") == [])
  }

  @Test func `both sides at one again end the pause without a write`() async throws {
    let (world, person) = try await fight(runs: 3)
    await world.marketo.put(person, ["title": .text("A")])

    let writes = try await world.writes {
      let report = try await world.run()
      #expect(report.isInStep)
    }
    #expect(writes == 0)
    #expect(try world.store.rows("SELECT * FROM paused_value") == [])
  }

  @Test func `a resumed record is written again`() async throws {
    let (world, person) = try await fight(runs: 3)
    #expect(try await world.run().backlog == 1)

    #expect(try world.store.retry([person], at: world.time.now) == 1)

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.value(person, "title") == .text("A"))
    #expect(try world.store.retry([lead], at: world.time.now) == 0)
  }

  @Test func `a person who changes a field at every run is not paused`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("A")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: lead))
    for turn in 0..<12 {
      await world.marketo.put(person, ["title": .text(turn.isMultiple(of: 2) ? "B" : "A")])
      #expect(try await world.run().isInStep)
    }
  }

  @Test func `a counter that both sides raise is not paused`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("0")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: lead))
    for turn in 1...12 {
      if turn.isMultiple(of: 2) {
        await world.marketo.put(person, ["title": .text("\(turn)")])
      } else {
        await world.dynamics.put(.lead, lead, ["jobtitle": .text("\(turn)")])
      }
      #expect(try await world.run().isInStep)
    }
  }

  @Test func `dynsync's own field that an automation alters each time is paused as well`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("A")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: lead))
    for turn in 1...5 {
      await world.marketo.put(person, ["dynamicsType": .text("mine \(turn)")])
      #expect(try await world.run().isInStep)
    }
    await world.marketo.put(person, ["dynamicsType": .text("mine 6")])

    #expect(try await world.run().backlog == 1)
    #expect(await world.marketo.value(person, "dynamicsType") == .text("mine 6"))
  }
}
