import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct WorstDayTests {
  @Test func `an ambiguous record leaves the list when a merge in Dynamics settles it`()
    async throws
  {
    let world = try World()
    await world.marketo.add(["email": .text("a@x.test")])
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("a@x.test")])
    await world.dynamics.put(.lead, "l2", ["emailaddress1": .text("a@x.test")])
    let first = try await world.run()
    #expect(first.errors == 2)
    await world.dynamics.put(
      .lead, "l2", [:], Facts(email: "a@x.test", mergedInto: .dynamics("l1")))
    world.time.advance(by: 2 * 3600)
    _ = try await world.run()
    world.time.advance(by: 48 * 3600)
    let last = try await world.run()
    #expect(last.errors == 0)
    #expect(last.isInStep)
  }

  @Test func `a refused value that is put back leaves the list`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.setPoison("poison")
    await world.marketo.put(p, ["title": .text("poison")])
    let refused = try await world.run()
    #expect(refused.errors == 1)
    await world.marketo.put(p, ["title": .text("a")])
    world.time.advance(by: 48 * 3600)
    try await world.run()
    world.time.advance(by: 48 * 3600)
    let last = try await world.run()
    #expect(last.errors == 0)
  }

  @Test func `what a campaign fills in at a new person reaches Dynamics`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    await world.marketo.onAfterWrite { m in
      if let id = m.newestPerson { m.put(id, ["phone": .text("123")]) }
    }
    let r = try await world.run()
    try await world.run()
    world.time.advance(by: 48 * 3600)
    try await world.run()
    #expect(r.isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "telephone1") == .text("123"))
  }

  @Test func `a create whose read-back found nothing is kept in step`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    await world.marketo.onAfterWrite { m in m.hide(untilAsked: 1) }
    try await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
    try await world.run()
    world.time.advance(by: 48 * 3600)
    try await world.run()
    #expect(await world.marketo.value(p, "title") == .text("b"))
  }

  @Test func `an unknown value empties nothing`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.conceal(.lead, "l1", "jobtitle")
    try await world.run()
    #expect(await world.marketo.value(p, "title") == .text("a"))
  }

  @Test func `a sweep that finds nobody ends no link`() async throws {
    let world = try World()
    for n in 0..<300 {
      await world.dynamics.put(.lead, "l\(n)", ["jobtitle": .text("a")])
    }
    try await world.run()
    world.time.advance(by: 25 * 3600)
    await world.marketo.hide(untilAsked: 1)
    _ = try? await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.marketo.put(p, ["title": .text("new")])
    _ = try? await world.run()
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("new"))
  }

  @Test func `an edit beside a write that is applied late is not lost`() async throws {
    let world = try World(settlingTime: .seconds(120))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
    await world.marketo.dropNextWrite()
    try await world.run()
    await world.marketo.put(p, ["phone": .text("9")])
    try await world.run()
    await world.marketo.put(p, ["title": .text("b")], isFromAPI: true)
    world.time.advance(by: 100)
    try await world.run()
    world.time.advance(by: 48 * 3600)
    try await world.run()
    #expect(await world.dynamics.value(.lead, "l1", "telephone1") == .text("9"))
  }

  @Test func `an edit that a late write replaced before the feed told it is in the log`()
    async throws
  {
    let world = try World(settlingTime: .seconds(120))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
    await world.marketo.dropNextWrite()
    try await world.run()
    await world.marketo.put(p, ["title": .text("c")])
    await world.marketo.onNextChanges { m in m.put(p, ["title": .text("b")], isFromAPI: true) }
    try await world.run()
    world.time.advance(by: 300)
    try await world.run()
    let lost = try world.store.rows(
      """
      SELECT marketo_value, winner, rule FROM activity_log
      WHERE action = 'collision' AND field = 'jobtitle__title'
      """
    )
    #expect(lost == [["c", "dynamics", "the write was under way before the edit"]])
  }

  @Test func `an edit back to the old value just after a write is not lost`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
    await world.marketo.onAfterWrite { m in m.put(p, ["title": .text("a")]) }
    try await world.run()
    world.time.advance(by: 48 * 3600)
    try await world.run()
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("a"))
  }

  @Test func `a database lost after a lead was qualified makes no second person`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("a@x.test")])
    try await world.run()
    await world.dynamics.put(
      .lead, "l1", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))
    await world.dynamics.put(
      .contact, "c1", ["emailaddress1": .text("a@x.test")],
      Facts(originatingLead: .dynamics("l1")))
    let other = try World(sharing: world)
    try await other.run()
    #expect(await world.marketo.rows[.person]?.count == 1)
  }

  @Test func `an edit in Marketo survives the qualification of its lead`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("old")])
    try await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.marketo.put(p, ["title": .text("new")])
    await world.dynamics.put(
      .lead, "l1", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))
    await world.dynamics.put(
      .contact, "c1", ["jobtitle": .text("old")], Facts(originatingLead: .dynamics("l1")))
    try await world.run()
    #expect(await world.marketo.value(p, "title") == .text("new"))
  }

  @Test func `a deleted record waits for nothing`() async throws {
    let world = try World()
    await world.dynamics.put(
      .contact, "c1", ["jobtitle": .text("a")], Facts(account: .dynamics("a1")))
    let r = try await world.run()
    #expect(r.backlog == 1)
    await world.dynamics.delete(.contact, "c1")
    try await world.run()
    let last = try await world.run()
    #expect(last.backlog == 0)
  }

  @Test func `an ambiguous record leaves the list when it is deleted`() async throws {
    let world = try World()
    await world.marketo.add(["email": .text("a@x.test")])
    await world.marketo.add(["email": .text("a@x.test")])
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("a@x.test")])
    try await world.run()
    await world.dynamics.delete(.lead, "l1")
    world.time.advance(by: 48 * 3600)
    try await world.run()
    let last = try await world.run()
    #expect(last.errors == 0)
  }

  @Test func `another try of a refused value makes no deleted person anew`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    let p = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.setPoison("poison")
    await world.marketo.put(p, ["title": .text("poison")])
    try await world.run()
    await world.marketo.delete(p)
    try await world.run()
    #expect(await world.marketo.rows[.person]?.count == 0)
    world.time.advance(by: 2 * 3600)
    try await world.run()
    #expect(await world.marketo.rows[.person]?.count == 0)
  }

  @Test func `a lead that is qualified while its create is in doubt makes one person`()
    async throws
  {
    let world = try World(settlingTime: .seconds(120))
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    await world.marketo.loseNextAnswer()
    await world.marketo.hide(untilAsked: 3)
    try await world.run()
    await world.dynamics.put(
      .lead, "l1", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))
    await world.dynamics.put(
      .contact, "c1", ["jobtitle": .text("a")], Facts(originatingLead: .dynamics("l1")))
    await world.marketo.hide(untilAsked: 1)
    try await world.run()
    world.time.advance(by: 200)
    try await world.run()

    #expect(await world.marketo.rows[.person]?.count == 1)
    #expect(await world.marketo.person(withKey: "c1") != nil)
  }
}
