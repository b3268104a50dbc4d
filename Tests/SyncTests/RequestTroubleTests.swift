import Fakes
import Model
import Store
import Sync
import Testing

/// Requests that are refused, changed, or come in great number.
@Suite struct RequestTroubleTests {
  private static func request(_ person: String, as entity: Entity) -> RunOptions {
    RunOptions(requests: [SyncRequest(person: .marketo(person), entity: entity)])
  }

  @Test func `a refusal leaves the list when the person becomes something else`() async throws {
    let world = try World()
    try await world.run()
    let person = await world.marketo.add(["email": .text("bad@visit.test")])
    await world.dynamics.setPoison("bad@visit.test")
    await world.marketo.put(person, ["dynamicsSyncAs": .text("lead")])
    #expect(try await world.run().errors == 1)

    await world.dynamics.setPoison(nil)
    await world.marketo.put(person, ["dynamicsSyncAs": .text("contact")])

    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.rows[.contact]?.count == 1)
    #expect(try world.store.rows("SELECT * FROM errors") == [])
  }

  @Test func `a refused request outlasts a retry, and is made when it is asked for again`()
    async throws
  {
    let world = try World()
    try await world.run()
    let person = await world.marketo.add(["email": .text("bad@visit.test")])
    await world.dynamics.setTrouble(CallTrouble(refused: "bad@visit.test"))
    try await world.run(Self.request(person, as: .lead))

    #expect(try world.store.retry([person], at: world.time.now) == 0)
    #expect(
      try world.store.refusedRequests(of: nil) == [RefusedRequest(person: person, entity: .lead)])
    #expect(try await world.run().errors == 1)

    await world.dynamics.setTrouble(CallTrouble())
    #expect(try await world.run(Self.request(person, as: .lead)).isInStep)
    #expect(await world.dynamics.rows[.lead]?.count == 1)
    #expect(try world.store.refusedRequests(of: nil) == [])
  }

  @Test func `a request by command whose answer was lost is told, and made when it comes again`()
    async throws
  {
    let world = try World()
    try await world.run()
    let person = await world.marketo.add(["email": .text("vi@visit.test")])
    await world.dynamics.setTrouble(CallTrouble(unanswered: "vi@visit.test"))
    _ = try? await world.run(Self.request(person, as: .lead))
    await world.dynamics.setTrouble(CallTrouble())
    try await world.run()

    #expect(
      try world.store.rows(
        "SELECT DISTINCT marketo_id, rule, message FROM activity_log WHERE action = 'skipped'")
        == [
          [
            person, "the answer was lost, and nothing was made",
            "ask again with 'dynsync sync-person'",
          ]
        ])

    #expect(try await world.run(Self.request(person, as: .lead)).isInStep)
    #expect(await world.dynamics.rows[.lead]?.count == 1)
  }

  @Test func `a wish that is put right takes the error of the wrong one with it`() async throws {
    let world = try World()
    try await world.run()
    let person = await world.marketo.add(["email": .text("vi@visit.test")])
    await world.marketo.put(person, ["dynamicsSyncAs": .text("customer")])
    #expect(try await world.run().errors == 1)

    await world.marketo.put(person, ["dynamicsSyncAs": .text("contact")])
    let report = try await world.run()

    #expect(await world.dynamics.rows[.contact]?.count == 1)
    #expect(report.errors == 0)
  }

  @Test func `a refused person that is linked by its address is no error`() async throws {
    let world = try World()
    try await world.run()
    let person = await world.marketo.add(["email": .text("bad@visit.test")])
    await world.dynamics.setPoison("bad@visit.test")
    await world.marketo.put(person, ["dynamicsSyncAs": .text("lead")])
    #expect(try await world.run().errors == 1)

    await world.dynamics.put(.contact, "c1", ["emailaddress1": .text("bad@visit.test")])
    let report = try await world.run()

    #expect(await world.marketo.value(person, "dynamicsId") == .text("c1"))
    #expect(report.errors == 0)
  }

  @Test(arguments: [30, 60])
  func `many persons that ask at once are no mass change`(count: Int) async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("a")])
    try await world.run()
    for number in 0..<count {
      let person = await world.marketo.add(["email": .text("p\(number)@visit.test")])
      await world.marketo.put(person, ["dynamicsSyncAs": .text("lead")])
    }

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await world.dynamics.rows[.lead]?.count == count + 1)
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a request finds the record in Dynamics that lost its person`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("vi@visit.test")])
    try await world.run()
    let first = try #require(await world.marketo.person(withKey: "l1"))
    await world.marketo.delete(first)
    try await world.run()
    let second = await world.marketo.add(["email": .text("vi@visit.test")])

    let report = try await world.run(Self.request(second, as: .lead))

    #expect(report.requests.map(\.outcome) == [.linked(.lead, .dynamics("l1"), by: .email)])
    #expect(await world.dynamics.rows[.lead]?.count == 1)
  }

  @Test func `a wish finds the record in Dynamics that lost its person`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("vi@visit.test")])
    try await world.run()
    let first = try #require(await world.marketo.person(withKey: "l1"))
    await world.marketo.delete(first)
    try await world.run()
    let second = await world.marketo.add(["email": .text("vi@visit.test")])
    await world.marketo.put(second, ["dynamicsSyncAs": .text("lead")])

    #expect(try await world.run().isInStep)

    #expect(await world.dynamics.rows[.lead]?.count == 1)
    #expect(await world.marketo.value(second, "dynamicsId") == .text("l1"))
  }
}
