import Fakes
import Model
import Store
import Sync
import Testing

/// What persons in Marketo are told of what became of changes.
@Suite struct OutcomeTests {
  private func world(_ leads: Int = 1, logs: Bool = true) async throws -> World {
    var world = try World()
    world.rules.logsActivities = logs
    for number in 0..<leads {
      await world.dynamics.put(
        .lead, "l\(number + 1)",
        ["emailaddress1": .text("p\(number)@x.test"), "jobtitle": .text("CTO")])
    }
    return world
  }

  /// What the logs hold: person, outcome, direction, fields and words.
  private func told(_ world: World) async -> [String] {
    await world.marketo.log.entries.map { entry in
      [
        entry.person.text, entry.outcome.rawValue, entry.direction.rawValue,
        entry.fields ?? "-", entry.message ?? "-",
      ].joined(separator: " | ")
    }
  }

  @Test func `a new person is told that it was created, once`() async throws {
    let world = try await world()

    #expect(try await world.run().isInStep)
    try await world.run()

    #expect(await told(world) == ["1001 | synced | to_marketo | - | created in marketo"])
    #expect(await world.marketo.log.keys == ["run 1 of 2026-01-01T00:00:00Z: 1001 synced"])
    #expect(
      try world.store.rows("SELECT state, service_id, request_id FROM outcome_activity")
        == [["written", "g1", "r1"]])
    #expect(await world.marketo.log.looks == 0)
  }

  @Test func `nobody is told anything unless the configuration says so`() async throws {
    let world = try await world(logs: false)
    try await world.run()

    #expect(await told(world) == [])
    #expect(try world.store.rows("SELECT * FROM outcome_activity") == [])
  }

  @Test func `what was before the setting is not told, nor what was left when it went`()
    async throws
  {
    var world = try await world(logs: false)
    try await world.run()
    world.rules.logsActivities = true
    await world.dynamics.put(.lead, "l1", ["telephone1": .text("1")])
    await world.marketo.log.expect(.unavailable)
    try await world.run()
    #expect(await told(world) == [])

    world.rules.logsActivities = false
    try await world.run()
    world.rules.logsActivities = true
    try await world.run()

    #expect(await told(world) == [])
    #expect(try world.store.rows("SELECT * FROM outcome_activity") == [])
  }

  @Test func `several fields both ways are one activity, and a collision names its winner`()
    async throws
  {
    let world = try await world()
    try await world.run()
    await world.dynamics.put(
      .lead, "l1", ["telephone1": .text("1"), "jobtitle": .text("CEO")])
    await world.marketo.put(
      "1001", ["leadSource": .text("Web"), "title": .text("Chief"), "email": .text("q@x.test")])

    try await world.run()

    #expect(
      await told(world).suffix(1) == [
        "1001 | synced | both | phone, email, title, leadSource | title: marketo won"
      ])
  }

  @Test func `what Dynamics refuses is told to the person, with its words`() async throws {
    let world = try await world()
    try await world.run()
    await world.dynamics.setPoison("poison")
    await world.marketo.put("1001", ["title": .text("poison"), "phone": .text("1")])

    #expect(try await world.run().errors == 1)

    let last = await told(world).dropFirst().sorted()
    #expect(
      last == [
        "1001 | refused | to_dynamics | title | title: too long (dynamics 0x80044331)",
        "1001 | synced | to_dynamics | phone | -",
      ])
  }

  @Test func `a dry run tells nobody`() async throws {
    let world = try await world()
    try await world.run(RunOptions(isDry: true))

    #expect(await told(world) == [])
    #expect(try world.store.rows("SELECT * FROM told_log") == [])
  }

  @Test func `accounts and other records without a log are not told`() async throws {
    let world = try await world()
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])

    try await world.run()

    #expect(await world.marketo.log.entries.map(\.entity) == [.lead])
  }

  @Test func `an activity is no change`() async throws {
    let world = try await world(3)
    try await world.run()

    let writes = try await world.writes {
      let report = try await world.run()
      #expect(report.counts.operationsPlanned == 0)
      #expect(report.counts.recordsChanged == 0)
    }

    #expect(writes == 0)
    #expect(await world.marketo.log.entries.count == 3)
  }
}
