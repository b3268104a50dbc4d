import Fakes
import Model
import Store
import Sync
import Testing

/// Persons that somebody merged in Marketo.
@Suite struct MergedInMarketoTests {
  /// Two contacts in step.
  private func pair() async throws -> (World, one: String, two: String) {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    await world.dynamics.put(.contact, "c2", ["jobtitle": .text("CEO")])
    try await world.run()
    let one = try #require(await world.marketo.person(withKey: "c1"))
    let two = try #require(await world.marketo.person(withKey: "c2"))
    return (world, one, two)
  }

  enum End: CaseIterable, CustomTestStringConvertible {
    case merged, deactivated, deleted, leftOut

    func carryOut(in world: World) async {
      switch self {
      case .merged:
        await world.dynamics.put(
          .contact, "c2", [:], Facts(state: .inactive, mergedInto: .dynamics("c1")))
      case .deactivated: await world.dynamics.put(.contact, "c2", [:], Facts(state: .inactive))
      case .deleted: await world.dynamics.delete(.contact, "c2")
      case .leftOut: await world.dynamics.put(.contact, "c2", [:], Facts(isIncluded: false))
      }
    }

    var testDescription: String { "the record is \(self)" }
  }

  @Test(arguments: End.allCases)
  func `the record of a linked loser is listed with its mend until it is settled`(
    _ end: End
  ) async throws {
    let (world, one, two) = try await pair()

    await world.marketo.merge(two, into: one)
    #expect(try await world.run().errors == 1)
    await world.dynamics.put(.contact, "c2", ["jobtitle": .text("President")])
    #expect(try await world.run().errors == 1)

    #expect(
      try world.store.rows("SELECT entity, dynamics_id, side, kind, message FROM errors") == [
        [
          "contact", "c2", "marketo", "manual",
          "its person \(two) was merged in Marketo into the person of c1: nothing of it is kept in"
            + " step; merge the record into c1 in Dynamics as well, or deactivate or delete it",
        ]
      ])
    #expect(await world.marketo.rows[.person]?.count == 1)
    #expect(await world.marketo.value(one, "title") == .text("CTO"))

    await end.carryOut(in: world)
    #expect(try await world.run().isInStep)
    #expect(await world.marketo.rows[.person]?.count == 1)
  }

  @Test func `a link that moves to a person of a deleted record makes that one its own`()
    async throws
  {
    let (world, one, two) = try await pair()
    await world.dynamics.delete(.contact, "c1")
    #expect(try await world.run().isInStep)
    #expect(await world.marketo.value(one, "dynamicsIsDeleted") == .boolean(true))

    await world.marketo.merge(two, into: one)
    #expect(try await world.run().isInStep)

    #expect(try world.store.links(ofDynamics: ["c2"])["c2"]?.marketoID == one)
    #expect(await world.marketo.value(one, "dynamicsId") == .text("c2"))
    #expect(await world.marketo.value(one, "dynamicsIsDeleted") == .boolean(false))
  }

  @Test func `a merge that is told after its loser was found to be gone moves the link as well`()
    async throws
  {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["jobtitle": .text("CTO")])
    try await world.run()
    let loser = try #require(await world.marketo.person(withKey: "c1"))
    let winner = await world.marketo.add(["title": .text("CEO")])

    await world.marketo.mergeUntold(loser, into: winner)
    world.time.advance(by: 25 * 3600)
    try await world.run()
    #expect(try world.store.rows("SELECT state FROM link") == [["deleted"]])
    await world.marketo.tellOfMerge(loser, into: winner)
    try await world.run()

    #expect(
      try world.store.rows("SELECT dynamics_id, marketo_id, state FROM link")
        == [["c1", winner, "active"]])
    #expect(try await world.run().isInStep)
    #expect(await world.marketo.rows[.person]?.count == 1)
  }
}
