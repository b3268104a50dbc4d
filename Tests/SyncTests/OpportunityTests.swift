import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct OpportunityTests {
  private static func world() async throws -> World {
    let world = try World(rules: .forSales)
    await world.dynamics.put(.user, "u1", ["internalemailaddress": .text("rui@acme.test")])
    await world.dynamics.put(.team, "t1", ["name": .text("Lisbon")])
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])
    await world.dynamics.put(.account, "a2", ["name": .text("Beta")])
    await world.dynamics.put(
      .contact, "c1", ["emailaddress1": .text("ines@acme.test")], Facts(account: .dynamics("a1")))
    await world.dynamics.put(.connectionRole, "r1", ["name": .text("Decision Maker")])
    return world
  }

  private static func deal(_ world: World, _ field: FieldName) async -> Value? {
    await world.marketo.rows[.deal]?["o1"]?[field]
  }

  private static func roles(_ world: World) async -> [String] {
    await (world.marketo.rows[.role] ?? [:]).keys.sorted()
  }

  /// The Marketo id of contact `c1`.
  private static func person(_ world: World) async throws -> String {
    try #require(await world.marketo.person(withKey: "c1"))
  }

  @Test func `an opportunity of an account has its company, owner and values, and no role`()
    async throws
  {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")],
      Facts(
        owner: .team("t1"), parent: .account("a1"), amount: ExactDecimal("1200.50"),
        stage: "Develop"))

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(
      await world.marketo.rows[.deal]?["o1"] == [
        "name": .text("Big one"), "externalSalesPersonId": .text("t1"),
        "externalCompanyId": .text("a1"), "amount": .decimal(try #require(ExactDecimal("1200.5"))),
        "stage": .text("Develop"), "isClosed": .boolean(false), "isWon": .boolean(false),
      ])
    #expect(await Self.roles(world) == [])
    #expect(try await world.writes { try await world.run() } == 0)
    #expect(try world.store.leftovers() == (0, 0))
  }

  @Test func `an opportunity of a contact has the contact as customer and its account's company`()
    async throws
  {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .contact("c1")))

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await Self.deal(world, "externalCompanyId") == .text("a1"))
    let person = try await Self.person(world)
    #expect(await Self.roles(world) == ["o1/\(person)/Customer"])
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a contact that changes account moves its opportunities' company`() async throws {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .contact("c1")))
    await world.dynamics.put(
      .opportunity, "o2", ["name": .text("Another")], Facts(parent: .account("a1")))
    try await world.run()

    await world.dynamics.put(.contact, "c1", [:], Facts(account: .dynamics("a2")))
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await Self.deal(world, "externalCompanyId") == .text("a2"))
    #expect(await world.marketo.rows[.deal]?["o2"]?["externalCompanyId"] == .text("a1"))
    #expect(report.counts.recordsUpdated == 2)
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a contact that loses its account keeps its company, and its opportunities do not`()
    async throws
  {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .contact("c1")))
    try await world.run()

    await world.dynamics.put(.contact, "c1", [:], Facts())
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await Self.deal(world, "externalCompanyId") ?? .empty == .empty)
    let person = try await Self.person(world)
    #expect(await world.marketo.rows[.person]?[person]?["externalCompanyId"] == .text("a1"))
    #expect(
      try world.store.rows("SELECT dynamics_id, field, reason FROM differs") == [
        ["c1", "_account__externalCompanyId", "Marketo cannot take a person out of a company"]
      ])
    #expect(try world.store.rows("SELECT * FROM disagreement") == [])
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `an opportunity without a customer has no company, and the log says why`()
    async throws
  {
    let world = try await Self.world()
    await world.dynamics.put(.opportunity, "o1", ["name": .text("Big one")])

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await Self.deal(world, "externalCompanyId") == nil)
    #expect(
      try world.store.rows(
        "SELECT field, action, rule FROM activity_log WHERE dynamics_id = 'o1' AND action = 'skipped'"
      )
        == [["_account__externalCompanyId", "skipped", "no account: it has no customer"]])
  }

  @Test func `stakeholders become roles, once each, and go with their connections`() async throws {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .account("a1")))
    let maker = Facts(parent: .contact("c1"), opportunity: .dynamics("o1"), role: "r1")
    await world.dynamics.put(.connection, "k1", [:], maker)
    await world.dynamics.put(.connection, "k2", [:], maker)
    await world.dynamics.put(
      .connection, "k3", [:], Facts(parent: .contact("c1"), opportunity: .dynamics("o1")))

    #expect(try await world.run().isInStep)

    let person = try await Self.person(world)
    #expect(
      await Self.roles(world) == ["o1/\(person)/Decision Maker", "o1/\(person)/Stakeholder"])

    await world.dynamics.delete(.connection, "k1")
    #expect(try await world.writes { try await world.run() } == 0)
    await world.dynamics.delete(.connection, "k2")
    #expect(try await world.run().isInStep)
    #expect(await Self.roles(world) == ["o1/\(person)/Stakeholder"])

    await world.dynamics.put(
      .connection, "k3", [:],
      Facts(parent: .contact("c1"), opportunity: .dynamics("o1"), role: "r1"))
    #expect(try await world.run().isInStep)
    #expect(await Self.roles(world) == ["o1/\(person)/Decision Maker"])

    await world.dynamics.put(.connectionRole, "r1", ["name": .text("Decider")])
    #expect(try await world.run().isInStep)
    #expect(await Self.roles(world) == ["o1/\(person)/Decider"])
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a merge in Marketo moves the loser's roles and custom objects to the winner`()
    async throws
  {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .contact("c1")))
    await world.dynamics.put(
      ObjectType(.dynamics, "new_subscription"), "s1", ["new_name": .text("Gold")],
      Facts(parent: .contact("c1")))
    try await world.run()
    let loser = try await Self.person(world)
    #expect(
      await world.marketo.rows[FakeMarketo.subscription]?["s1"]?["leadId"]
        == .integer(try #require(Int64(loser))))
    let winner = await world.marketo.add(["email": .text("other@acme.test")])

    await world.marketo.merge(loser, into: winner)
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await Self.roles(world) == ["o1/\(winner)/Customer"])
    #expect(
      await world.marketo.rows[FakeMarketo.subscription]?["s1"]?["leadId"]
        == .integer(try #require(Int64(winner))))
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a lost database over an organisation in step writes nothing`() async throws {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")],
      Facts(owner: .user("u1"), parent: .contact("c1"), amount: ExactDecimal("12")))
    await world.dynamics.put(
      .connection, "k1", [:],
      Facts(parent: .contact("c1"), opportunity: .dynamics("o1"), role: "r1"))
    await world.dynamics.put(
      ObjectType(.dynamics, "new_subscription"), "s1", ["new_name": .text("Gold")],
      Facts(parent: .contact("c1")))
    try await world.run()

    let other = try World(sharing: world)
    let writes = try await world.writes {
      let report = try await other.run()
      #expect(report.isInStep)
    }

    #expect(writes == 0)
    #expect(
      try other.store.rows("SELECT entity, count(*) FROM link GROUP BY entity ORDER BY entity")
        == [
          ["account", "2"], ["contact", "1"], ["opportunity", "1"], ["opportunity_role", "2"],
          ["subscription", "1"], ["team", "1"], ["user", "1"],
        ])
  }

  @Test func `roles and custom objects wait for a person that is refused, and say for whom`()
    async throws
  {
    let world = try await Self.world()
    await world.dynamics.put(
      .contact, "c2", ["emailaddress1": .text("twice@acme.test")], Facts())
    await world.marketo.add(["email": .text("twice@acme.test")])
    await world.marketo.add(["email": .text("twice@acme.test")])
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .contact("c2")))

    let report = try await world.run()

    #expect(!report.isInStep)
    #expect(await Self.deal(world, "name") == .text("Big one"))
    #expect(
      try world.store.rows("SELECT entity, dynamics_id, reason FROM backlog") == [
        [
          "opportunity_role", "o1/contact/c2/Customer", "waiting for contact c2 (person)",
        ]
      ])
  }

  @Test func `an opportunity that is gone is kept in Marketo, and the log says so`() async throws {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .contact("c1")))
    try await world.run()

    await world.dynamics.delete(.opportunity, "o1")
    let writes = try await world.writes {
      let report = try await world.run()
      #expect(report.isInStep)
    }

    #expect(writes == 0)
    #expect(
      try world.store.rows(
        "SELECT entity, rule FROM activity_log WHERE action = 'deleted'")
        == [
          ["opportunity", "gone in dynamics: kept in marketo"],
          ["opportunity_role", "its opportunity is gone in dynamics: kept in marketo"],
        ])
  }

  @Test func `a propagated delete removes the roles and then the opportunity`() async throws {
    var world = try await Self.world()
    let place = try #require(world.rules.entities.firstIndex { $0.entity == .opportunity })
    world.rules.entities[place].onDelete = .propagate
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .contact("c1")))
    try await world.run()

    await world.dynamics.delete(.opportunity, "o1")
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await Self.roles(world) == [])
    #expect(await world.marketo.rows[.deal]?["o1"] == nil)
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `an edit in Marketo of an opportunity stands until Dynamics changes it`() async throws
  {
    let world = try await Self.world()
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(stage: "Develop"))
    try await world.run()
    await world.marketo.put("o1", ["name": .text("Typed")], in: .deal)
    #expect(try await world.writes { try await world.run() } == 0)

    await world.dynamics.put(.opportunity, "o1", [:], Facts(stage: "Close"))
    #expect(try await world.run().isInStep)

    #expect(await Self.deal(world, "name") == .text("Big one"))
    #expect(await Self.deal(world, "stage") == .text("Close"))
    #expect(
      try world.store.rows(
        """
        SELECT field, dynamics_value, marketo_value, written_value, winner FROM activity_log
        WHERE action = 'collision'
        """) == [["name__name", "Big one", "Typed", "Big one", "dynamics"]])
  }
}
