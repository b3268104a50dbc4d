import Fakes
import Model
import Store
import Sync
import Testing

/// Persons of an adopted subscription that have the number of a linked one, and are somebody else.
@Suite struct AdoptedStrangersTests {
  /// Five leads in step, of which the first one's person has another number in the subscription that
  /// answers from now on; its old number is somebody else's.
  private func restored(
    holding own: [FieldName: Value]? = ["dynamicsId": .text("l1"), "title": .text("a")],
    strangersTitle: String = "somebody else's", before: (World) async throws -> Void = { _ in }
  ) async throws -> (World, stranger: String, own: String) {
    let world = try World(settlingTime: .seconds(120))
    for number in 1...5 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("a")])
    }
    try await world.run()
    let stranger = try #require(await world.marketo.person(withKey: "l1"))
    try await before(world)
    await world.marketo.answer(asSubscription: "999-XYZ-999")
    await world.marketo.put(
      stranger, ["dynamicsId": .empty, "dynamicsType": .empty, "title": .text(strangersTitle)])
    let person = if let own { await world.marketo.add(own) } else { "" }
    await world.marketo.goBack()
    try await Adoption(of: world.marketo, in: world.store)
      .carryOut(in: world.store, version: "test", at: world.time.now)
    return (world, stranger, person)
  }

  private func isUntouched(
    _ stranger: String, _ world: World, title: String = "somebody else's"
  ) async -> Bool {
    let key = await world.marketo.value(stranger, "dynamicsId")
    let held = await world.marketo.value(stranger, "title")
    return key == .empty && held == .text(title)
  }

  @Test func `a few of them end their links, and the key finds the right persons`() async throws {
    let (world, stranger, own) = try await restored()

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(await isUntouched(stranger, world))
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("a"))
    #expect(
      try world.store.rows(
        "SELECT marketo_id, state FROM link WHERE dynamics_id = 'l1' ORDER BY link_id")
        == [[stranger, "deleted"], [own, "active"]])
    #expect(try await world.writes { try await world.run() } == 0)
  }

  @Test func `a record whose person is not there at all gets one`() async throws {
    let (world, stranger, _) = try await restored(holding: nil)

    #expect(try await world.run().isInStep)

    #expect(await isUntouched(stranger, world))
    let person = try #require(await world.marketo.person(withKey: "l1"))
    #expect(await world.marketo.value(person, "title") == .text("a"))
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("a"))
  }

  @Test func `a write in doubt of the subscription before is not found with them`() async throws {
    let (world, stranger, own) = try await restored(strangersTitle: "b") { world in
      await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
      await world.marketo.dropNextWrite()
      try await world.run()
    }

    #expect(try await world.run().isInStep)

    #expect(await isUntouched(stranger, world, title: "b"))
    #expect(try world.store.links(ofDynamics: ["l1"])["l1"]?.marketoID == own)
  }

  @Test func `they are no partners of a single record either`() async throws {
    let (world, stranger, own) = try await restored()

    #expect(try await world.run(RunOptions(record: stranger)).isInStep)

    #expect(await isUntouched(stranger, world))
    #expect(try world.store.links(ofDynamics: ["l1"])["l1"]?.marketoID == own)
  }
}
