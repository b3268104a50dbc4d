import Fakes
import Model
import Store
import Sync
import Testing

/// Entities that come into the configuration of a database that stands.
@Suite struct LateEntityTests {
  @Test func `teams that were only mirrored become sales persons and owners`() async throws {
    var world = try World(rules: .forSales)
    let all = world.rules
    world.rules.entities.removeAll { $0.entity == .team }
    world.rules.mirrored[.team] = ["name"]
    await world.dynamics.put(.team, "t1", ["name": .text("Lisbon")])
    await world.dynamics.put(
      .contact, "c1", ["emailaddress1": .text("ines@acme.test")], Facts(owner: .team("t1")))
    #expect(try await world.run().isInStep)
    let person = try #require(await world.marketo.person(withKey: "c1"))

    world.rules = all
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.marketo.rows[.salesPerson]?["t1"] != nil)
    #expect(await world.marketo.value(person, "externalSalesPersonId") == .text("t1"))
  }

  @Test func `a pair that is added reaches the records that stand`() async throws {
    var world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("Buyer")])
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))

    for (entity, pair) in [(Entity.lead, "jobtitle"), (.account, "name")] {
      let place = try #require(world.rules.entities.firstIndex { $0.entity == entity })
      world.rules.entities[place].pairs.append(
        FieldPair(FieldName(pair), "notes", direction: .toMarketo))
    }
    #expect(try await world.run().isInStep)

    #expect(await world.marketo.value(person, "notes") == .text("Buyer"))
    #expect(await world.marketo.rows[.company]?["a1"]?["notes"] == .text("Acme"))
  }

  @Test func `custom objects hang on companies that stood before them`() async throws {
    var world = try World(rules: .forSales)
    let without = world.rules
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])
    try await world.run()
    await world.marketo.put("a1", ["id": .text("77")], in: .company)

    world.rules = without.withLicences
    await world.dynamics.put(
      ObjectType(.dynamics, "new_licence"), "s1", ["new_name": .text("Gold")],
      Facts(parent: .account("a1")))
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(
      await world.marketo.rows[FakeMarketo.licence]?["s1"]
        == ["name": .text("Gold"), "companyNumber": .text("77")])
  }

  @Test func `a company's number that is known late reaches its custom objects`() async throws {
    let world = try World(rules: SyncRules.forSales.withLicences)
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")])
    await world.dynamics.put(
      ObjectType(.dynamics, "new_licence"), "s1", ["new_name": .text("Gold")],
      Facts(parent: .account("a1")))
    #expect(try await !world.run().isInStep)
    await world.marketo.put("a1", ["id": .text("77")], in: .company)
    await world.dynamics.put(.account, "a1", ["name": .text("Acme & Co")])

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(
      await world.marketo.rows[FakeMarketo.licence]?["s1"]?["companyNumber"] == .text("77"))
  }

  @Test func `a linked record that left the filter is no disagreement`() async throws {
    let world = try World(rules: .forSales)
    await world.dynamics.put(.opportunity, "o1", ["name": .text("Big one")])
    try await world.run()

    await world.dynamics.put(
      .opportunity, "o1", ["name": .text("Other")], Facts(isIncluded: false))
    #expect(try await world.run().isInStep)

    #expect(try world.store.rows("SELECT * FROM disagreement") == [])
    #expect(
      try world.store.rows("SELECT field, reason FROM differs")
        == [["name__name", "left out by the filter"]])
  }
}

extension SyncRules {
  /// The same with a custom entity that hangs on companies.
  fileprivate var withLicences: SyncRules {
    var rules = self
    rules.entities.append(
      EntityRule(
        Entity(rawValue: "licence"), dynamics: ObjectType(.dynamics, "new_licence"),
        marketo: FakeMarketo.licence, direction: .toMarketo, winner: .dynamics,
        pairs: [FieldPair("new_name", "name", direction: .toMarketo)],
        custom: CustomObjectRule(
          parentColumn: "new_accountid", keyField: "dynamicsId", linkField: "companyNumber",
          parentObject: .company)))
    return rules
  }
}
