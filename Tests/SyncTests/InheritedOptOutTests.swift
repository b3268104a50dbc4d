import Fakes
import Model
import Store
import Sync
import Testing

/// Opt-outs of persons that go on as those of other records.
@Suite struct InheritedOptOutTests {
  /// A contact in step that is merged into one without a person.
  private func merged(
    from optOut: Bool, into other: Bool, after edit: (World, String) async -> Void = { _, _ in }
  ) async throws -> (World, person: String) {
    let world = try World()
    await world.dynamics.put(.contact, "c1", ["donotbulkemail": .boolean(optOut)])
    await world.dynamics.put(
      .contact, "c2", ["donotbulkemail": .boolean(other)], Facts(isIncluded: false))
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "c1"))
    await edit(world, person)
    await world.dynamics.put(.contact, "c2", [:], Facts())
    await world.dynamics.put(
      .contact, "c1", [:], Facts(state: .inactive, mergedInto: .dynamics("c2")))
    #expect(try await world.run().isInStep)
    #expect(try world.store.links(ofDynamics: ["c2"])["c2"]?.marketoID == person)
    return (world, person)
  }

  private func expect(_ optOut: Bool, of record: String, _ world: World, _ person: String) async {
    let object: ObjectType = .contact
    #expect(await world.dynamics.value(object, record, "donotbulkemail") == .boolean(optOut))
    #expect(await world.marketo.value(person, "unsubscribed") == .boolean(optOut))
  }

  @Test func `an opt-out outlives a merge in Dynamics into a record that never opted out`()
    async throws
  {
    let (world, person) = try await merged(from: true, into: false)

    await expect(true, of: "c2", world, person)
  }

  @Test func `an opt-out outlives a lead that becomes a contact who never opted out`() async throws
  {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["donotbulkemail": .boolean(true)])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))

    await world.dynamics.put(
      .lead, "l1", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))
    await world.dynamics.put(
      .contact, "c1", ["donotbulkemail": .boolean(false)], Facts(originatingLead: .dynamics("l1")))
    #expect(try await world.run().isInStep)

    await expect(true, of: "c1", world, person)
  }

  @Test func `a No that a person said before the merge is heeded`() async throws {
    let (world, person) = try await merged(from: true, into: true) { world, person in
      await world.marketo.put(person, ["unsubscribed": .boolean(false)])
    }

    await expect(false, of: "c2", world, person)
  }
}
