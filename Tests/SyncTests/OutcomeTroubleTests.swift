import Fakes
import Model
import Sync
import Testing

@testable import Store

/// Persons are told once, whatever happens on the way, and never at the cost of the records.
@Suite struct OutcomeTroubleTests {
  private func world(_ leads: Int, store: Store? = nil) async throws -> World {
    var world = try World(settlingTime: .seconds(120), store: store)
    world.rules.logsActivities = true
    for number in 0..<leads {
      await world.dynamics.put(.lead, "l\(number + 1)", ["jobtitle": .text("CTO")])
    }
    return world
  }

  private static let states =
    "SELECT marketo_id, state, silences, refusals FROM outcome_activity ORDER BY marketo_id"

  @Test func `a lost answer is found in the log and not repeated`() async throws {
    let world = try await world(1)
    await world.marketo.log.expect(.lostAnswer)

    #expect(try await world.run().isInStep)
    #expect(try world.store.rows(Self.states) == [["1001", "sending", "0", "0"]])
    try await world.run()

    #expect(await world.marketo.log.keys.count == 1)
    #expect(try world.store.rows(Self.states) == [["1001", "written", "0", "0"]])
  }

  @Test func `a lost request is sent again, but not before it can no longer take effect`()
    async throws
  {
    let world = try await world(1)
    await world.marketo.log.expect(.lostRequest)
    try await world.run()
    world.time.advance(by: 119)
    try await world.run()
    #expect(await world.marketo.log.keys == [])

    world.time.advance(by: 1)
    try await world.run()

    #expect(await world.marketo.log.keys == ["run 1 of 2026-01-01T00:00:00Z: 1001 synced"])
    #expect(try world.store.rows(Self.states) == [["1001", "written", "1", "0"]])
  }

  @Test func `an activity that comes late stays the only one`() async throws {
    let world = try await world(2)
    await world.marketo.log.expect(.late)
    try await world.run()
    world.time.advance(by: 60)
    try await world.run()
    await world.marketo.log.carryOutLate()
    world.time.advance(by: 60)
    try await world.run()

    #expect(await world.marketo.log.keys.sorted().count == 2)
    #expect(
      try world.store.rows(Self.states)
        == [["1001", "written", "0", "0"], ["1002", "written", "0", "0"]])
  }

  @Test func `a service that is away fails no run, and is told later`() async throws {
    let world = try await world(1)
    await world.marketo.log.expect(.unavailable)

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(
      report.warnings == [
        RunWarning(
          .activities,
          "persons in Marketo were not told what became of changes: "
            + "marketo: could not write activities: no")
      ])
    #expect(try await world.run().warnings == [])
    #expect(await world.marketo.log.keys.count == 1)
  }

  @Test func `a missing type is a warning at each run until it is there`() async throws {
    let world = try await world(1)
    await world.marketo.log.expect(.missingType, .missingType)

    #expect(try await world.run().warnings.count == 1)
    #expect(try await world.run().warnings.count == 1)
    #expect(try await world.run().warnings.count == 0)

    #expect(await world.marketo.log.keys.count == 1)
  }

  @Test func `a person that is gone is not told, and nobody is bothered`() async throws {
    let world = try await world(2)
    await world.marketo.log.remove("1001")

    #expect(try await world.run().warnings == [])
    #expect(try await world.run().warnings == [])

    #expect(
      try world.store.rows(Self.states)
        == [["1001", "gone", "0", "0"], ["1002", "written", "0", "0"]])
    #expect(await world.marketo.log.writes == [2])
  }

  @Test func `what is refused is told as a warning, tried less and less, and given up`()
    async throws
  {
    let world = try await world(1)
    for attempt in 1...12 {
      await world.marketo.log.expect(.refused("1003"))
      let warnings = try await world.run().warnings.map(\.message)
      let end = attempt < 12 ? "" : " and 1 are given up"
      #expect(
        warnings == [
          "of the activities by which persons in Marketo are told what became of changes, "
            + "1 were refused (Marketo's code 1003)\(end); the table outcome_activity names them"
        ])
      // Not before its time.
      #expect(try await world.run().warnings == [])
      world.time.advance(by: 24 * 3600)
    }

    #expect(try await world.run().warnings == [])
    #expect(try world.store.rows(Self.states) == [["1001", "refused", "0", "12"]])
    #expect(await world.marketo.log.writes.count == 12)

    #expect(try world.store.retry(nil, at: world.time.now) == 0)
    #expect(try await world.run().warnings == [])
    #expect(try world.store.rows(Self.states) == [["1001", "written", "0", "0"]])
  }

  @Test func `a call that is refused as a whole is halved until one stands alone`() async throws {
    let world = try await world(7)
    await world.marketo.log.setPoison("1003")

    #expect(try await world.run().warnings.count == 1)

    #expect(await world.marketo.log.keys.count == 6)
    #expect(await world.marketo.log.writes == [4, 2, 2, 1, 1, 3])
    #expect(
      try world.store.rows("\(Self.states)")[2] == ["1003", "pending", "0", "1"])
  }

  @Test func `an activity at which the service breaks is found out and given up`() async throws {
    let world = try await world(3)
    await world.marketo.log.setPoison("1002", isSilent: true)
    for _ in 0..<8 {
      try await world.run()
      world.time.advance(by: 120)
    }

    #expect(
      try world.store.rows(Self.states) == [
        ["1001", "written", "1", "0"], ["1002", "refused", "5", "0"],
        ["1003", "written", "1", "0"],
      ])
    #expect(Set(await world.marketo.log.keys).count == 2)
    #expect(await world.marketo.log.keys.count == 2)
  }

  @Test func `what a batch left is sent at the next run`() async throws {
    let world = try await world(3)
    await world.marketo.log.expect(.partial)
    try await world.run()
    #expect(await world.marketo.log.keys.count == 1)

    try await world.run()

    #expect(Set(await world.marketo.log.keys).count == 3)
    #expect(await world.marketo.log.keys.count == 3)
  }

  @Test func `a database that was put back does not tell again what it forgot to have told`()
    async throws
  {
    let world = try await world(3)
    try await world.run()
    try world.store.write("put back") { db in
      try db.execute(sql: "DELETE FROM outcome_activity; UPDATE told_log SET seq = 0")
    }

    try await world.run()

    #expect(await world.marketo.log.keys.count == 3)
    #expect(await world.marketo.log.writes == [3])
    #expect(
      try world.store.rows("SELECT DISTINCT state FROM outcome_activity") == [["written"]])
  }

  @Test func `another subscription's persons are not told`() async throws {
    let world = try await world(2)
    await world.marketo.log.expect(.unavailable)
    try await world.run()
    await world.marketo.answer(asSubscription: "999-ZZZ-999")
    try await Adoption(of: world.marketo, in: world.store)
      .carryOut(in: world.store, version: "test", at: world.time.now)

    try await world.run()

    #expect(await world.marketo.log.keys == [])
    #expect(
      try world.store.rows("SELECT DISTINCT state FROM outcome_activity") == [["gone"]])
  }

  @Test func `a clock that was ahead holds nothing up`() async throws {
    let world = try await world(1)
    world.time.advance(by: 1_000_000)
    await world.marketo.log.expect(.lostRequest)
    try await world.run()
    world.time.advance(by: -1_000_000)

    try await world.run()
    world.time.advance(by: 120)
    try await world.run()

    #expect(await world.marketo.log.keys.count == 1)
  }
}
