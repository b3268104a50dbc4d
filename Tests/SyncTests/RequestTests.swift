import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct RequestTests {
  private static func request(_ person: String, as entity: Entity = .lead, to owner: String? = nil)
    -> RunOptions
  {
    RunOptions(requests: [SyncRequest(person: .marketo(person), entity: entity, assignTo: owner)])
  }

  /// The one lead or contact that Dynamics holds.
  private static func only(_ object: ObjectType, _ world: World) async throws -> Record {
    let rows = await world.dynamics.rows[object] ?? [:]
    #expect(rows.count == 1)
    return try #require(rows.values.first)
  }

  @Test func `a person becomes a lead once, however often it is asked for`() async throws {
    let world = try World()
    let person = await world.marketo.add([
      "email": .text("vi@visit.test"), "title": .text("Buyer"), "leadSource": .text("Web"),
    ])

    let report = try await world.run(Self.request(person))

    let lead = try await Self.only(.lead, world)
    #expect(
      report.requests == [
        RequestOutcome(person: .marketo(person), entity: .lead, outcome: .created(lead.id))
      ])
    #expect(lead.fields["emailaddress1"] == .text("vi@visit.test"))
    #expect(lead.fields["leadsourcecode"] == .option(8))
    #expect(await world.marketo.value(person, "dynamicsId") == .text(lead.id.text))
    #expect(await world.marketo.value(person, "dynamicsType") == .text("lead"))

    let again = try await world.run(Self.request(person))
    #expect(
      again.requests == [
        RequestOutcome(
          person: .marketo(person), entity: .lead, outcome: .alreadyLinked(.lead, lead.id))
      ])
    #expect(try await world.writes { try await world.run() } == 0)
    _ = try await Self.only(.lead, world)
  }

  @Test func `a person that asks by its field becomes a contact at the next run`() async throws {
    let world = try World()
    try await world.run()
    let person = await world.marketo.add(["email": .text("vi@visit.test")])
    #expect(try await world.writes { try await world.run() } == 0)

    await world.marketo.put(person, ["dynamicsSyncAs": .text("Contact")])
    let report = try await world.run()

    let contact = try await Self.only(.contact, world)
    #expect(report.isInStep)
    #expect(contact.facts.account == nil)
    #expect(await world.marketo.value(person, "dynamicsSyncAs") == .empty)
    #expect(await world.marketo.value(person, "dynamicsId") == .text(contact.id.text))
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a wish of a linked person is cleared, and the log says so`() async throws {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("vi@visit.test")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))

    await world.marketo.put(person, ["dynamicsSyncAs": .text("contact")])
    #expect(try await world.run().isInStep)

    #expect(await world.marketo.value(person, "dynamicsSyncAs") == .empty)
    #expect(await world.dynamics.rows[.contact] == nil)
    #expect(
      try world.store.rows(
        "SELECT rule FROM activity_log WHERE field = '_sync_as__dynamicsSyncAs'")
        == [["the record is linked: the request is cleared"]])
  }

  @Test func `a lost answer to the create is found again, and nothing doubled`() async throws {
    let world = try World()
    let person = await world.marketo.add(["email": .text("vi@visit.test")])
    await world.dynamics.loseNextAnswer()

    try await world.run(Self.request(person))
    try await world.run(Self.request(person))

    let lead = try await Self.only(.lead, world)
    #expect(await world.marketo.value(person, "dynamicsId") == .text(lead.id.text))
  }

  @Test func `a request with an empty database finds the lead of the first`() async throws {
    let world = try World()
    let person = await world.marketo.add(["email": .text("vi@visit.test")])
    try await world.run(Self.request(person))
    let lead = try await Self.only(.lead, world)

    let other = try World(sharing: world)
    let report = try await other.run(Self.request(person))

    #expect(report.requests.map(\.outcome) == [.linked(.lead, lead.id, by: .key)])
    _ = try await Self.only(.lead, world)
  }

  @Test func `after a delete in Dynamics a request makes a new record`() async throws {
    let world = try World()
    let person = await world.marketo.add(["email": .text("vi@visit.test")])
    try await world.run(Self.request(person))
    let first = try await Self.only(.lead, world)
    await world.dynamics.delete(.lead, first.id.text)
    try await world.run()
    #expect(await world.marketo.value(person, "dynamicsIsDeleted") == .boolean(true))

    let report = try await world.run(Self.request(person))

    let second = try await Self.only(.lead, world)
    #expect(second.id != first.id)
    #expect(report.requests.map(\.outcome) == [.created(second.id)])
    #expect(await world.marketo.value(person, "dynamicsIsDeleted") == .boolean(false))
    #expect(await world.marketo.value(person, "dynamicsId") == .text(second.id.text))
  }

  @Test func `a refused request is in the log with its code, and tried when the value changes`()
    async throws
  {
    let world = try World()
    let person = await world.marketo.add([
      "email": .text("vi@visit.test"), "title": .text("Too long"),
    ])
    await world.dynamics.setPoison("Too long")

    let report = try await world.run(Self.request(person))

    // The field is to blame, so the record is made without it.
    let lead = try await Self.only(.lead, world)
    #expect(
      report.requests.map(\.outcome)
        == [.createdInPart(lead.id, code: "0x80044331", message: "too long")])
    #expect(
      try world.store.rows(
        "SELECT error_code, marketo_id FROM activity_log WHERE action = 'rejected'")
        == [["0x80044331", person]])
  }

  @Test func `a record that was asked for is assigned to the named user or the person's own`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.user, "u1", ["internalemailaddress": .text("rui@acme.test")])
    try await world.run()
    let one = await world.marketo.add(["email": .text("one@visit.test")])
    let other = await world.marketo.add([
      "email": .text("other@visit.test"), "externalSalesPersonId": .text("u1"),
    ])

    try await world.run(Self.request(one, to: "u1"))
    try await world.run(Self.request(other, as: .contact))

    #expect(try await Self.only(.lead, world).facts.owner == .user("u1"))
    #expect(try await Self.only(.contact, world).facts.owner == .user("u1"))
    #expect(await world.marketo.value(one, "externalSalesPersonId") == .text("u1"))
  }

  @Test func `an unknown person, owner or wish is said, and nothing is made`() async throws {
    let world = try World()
    try await world.run()
    let person = await world.marketo.add(["email": .text("vi@visit.test")])

    let report = try await world.run(Self.request("99"))
    #expect(report.requests.map(\.outcome) == [.unknownPerson])
    await #expect(throws: RunError.self) {
      try await world.run(Self.request(person, to: "nobody@acme.test"))
    }
    await world.marketo.put(person, ["dynamicsSyncAs": .text("customer")])
    #expect(try await world.run().errors == 1)
    await world.marketo.put(person, ["dynamicsSyncAs": .empty])
    #expect(try await world.run().errors == 0)

    #expect(await world.dynamics.rows[.lead] == nil)
  }
}
