import Fakes
import Model
import Store
import Sync
import Testing

/// Roles of which two say the same, or many go at once.
@Suite struct RoleTroubleTests {
  private static func world() async throws -> World {
    let world = try World(rules: .forSales)
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .account("a1")))
    return world
  }

  private static func stakeholder(_ person: Reference, role: String? = nil) -> Facts {
    Facts(parent: person, opportunity: .dynamics("o1"), role: role)
  }

  private static func roles(_ world: World) async -> [String] {
    await (world.marketo.rows[.role] ?? [:]).keys.sorted()
  }

  @Test func `a lead and the contact that it became are one stakeholder, and no error`()
    async throws
  {
    let world = try await Self.world()
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("ines@acme.test")])
    await world.dynamics.put(
      .connection, "k1", [:], Self.stakeholder(Reference(.lead, .dynamics("l1"))))
    #expect(try await world.run().isInStep)
    let person = try #require(await world.marketo.person(withKey: "l1"))

    await world.dynamics.put(
      .lead, "l1", [:],
      Facts(email: "ines@acme.test", state: .qualified, convertedTo: .dynamics("c1")))
    await world.dynamics.put(
      .contact, "c1", ["emailaddress1": .text("ines@acme.test")],
      Facts(originatingLead: .dynamics("l1")))
    #expect(try await world.run().isInStep)
    await world.dynamics.put(.connection, "k2", [:], Self.stakeholder(.contact("c1")))
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(report.errors == 0)
    #expect(await Self.roles(world) == ["o1/\(person)/Stakeholder"])

    await world.dynamics.delete(.connection, "k1")
    #expect(try await world.run().isInStep)
    #expect(await Self.roles(world) == ["o1/\(person)/Stakeholder"])
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `two stakeholders whose persons were merged in Marketo are one, no role refused`()
    async throws
  {
    let world = try await Self.world()
    for number in [1, 2] {
      await world.dynamics.put(
        .contact, "c\(number)", ["emailaddress1": .text("p\(number)@acme.test")])
      await world.dynamics.put(
        .connection, "k\(number)", [:], Self.stakeholder(.contact("c\(number)")))
    }
    #expect(try await world.run().isInStep)
    let winner = try #require(await world.marketo.person(withKey: "c1"))
    let loser = try #require(await world.marketo.person(withKey: "c2"))

    await world.marketo.merge(loser, into: winner)
    let report = try await world.run()

    #expect(report.errors == 1)
    #expect(await Self.roles(world) == ["o1/\(winner)/Stakeholder"])
    #expect(try world.store.rows("SELECT dynamics_id FROM errors") == [["c2"]])
    world.time.advance(by: 48 * 3600)
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a role that changes in its capitals alone stays the same row`() async throws {
    let world = try await Self.world()
    await world.dynamics.put(.connectionRole, "r1", ["name": .text("decider")])
    await world.dynamics.put(.contact, "c1", ["emailaddress1": .text("ines@acme.test")])
    await world.dynamics.put(
      .connection, "k1", [:], Self.stakeholder(.contact("c1"), role: "r1"))
    #expect(try await world.run().isInStep)
    let person = try #require(await world.marketo.person(withKey: "c1"))

    await world.dynamics.put(.connectionRole, "r1", ["name": .text("Decider")])
    #expect(try await world.run().isInStep)

    #expect(await Self.roles(world) == ["o1/\(person)/Decider"])
    #expect(
      try world.store.rows("SELECT _role, _is_deleted FROM dynamics_opportunity_role")
        == [["Decider", "0"]])
  }

  @Test func `roles that all go at once stop the run`() async throws {
    let world = try await Self.world()
    for number in 0..<60 {
      await world.dynamics.put(
        .contact, "c\(number)", ["emailaddress1": .text("p\(number)@acme.test")])
      await world.dynamics.put(
        .connection, "k\(number)", [:], Self.stakeholder(.contact("c\(number)")))
    }
    #expect(try await world.run().isInStep)

    for number in 0..<60 { await world.dynamics.delete(.connection, "k\(number)") }
    await #expect(throws: RunError.self) { try await world.run() }

    #expect(await Self.roles(world).count == 60)
  }

  @Test(arguments: [true, false])
  func `a removal whose answer was lost is settled, and done once`(wasDone: Bool) async throws {
    let world = try await Self.world()
    await world.dynamics.put(.contact, "c1", ["emailaddress1": .text("ines@acme.test")])
    await world.dynamics.put(.connection, "k1", [:], Self.stakeholder(.contact("c1")))
    try await world.run()
    await world.dynamics.delete(.connection, "k1")
    if wasDone {
      await world.marketo.loseNextAnswer()
    } else {
      await world.marketo.dropNextWrite()
    }

    try await world.run()
    try await world.run()

    #expect(await Self.roles(world) == [])
    #expect(try world.store.leftovers() == (0, 0))
    #expect(
      try world.store.rows(
        "SELECT count(*) FROM activity_log WHERE entity = 'opportunity_role' AND action = 'deleted'"
      )
        == [["1"]])
    await world.dynamics.put(.connection, "k1", [:], Self.stakeholder(.contact("c1")))
    #expect(try await world.run().isInStep)
    #expect(await Self.roles(world).count == 1)
  }

  @Test func `a person that is made anew has its role again`() async throws {
    let world = try await Self.world()
    await world.dynamics.put(.contact, "c1", ["emailaddress1": .text("ines@acme.test")])
    await world.dynamics.put(.connection, "k1", [:], Self.stakeholder(.contact("c1")))
    try await world.run()
    let first = try #require(await world.marketo.person(withKey: "c1"))
    await world.marketo.delete(first)
    await world.marketo.delete("o1/\(first)/Stakeholder", in: .role)
    try await world.run()

    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    #expect(try await world.run().isInStep)

    let second = try #require(await world.marketo.person(withKey: "c1"))
    #expect(await Self.roles(world) == ["o1/\(second)/Stakeholder"])
  }

  @Test func `an opportunity that is made anew has its roles again`() async throws {
    let world = try await Self.world()
    await world.dynamics.put(.contact, "c1", ["emailaddress1": .text("ines@acme.test")])
    await world.dynamics.put(.connection, "k1", [:], Self.stakeholder(.contact("c1")))
    try await world.run()
    let role = try #require(await Self.roles(world).first)
    await world.marketo.delete("o1", in: .deal)
    await world.marketo.delete(role, in: .role)

    await world.dynamics.put(.opportunity, "o1", ["name": .text("Bigger one")])
    #expect(try await world.run().isInStep)

    #expect(await world.marketo.rows[.deal]?["o1"]?["name"] == .text("Bigger one"))
    #expect(await Self.roles(world) == [role])
  }

  @Test func `a run of one opportunity tells that its role waits`() async throws {
    let world = try await Self.world()
    let id = "20000000-0000-4000-8000-000000000001"
    await world.marketo.add(["email": .text("twice@acme.test")])
    await world.marketo.add(["email": .text("twice@acme.test")])
    await world.dynamics.put(.contact, "c1", ["emailaddress1": .text("twice@acme.test")])
    await world.dynamics.put(
      .opportunity, id, ["name": .text("Big one")], Facts(parent: .contact("c1")))
    try await world.run()

    let report = try await world.run(RunOptions(record: id))

    #expect(report.backlog == 1)
  }

  @Test func `roles of an opportunity that is left out wait for nothing`() async throws {
    let world = try World(rules: .forSales)
    await world.dynamics.put(.contact, "c1", ["emailaddress1": .text("ines@acme.test")])
    await world.dynamics.put(.connection, "k1", [:], Self.stakeholder(.contact("c1")))
    try await world.run()

    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(isIncluded: false))
    let report = try await world.run()

    #expect(report.isInStep)
    await world.dynamics.put(.opportunity, "o1", [:], Facts())
    #expect(try await world.run().isInStep)
    #expect(await Self.roles(world).count == 1)
  }
}
