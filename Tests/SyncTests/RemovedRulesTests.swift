import Fakes
import Model
import Store
import Sync
import Testing

/// What was taken out of the configuration leaves no trouble behind.
@Suite struct RemovedRulesTests {
  private let lead = "l1"

  /// A world whose rules lack pairs of an entity from now on.
  private func without(_ entity: Entity, _ pairs: Set<String>, _ world: World) -> World {
    var world = world
    for place in world.rules.entities.indices where world.rules.entities[place].entity == entity {
      world.rules.entities[place].pairs.removeAll { pairs.contains($0.name) }
    }
    return world
  }

  private func without(_ entity: Entity, _ world: World) -> World {
    var world = world
    world.rules.entities.removeAll { $0.entity == entity }
    return world
  }

  /// A lead whose title in Marketo Dynamics refuses.
  private func refused() async throws -> World {
    let world = try World()
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: lead))
    await world.dynamics.setPoison("poison")
    await world.marketo.put(person, ["title": .text("poison")])
    #expect(try await world.run().errors == 1)
    return world
  }

  @Test func `an entity takes its errors along, and has them again when it comes back`()
    async throws
  {
    let world = try await refused()

    #expect(try await without(.lead, world).run().isInStep)
    #expect(try world.store.rows("SELECT * FROM sync_error") == [])

    #expect(try await world.run().errors == 1)
  }

  @Test func `a pair takes its error along, also one that was given up`() async throws {
    let world = try await refused()
    for _ in 2...12 {
      world.time.advance(by: 24 * 3600)
      try await world.run()
    }
    #expect(try world.store.rows("SELECT is_given_up FROM errors") == [["1"]])

    #expect(try await without(.lead, ["jobtitle__title"], world).run().isInStep)
  }

  @Test func `a pair takes along what was refused as a whole with it`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("poison")])
    await world.marketo.setTrouble(CallTrouble(refused: "poison"))
    #expect(try await world.run().errors == 1)

    #expect(try await without(.lead, ["jobtitle__title"], world).run().isInStep)
    #expect(await world.marketo.person(withKey: lead) != nil)
  }

  @Test(arguments: [false, true])
  func `what waits for another record waits no more without its pair or entity`(
    whole: Bool
  ) async throws {
    let world = try World()
    await world.dynamics.put(
      .contact, "c1", ["jobtitle": .text("CTO")], Facts(account: .dynamics("gone")))
    #expect(try await world.run().backlog == 1)

    let changed =
      whole ? without(.contact, world) : without(.contact, ["_account__externalCompanyId"], world)

    #expect(try await changed.run().isInStep)
  }

  @Test(arguments: [false, true])
  func `a pause ends with its pair or entity`(whole: Bool) async throws {
    let world = try World()
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("A")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: lead))
    for _ in 0..<3 {
      await world.marketo.put(person, ["title": .text("B")])
      try await world.run()
      await world.dynamics.put(.lead, lead, ["jobtitle": .text("A")])
      try await world.run()
    }
    #expect(try await world.run().backlog == 1)

    let changed = whole ? without(.lead, world) : without(.lead, ["jobtitle__title"], world)

    #expect(try await changed.run().isInStep)
  }

  @Test func `what was sent for an entity stays recorded, and is not left to do`() async throws {
    let world = try World(settlingTime: .seconds(600))
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("CTO")])
    await world.marketo.dropNextWrite()
    #expect(try await world.run().backlog > 0)
    let sending = "SELECT dynamics_id FROM operation WHERE status = 'sending'"

    #expect(try await without(.lead, world).run().isInStep)
    #expect(try world.store.rows(sending) == [[lead]])

    world.time.advance(by: 601)
    #expect(try await world.run().isInStep)
    #expect(try world.store.rows(sending) == [])
  }

  @Test func `a write whose answer was lost is found, though its pair was taken out`()
    async throws
  {
    let world = try World(settlingTime: .seconds(120))
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("a")])
    try await world.run()
    await world.dynamics.put(.lead, lead, ["jobtitle": .text("b")])
    await world.marketo.dropNextWrite()
    try await world.run()
    #expect(try world.store.rows("SELECT status FROM operation") == [["applied"], ["sending"]])
    let person = try #require(await world.marketo.person(withKey: lead))
    await world.marketo.put(person, ["title": .text("b")], isFromAPI: true)

    #expect(try await without(.lead, ["jobtitle__title"], world).run().isInStep)

    #expect(try world.store.rows("SELECT status FROM operation") == [["applied"], ["applied"]])
    #expect(
      try world.store.rows("SELECT written_value FROM activity_log WHERE action = 'updated'")
        == [["b"]])
    #expect(try world.store.rows("SELECT jobtitle__title__marketo FROM base_lead") == [["b"]])
  }
}
