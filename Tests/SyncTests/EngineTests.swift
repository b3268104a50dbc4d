import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct EngineTests {
  @Test func `a first run copies users, accounts, leads and contacts to Marketo`() async throws {
    let world = try World()
    await world.dynamics.put(.user, "u1", ["internalemailaddress": .text("rui@acme.test")])
    await world.dynamics.put(
      .account, "a1", ["name": .text("Acme")],
      Facts(owner: Reference(.user, .dynamics("u1"))))
    await world.dynamics.put(
      .contact, "c1", ["emailaddress1": .text("ines@acme.test"), "jobtitle": .text("CTO")],
      Facts(owner: Reference(.user, .dynamics("u1")), account: .dynamics("a1")))
    await world.dynamics.put(
      .lead, "l1", ["emailaddress1": .text("bo@beta.test"), "leadsourcecode": .option(8)])

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.marketo.rows[.salesPerson]?["u1"] == ["email": .text("rui@acme.test")])
    #expect(
      await world.marketo.rows[.company]?["a1"]
        == ["company": .text("Acme"), "externalSalesPersonId": .text("u1")])
    let contact = try #require(await world.marketo.person(withKey: "c1"))
    #expect(
      await world.marketo.rows[.person]?[contact] == [
        "email": .text("ines@acme.test"), "title": .text("CTO"), "dynamicsId": .text("c1"),
        "dynamicsType": .text("contact"), "dynamicsIsDeleted": .boolean(false),
        "externalSalesPersonId": .text("u1"), "externalCompanyId": .text("a1"),
      ])
    let lead = try #require(await world.marketo.person(withKey: "l1"))
    #expect(await world.marketo.value(lead, "leadSource") == .text("Web"))
    let writes = try await world.writes { try await world.run() }
    #expect(writes == 0)
  }

  @Test func `an edit on either side reaches the other, once`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))

    await world.marketo.put(person, ["title": .text("CEO")])
    await world.dynamics.put(.lead, "l1", ["telephone1": .text("123")])
    let writes = try await world.writes { try await world.run() }

    #expect(writes == 2)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("CEO"))
    #expect(await world.marketo.value(person, "phone") == .text("123"))
    let quiet = try await world.writes { try await world.run() }
    #expect(quiet == 0)
  }

  @Test func `on a collision Marketo wins for leads and Dynamics for contacts`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("old")])
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("old")])
    try await world.run()
    let lead = try #require(await world.marketo.person(withKey: "l1"))
    let contact = try #require(await world.marketo.person(withKey: "c1"))

    for (object, id) in [(ObjectType.lead, "l1"), (.contact, "c1")] {
      await world.dynamics.put(object, id, ["jobtitle": .text("from Dynamics")])
    }
    for id in [lead, contact] { await world.marketo.put(id, ["title": .text("from Marketo")]) }
    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("from Marketo"))
    #expect(await world.marketo.value(lead, "title") == .text("from Marketo"))
    #expect(await world.dynamics.value(.contact, "c1", "jobtitle") == .text("from Dynamics"))
    #expect(await world.marketo.value(contact, "title") == .text("from Dynamics"))
  }

  @Test func `an edit in Marketo between reading and writing is planned again`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("old")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(.lead, "l1", ["telephone1": .text("1")])
    await world.marketo.onNextWrite { marketo in
      marketo.put(person, ["title": .text("new")])
    }

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.marketo.value(person, "phone") == .text("1"))
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("new"))
  }

  @Test func `a create whose answer was lost makes no second person`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    await world.marketo.loseNextAnswer()

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.marketo.rows[.person]?.count == 1)
  }

  @Test func `an update whose answer was lost is found applied`() async throws {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "c1"))
    await world.marketo.put(person, ["phone": .text("9")])
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CEO")])
    await world.marketo.loseNextAnswer()
    await world.dynamics.loseNextAnswer()

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.marketo.value(person, "title") == .text("CEO"))
    #expect(await world.dynamics.value(.contact, "c1", "telephone1") == .text("9"))
    let quiet = try await world.writes { try await world.run() }
    #expect(quiet == 0)
  }

  @Test func `what Marketo stores in another form is no edit`() async throws {
    let world = try World()
    await world.marketo.shout("title")
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("cto")])

    try await world.run()
    let quiet = try await world.writes { try await world.run() }

    #expect(quiet == 0)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("cto"))
  }

  @Test func `a refused value stops neither the record's other fields nor other records`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    await world.dynamics.put(.lead, "l2", ["jobtitle": .text("a")])
    try await world.run()
    await world.dynamics.setPoison("poison")
    let one = try #require(await world.marketo.person(withKey: "l1"))
    let other = try #require(await world.marketo.person(withKey: "l2"))
    await world.marketo.put(one, ["title": .text("poison"), "phone": .text("1")])
    await world.marketo.put(other, ["title": .text("fine")])

    let report = try await world.run()

    #expect(report.errors == 1)
    #expect(report.backlog == 0)
    #expect(await world.dynamics.value(.lead, "l1", "telephone1") == .text("1"))
    #expect(await world.dynamics.value(.lead, "l2", "jobtitle") == .text("fine"))
    let quiet = try await world.writes { try await world.run() }
    #expect(quiet == 0)
    await world.dynamics.setPoison(nil)
    world.time.advance(by: 3600)
    let retried = try await world.run()
    #expect(retried.isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("poison"))
  }

  @Test func `a lost database is rebuilt without a write`() async throws {
    let world = try World()
    await world.dynamics.put(.user, "u1", ["internalemailaddress": .text("rui@acme.test")])
    await world.dynamics.put(
      .contact, "c1", ["jobtitle": .text("CTO")], Facts(owner: Reference(.user, .dynamics("u1"))))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CEO")])
    try await world.run()

    let reborn = try World(sharing: world)
    let writes = try await reborn.writes { try await reborn.run() }

    #expect(writes == 0)
    #expect(try reborn.store.leftovers().backlog == 0)
  }
}

@Suite struct LifecycleTests {
  @Test func `a link follows its person into a merge in Marketo`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    try await world.run()
    let loser = try #require(await world.marketo.person(withKey: "l1"))
    let winner = await world.marketo.add(["email": .text("x@y.test")])
    await world.marketo.merge(loser, into: winner)

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(try world.store.links(ofMarketo: [winner])[winner]?.dynamicsID == "l1")
    #expect(await world.dynamics.value(.lead, "l1", "emailaddress1") == .text("x@y.test"))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CEO")])
    try await world.run()
    #expect(await world.marketo.value(winner, "title") == .text("CEO"))
    #expect(await world.marketo.rows[.person]?.count == 1)
  }

  @Test func `a qualified lead's person goes on as the contact`() async throws {
    let world = try World()
    await world.dynamics.put(
      .lead, "l1", ["jobtitle": .text("CTO"), "emailaddress1": .text("a@b.test")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(
      .lead, "l1", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))
    await world.dynamics.put(
      .contact, "c1", ["jobtitle": .text("CTO"), "emailaddress1": .text("a@b.test")],
      Facts(originatingLead: .dynamics("l1")))

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.marketo.rows[.person]?.count == 1)
    #expect(await world.marketo.value(person, "dynamicsId") == .text("c1"))
    #expect(await world.marketo.value(person, "dynamicsType") == .text("contact"))
    let quiet = try await world.writes { try await world.run() }
    #expect(quiet == 0)
  }

  @Test func `a record deleted in Dynamics keeps its person, which is told`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.delete(.lead, "l1")

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.marketo.value(person, "dynamicsIsDeleted") == .boolean(true))
    await world.marketo.put(person, ["title": .text("CEO")])
    let writes = try await world.writes { try await world.run() }
    #expect(writes == 0)
  }

  @Test func `a person deleted in Marketo comes back with the next change in Dynamics`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    try await world.run()
    let first = try #require(await world.marketo.person(withKey: "c1"))
    await world.marketo.delete(first)

    let quiet = try await world.writes { try await world.run() }
    #expect(quiet == 0)
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CEO")])
    #expect(try await world.run().isInStep)

    let person = try #require(await world.marketo.person(withKey: "c1"))
    #expect(await world.marketo.value(person, "title") == .text("CEO"))
  }

  @Test func `two candidates for one address are listed and never guessed`() async throws {
    let world = try World()
    let one = await world.marketo.add(["email": .text("a@b.test")])
    let other = await world.marketo.add(["email": .text("A@b.test")])
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("a@b.test")])

    let report = try await world.run()

    #expect(report.errors == 1)
    #expect(report.backlog == 0)
    #expect(await world.marketo.rows[.person]?.count == 2)
    await world.marketo.merge(one, into: other)
    #expect(try await world.run().isInStep)
    #expect(await world.marketo.value(other, "dynamicsId") == .text("l1"))
  }
}

@Suite struct ExpiryTests {
  @Test func `after too long an outage every linked person is looked at`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    await world.dynamics.put(.lead, "l2", ["jobtitle": .text("CTO")])
    try await world.run()
    let edited = try #require(await world.marketo.person(withKey: "l1"))
    let deleted = try #require(await world.marketo.person(withKey: "l2"))
    await world.marketo.put(edited, ["title": .text("CEO")])
    await world.marketo.delete(deleted)
    await world.marketo.expireWatermarks()

    #expect(try await world.run().isInStep)

    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("CEO"))
    #expect(try world.store.links(ofDynamics: ["l2"])["l2"] == nil)
  }
}

@Suite struct DoubtTests {
  @Test func `a create that shows up late is linked once`() async throws {
    let world = try World(settlingTime: .seconds(120))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    await world.marketo.loseNextAnswer()
    await world.marketo.hide(untilAsked: 4)

    let first = try await world.run()
    #expect(first.backlog > 0)
    world.time.advance(by: 200)
    #expect(try await world.run().isInStep)

    #expect(await world.marketo.rows[.person]?.count == 1)
    #expect(try world.store.links(ofDynamics: ["l1"]).count == 1)
  }
}
