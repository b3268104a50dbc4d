import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct SuccessionTests {
  private static func merge(_ loser: String, into winner: String, _ world: World) async {
    await world.dynamics.put(
      .contact, loser, [:], Facts(state: .inactive, mergedInto: .dynamics(winner)))
  }

  private static func links(_ world: World) throws -> [[String]] {
    try world.store.rows(
      "SELECT dynamics_id, state, coalesce(survivor_id, '') FROM link ORDER BY link_id")
  }

  @Test func `the person of a merged contact goes on as the survivor's, who had none`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "c1"))
    await world.dynamics.put(.contact, "c2", ["jobtitle": .text("CEO")], Facts(isIncluded: false))
    try await world.run()

    await world.dynamics.put(.contact, "c2", [:], Facts())
    await Self.merge("c1", into: "c2", world)
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(try Self.links(world) == [["c1", "merged", "c2"], ["c2", "active", ""]])
    #expect(await world.marketo.rows[.person]?.count == 1)
    #expect(await world.marketo.value(person, "dynamicsId") == .text("c2"))
    #expect(await world.marketo.value(person, "title") == .text("CEO"))
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `two persons of one survivor are listed until somebody merges them`() async throws {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    await world.dynamics.put(.contact, "c2", ["jobtitle": .text("CEO")])
    try await world.run()
    let loser = try #require(await world.marketo.person(withKey: "c1"))
    let winner = try #require(await world.marketo.person(withKey: "c2"))

    await Self.merge("c1", into: "c2", world)
    let report = try await world.run()

    #expect(report.errors == 1)
    #expect(try Self.links(world) == [["c1", "merged", "c2"], ["c2", "active", ""]])
    #expect(
      try world.store.rows("SELECT kind, candidates FROM errors")
        == [["manual", "marketo \(loser), marketo \(winner)"]])
    // An edit of either does not take them off the list, and goes where it belongs.
    await world.marketo.put(winner, ["title": .text("President")])
    await world.marketo.put(loser, ["title": .text("Nobody")])
    #expect(try await world.run().errors == 1)
    #expect(await world.dynamics.value(.contact, "c1", "jobtitle") == .text("CTO"))

    await world.marketo.merge(loser, into: winner)
    #expect(try await world.run().isInStep)
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a lead that becomes a contact with a person of its own is listed as well`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("Buyer")])
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    try await world.run()

    await world.dynamics.put(
      .lead, "l1", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))
    let report = try await world.run()

    #expect(report.errors == 1)
    #expect(try Self.links(world).contains(["l1", "converted", "c1"]))
    let lead = try #require(await world.marketo.person(withKey: "l1"))
    let contact = try #require(await world.marketo.person(withKey: "c1"))
    await world.marketo.merge(lead, into: contact)
    #expect(try await world.run().isInStep)
  }

  @Test func `an edit in Marketo of a lead that was qualified waits for the contact`() async throws
  {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("Buyer")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))

    // The lead is read as qualified before its contact is there.
    await world.dynamics.put(
      .lead, "l1", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))
    await world.marketo.put(person, ["unsubscribed": .boolean(true)])
    let writes = try await world.writes {
      let report = try await world.run()
      #expect(!report.isInStep)
    }
    #expect(writes == 0)

    await world.dynamics.put(
      .contact, "c1", ["jobtitle": .text("Buyer")], Facts(originatingLead: .dynamics("l1")))
    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.contact, "c1", "donotbulkemail") == .boolean(true))
    #expect(await world.marketo.value(person, "unsubscribed") == .boolean(true))
  }

  @Test func `a record that was left out and merged is left alone`() async throws {
    let world = try World()
    await world.dynamics.put(.contact, "c1", [:], Facts(isIncluded: false))
    await world.dynamics.put(.contact, "c2", ["jobtitle": .text("CEO")])
    try await world.run()

    await world.dynamics.put(
      .contact, "c1", [:], Facts(mergedInto: .dynamics("c2"), isIncluded: false))

    #expect(try await world.run().isInStep)
  }

  @Test func `a survivor whose person was merged away goes on with the loser's`() async throws {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    await world.dynamics.put(.contact, "c2", ["jobtitle": .text("CEO")])
    try await world.run()
    let kept = try #require(await world.marketo.person(withKey: "c1"))
    let lost = try #require(await world.marketo.person(withKey: "c2"))

    // In Marketo the first one's person wins, in Dynamics the second one's record.
    await world.marketo.merge(lost, into: kept)
    try await world.run()
    await Self.merge("c1", into: "c2", world)
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(try world.store.links(ofMarketo: [kept])[kept]?.dynamicsID == "c2")
    #expect(await world.marketo.value(kept, "dynamicsId") == .text("c2"))
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a linked account that was merged goes on by itself`() async throws {
    let world = try World()
    await world.dynamics.put(.account, "a1", ["name": .text("One")])
    await world.dynamics.put(.account, "a2", ["name": .text("Two")])
    try await world.run()

    await world.dynamics.put(
      .account, "a1", ["name": .text("Uno")], Facts(state: .inactive, mergedInto: .dynamics("a2")))

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.rows[.company]?["a1"]?["company"] == .text("Uno"))
  }

  @Test func `a merged contact waits for the one that it lives on as, and says so`() async throws {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "c1"))

    await Self.merge("c1", into: "c2", world)
    await world.marketo.put(person, ["title": .text("CIO")])
    try await world.run()
    #expect(
      try world.store.rows("SELECT dynamics_id, reason FROM backlog")
        == [["c1", "waiting for c2, into which it was merged"]])

    await world.dynamics.put(.contact, "c2", ["jobtitle": .text("CTO")])
    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.contact, "c2", "jobtitle") == .text("CIO"))
    #expect(await world.marketo.value(person, "dynamicsId") == .text("c2"))
    #expect(try Self.links(world) == [["c1", "merged", "c2"], ["c2", "active", ""]])
  }

  @Test func `a merged contact whose survivor is gone goes on by itself`() async throws {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    await world.dynamics.put(.contact, "c2", ["jobtitle": .text("CEO")], Facts(isIncluded: false))
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "c1"))

    await Self.merge("c1", into: "c2", world)
    await world.dynamics.delete(.contact, "c2")
    await world.marketo.put(person, ["title": .text("CIO")])

    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.contact, "c1", "jobtitle") == .text("CIO"))
  }
}
