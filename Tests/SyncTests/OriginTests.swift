import Fakes
import Model
import Store
import Sync
import Testing

/// What the log says that derived values were made from.
@Suite struct OriginTests {
  private static func world() async throws -> World {
    let world = try World(rules: .forSales)
    await world.dynamics.put(.team, "t1", ["name": .text("Lisbon")])
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])
    await world.dynamics.put(.account, "a2", ["name": .text("Beta")])
    await world.dynamics.put(
      .contact, "c1", ["emailaddress1": .text("ines@acme.test")], Facts(account: .dynamics("a1")))
    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Big one")], Facts(parent: .contact("c1")))
    return world
  }

  private static func notes(_ world: World) throws -> [[String]] {
    try world.store.rows(
      """
      SELECT dynamics_id, field, written_value, message FROM activity_log
      WHERE message IS NOT NULL ORDER BY seq
      """)
  }

  @Test func `a contact that changes account is in the log of its opportunity's company`()
    async throws
  {
    let world = try await Self.world()
    try await world.run()

    await world.dynamics.put(.contact, "c1", [:], Facts(account: .dynamics("a2")))
    try await world.run()

    let company = "_account__externalCompanyId"
    #expect(
      try Self.notes(world) == [
        ["c1", company, "a2", "account a2 ↔ Marketo a2"],
        ["o1", company, "a2", "customer contact c1 → account a2 ↔ Marketo a2"],
      ])
  }

  @Test func `a customer that is an account, none, and a team as owner are in the log`()
    async throws
  {
    let world = try await Self.world()
    try await world.run()

    await world.dynamics.put(
      .opportunity, "o1", [:], Facts(owner: .team("t1"), parent: .account("a2")))
    try await world.run()
    await world.dynamics.put(.opportunity, "o1", [:], Facts(owner: .team("t1")))
    try await world.run()

    let company = "_account__externalCompanyId"
    #expect(
      try Self.notes(world) == [
        ["o1", company, "a2", "customer account a2 ↔ Marketo a2"],
        ["o1", "_owner__externalSalesPersonId", "t1", "owner team t1 ↔ Marketo t1"],
        ["o1", company, "", "no account: it has no customer"],
      ])
  }

  @Test func `a customer that loses its account empties the company, and the log says why`()
    async throws
  {
    let world = try await Self.world()
    try await world.run()

    await world.dynamics.put(.contact, "c1", [:], Facts())
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(
      try Self.notes(world) == [
        [
          "o1", "_account__externalCompanyId", "",
          "no account: its customer, contact c1, has none",
        ]
      ])
    #expect((await world.marketo.rows[.deal]?["o1"]?["externalCompanyId"] ?? .empty).isEmpty)
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a contact that moves in a run of contacts alone moves its opportunity in the next`()
    async throws
  {
    let world = try await Self.world()
    try await world.run()

    await world.dynamics.put(.contact, "c1", [:], Facts(account: .dynamics("a2")))
    let restricted = try await world.run(RunOptions(only: [.contact]))
    #expect(restricted.backlog == 1)
    #expect(await world.marketo.rows[.deal]?["o1"]?["externalCompanyId"] == .text("a1"))

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.rows[.deal]?["o1"]?["externalCompanyId"] == .text("a2"))
  }

  @Test func `a create keeps with each derived value what it was made from`() async throws {
    let world = try await Self.world()
    try await world.run()

    let person = try #require(await world.marketo.person(withKey: "c1"))
    #expect(
      try world.store.rows(
        """
        SELECT dynamics_id, pair, origin FROM operation_field JOIN operation USING (operation_id)
        WHERE origin IS NOT NULL ORDER BY entity, pair
        """) == [
          ["c1", "_account__externalCompanyId", "account a1 ↔ Marketo a1"],
          [
            "o1", "_account__externalCompanyId",
            "customer contact c1 → account a1 ↔ Marketo a1",
          ],
          [
            "o1/contact/c1/Customer", "_opportunity__externalOpportunityId",
            "opportunity o1 ↔ Marketo o1",
          ],
          [
            "o1/contact/c1/Customer", "_person__leadId", "contact c1 ↔ Marketo \(person)",
          ],
        ])
  }

  @Test func `a mass delete of opportunities stops before the first of their roles is removed`()
    async throws
  {
    var world = try await Self.world()
    let place = try #require(world.rules.entities.firstIndex { $0.entity == .opportunity })
    world.rules.entities[place].onDelete = .propagate
    world.rules.limits.deletes = 1
    await world.dynamics.put(.opportunity, "o2", ["name": .text("Another")])
    try await world.run()
    for id in ["o1", "o2"] { await world.dynamics.delete(.opportunity, id) }

    var digest = ""
    let writes = await world.writes {
      do {
        try await world.run()
        Issue.record("the run was not stopped")
      } catch let error as RunError {
        if case .overLimit(let named) = error.kind { digest = named }
        #expect(
          error.reason
            == "2 opportunity records would be marked as deleted (limit 1); nothing was written")
      } catch {
        Issue.record(error)
      }
    }
    #expect(writes == 0)

    #expect(try await world.run(RunOptions(allowedMass: digest)).isInStep)
    #expect(await (world.marketo.rows[.deal] ?? [:]).isEmpty)
    #expect(await (world.marketo.rows[.role] ?? [:]).isEmpty)
  }
}
