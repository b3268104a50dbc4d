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
}
