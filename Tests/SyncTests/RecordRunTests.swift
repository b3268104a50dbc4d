import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct RecordRunTests {
  @Test func `one record is brought over with what it needs, and nothing else`() async throws {
    let world = try World(rules: .forSales)
    await world.dynamics.put(.user, "u1", ["internalemailaddress": .text("rui@acme.test")])
    await world.dynamics.put(.user, "u2", ["internalemailaddress": .text("eva@acme.test")])
    await world.dynamics.put(.account, "a1", ["name": .text("Acme")], Facts(owner: .user("u1")))
    await world.dynamics.put(
      .contact, GUIDs.one, ["emailaddress1": .text("ines@acme.test")],
      Facts(account: .dynamics("a1")))
    await world.dynamics.put(.contact, GUIDs.other, ["emailaddress1": .text("bo@acme.test")])

    let report = try await world.run(RunOptions(record: GUIDs.one))

    #expect(report.isInStep)
    #expect(await world.marketo.rows[.salesPerson]?.keys.sorted() == ["u1"])
    #expect(await world.marketo.rows[.company]?.keys.sorted() == ["a1"])
    #expect(await world.marketo.rows[.person]?.count == 1)
    let person = try #require(await world.marketo.person(withKey: GUIDs.one))

    await world.marketo.put(person, ["title": .text("CTO")])
    #expect(try await world.run(RunOptions(record: person)).isInStep)
    #expect(await world.dynamics.value(.contact, GUIDs.one, "jobtitle") == .text("CTO"))
    #expect(try await world.run(RunOptions(record: "BO@acme.test")).isInStep)
    #expect(await world.marketo.rows[.person]?.count == 2)
    #expect(try await world.run().isInStep)
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a record that nobody knows is said`() async throws {
    let world = try World()
    await #expect(throws: RunError.self) {
      try await world.run(RunOptions(record: GUIDs.one))
    }
  }

  @Test func `a run of one record leaves feeds, marks and the first copy as they are`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.lead, GUIDs.one, ["jobtitle": .text("a")])
    try await world.run(RunOptions(record: GUIDs.one))
    for number in 0..<250 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("a")])
    }
    #expect(try await world.run().isInStep)
    let other = try #require(await world.marketo.person(withKey: "l1"))
    await world.marketo.put(other, ["title": .text("b")])
    await world.dynamics.put(.lead, "l2", ["jobtitle": .text("b")])
    await world.dynamics.put(.lead, GUIDs.one, ["jobtitle": .text("b")])
    let before = try world.store.rows("SELECT * FROM watermark")

    #expect(try await world.run(RunOptions(record: GUIDs.one)).counts.recordsUpdated == 1)

    #expect(try world.store.rows("SELECT * FROM watermark") == before)
    #expect(try world.store.rows("SELECT * FROM operation WHERE status = 'planned'") == [])
    #expect(try await world.run().counts.recordsUpdated == 2)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("b"))
  }

  private enum GUIDs {
    static let one = "10000000-0000-4000-8000-000000000001"
    static let other = "10000000-0000-4000-8000-000000000002"
  }
}
