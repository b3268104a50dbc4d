import Fakes
import Model
import Store
import Sync
import Testing

/// When what was refused is tried again: keyed by content, doubled, and not for ever.
@Suite struct BackOffTests {
  private static let entry =
    "SELECT tries, first_at, last_at, retry_at, is_given_up FROM errors"

  /// A lead in step, whose title in Marketo Dynamics refuses.
  private func world() async throws -> (world: World, person: String) {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.setPoison("poison")
    await world.marketo.put(person, ["title": .text("poison")])
    #expect(try await world.run().errors == 1)
    return (world, person)
  }

  @Test func `the same value is tried again when its time has come, and each time later`()
    async throws
  {
    let (world, _) = try await world()
    var operations: [Int] = []
    for hours in [0, 1, 1, 1, 3, 1] {
      world.time.advance(by: Int64(hours) * 3600)
      operations.append(try await world.run().counts.operationsPlanned)
    }

    #expect(operations == [0, 1, 0, 1, 0, 1])
    #expect(
      try world.store.rows(Self.entry)
        == [["4", "2026-01-01T00:00:00Z", "2026-01-01T07:00:00Z", "2026-01-01T15:00:00Z", "0"]])
  }

  @Test func `the same value is given up in the end, until it changes`() async throws {
    let (world, person) = try await world()
    for _ in 2...12 {
      world.time.advance(by: 24 * 3600)
      try await world.run()
    }
    #expect(
      try world.store.rows(Self.entry)
        == [["12", "2026-01-01T00:00:00Z", "2026-01-12T00:00:00Z", "", "1"]])
    #expect(
      try world.store.rows("SELECT value FROM status WHERE name = 'given up'") == [["1"]])

    world.time.advance(by: 1000 * 24 * 3600)
    #expect(try await world.run().counts.operationsPlanned == 0)
    #expect(try await world.run().errors == 1)

    await world.marketo.put(person, ["title": .text("CEO")])
    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("CEO"))
  }

  @Test func `another value that is refused begins anew, and keeps when the trouble came up`()
    async throws
  {
    let (world, person) = try await world()
    world.time.advance(by: 3600)
    try await world.run()
    world.time.advance(by: 600)
    await world.dynamics.setPoison("worse")
    await world.marketo.put(person, ["title": .text("worse")])

    #expect(try await world.run().errors == 1)

    #expect(
      try world.store.rows(Self.entry)
        == [["1", "2026-01-01T00:00:00Z", "2026-01-01T01:10:00Z", "2026-01-01T02:10:00Z", "0"]])
  }

  @Test(arguments: ["l1", "the person", "all"])
  func `a person has it tried again at once`(named: String) async throws {
    let (world, person) = try await world()
    let ids: [String]? = named == "all" ? nil : [named == "l1" ? "l1" : person]
    await world.dynamics.setPoison(nil)
    #expect(try await world.run().counts.operationsPlanned == 0)

    #expect(try world.store.retry(ids, at: world.time.now) == 1)

    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("poison"))
    #expect(try world.store.retry(ids, at: world.time.now) == 0)
  }

  @Test func `a retry while the record is being written has it planned again`() async throws {
    let (world, person) = try await world()
    await world.dynamics.put(.lead, "l1", ["telephone1": .text("555")])
    let (store, time) = (world.store, world.time)
    await world.marketo.onNextWrite { _ in _ = try? store.retry(nil, at: time.now) }
    await world.dynamics.setPoison(nil)

    #expect(try await world.run().isInStep)

    #expect(await world.marketo.value(person, "phone") == .text("555"))
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("poison"))
  }

  @Test func `a choice that waits for a person keeps the moment at which it came up`()
    async throws
  {
    var rules = SyncRules.forTests
    for entity in rules.entities.indices {
      for pair in rules.entities[entity].pairs.indices
      where rules.entities[entity].pairs[pair].name == "jobtitle__title" {
        rules.entities[entity].pairs[pair].winner = .manual
      }
    }
    let world = try World(rules: rules)
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CEO")])
    await world.marketo.put(person, ["title": .text("Chair")])
    #expect(try await world.run().errors == 1)

    world.time.advance(by: 600)
    await world.marketo.put(person, ["phone": .text("555")])
    #expect(try await world.run().errors == 1)

    #expect(
      try world.store.rows("SELECT kind, first_at, last_at FROM errors")
        == [["manual", "2026-01-01T00:00:00Z", "2026-01-01T00:10:00Z"]])
  }

  @Test func `a wish whose owner Dynamics refuses is granted without him, in one run`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.user, "u1", ["internalemailaddress": .text("u1@acme.test")])
    try await world.run()
    let person = await world.marketo.add([
      "email": .text("vi@visit.test"), "externalSalesPersonId": .text("u1"),
    ])
    await world.dynamics.refuseOwner("u1")
    await world.marketo.put(person, ["dynamicsSyncAs": .text("lead")])

    let report = try await world.run()

    #expect(await world.dynamics.rows[.lead]?.count == 1)
    #expect(report.counts.rejections == 1)
    #expect(
      try world.store.rows(
        "SELECT field, error_code, message FROM activity_log WHERE action = 'rejected'")
        == [["_owner", "0x80040229", "no such owner"]])
    let calls = await world.dynamics.writeCount
    try await world.run()
    #expect(await world.dynamics.writeCount == calls)
  }

  @Test func `a refused request of the command line is in the log when it falls off the list`()
    async throws
  {
    let world = try World()
    try await world.run()
    let person = await world.marketo.add(["email": .text("bad@visit.test")])
    await world.dynamics.setTrouble(CallTrouble(refused: "bad@visit.test"))
    try await world.run(
      RunOptions(requests: [SyncRequest(person: .marketo(person), entity: .lead)]))
    #expect(try world.store.rows("SELECT marketo_id FROM errors") == [[person]])

    await world.marketo.put(person, ["title": .text("CEO")])
    try await world.run()

    #expect(try world.store.rows("SELECT marketo_id FROM errors") == [])
    #expect(
      try world.store.rows(
        "SELECT marketo_id, rule, error_code, message FROM activity_log WHERE action = 'skipped'")
        == [
          [
            person, "refused by dynamics, and the person asks no more", "609",
            "the whole call was refused, also with this record alone: the data of the call were"
              + " refused",
          ]
        ])
  }
}
