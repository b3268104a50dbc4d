import Fakes
import Model
import Store
import Sync
import Testing

/// Pairs that went one way, and go both ways from now on.
@Suite struct WidenedPairTests {
  /// A lead in step whose phone goes one way, with a phone in Marketo that was let stand.
  private func narrow() async throws -> (World, person: String) {
    var world = try World()
    world.setPhone(.toMarketo)
    await world.dynamics.put(.lead, "l1", ["telephone1": .text("1"), "jobtitle": .text("a")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.marketo.put(person, ["phone": .text("2")])
    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "telephone1") == .text("1"))
    return (world, person)
  }

  /// The phones meet for the first time: Dynamics wins.
  private func expectFirstLink(_ world: World, _ person: String) async throws {
    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "telephone1") == .text("1"))
    #expect(await world.marketo.value(person, "phone") == .text("1"))
  }

  @Test func `a pair that is widened is a first link`() async throws {
    var (world, person) = try await narrow()

    world.setPhone(.both)

    try await expectFirstLink(world, person)
  }

  @Test func `a pair that was taken out while it went one way is a first link`() async throws {
    var (world, person) = try await narrow()
    world.setPhone(nil)
    try await world.run()
    await world.marketo.put(person, ["phone": .text("3")])
    try await world.run()

    world.setPhone(.both)

    try await expectFirstLink(world, person)
  }

  @Test func `a pair that was stopped while it was widened is a first link`() async throws {
    var (world, person) = try await narrow()
    world.setPhone(.both)
    await world.dynamics.retype("telephone1", .integer)
    try await world.run()
    await world.dynamics.retype("telephone1", .text)

    try await expectFirstLink(world, person)
  }
}

extension World {
  /// Lets the phone of leads go this way, or not at all; Dynamics wins.
  fileprivate mutating func setPhone(_ direction: Direction?) {
    guard let place = rules.entities.firstIndex(where: { $0.entity == .lead }) else { return }
    rules.entities[place].pairs.removeAll { $0.name == "telephone1__phone" }
    guard let direction else { return }
    rules.entities[place].pairs.append(
      FieldPair("telephone1", "phone", direction: direction, winner: .dynamics))
  }
}
