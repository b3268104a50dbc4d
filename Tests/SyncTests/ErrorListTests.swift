import Fakes
import Model
import Sync
import Testing

/// An error leaves the list when its cause is gone, whatever took it away.
@Suite struct ErrorListTests {
  /// A lead in step, and then with a title in Marketo that Dynamics refuses.
  private func refusedWorld() async throws -> (world: World, person: String) {
    let world = try World()
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("CTO")])
    try await world.run()
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.dynamics.setPoison("poison")
    await world.marketo.put(person, ["title": .text("poison")])
    #expect(try await world.run().errors == 1)
    return (world, person)
  }

  /// A lead whose address two persons have.
  private func ambiguousWorld() async throws -> (world: World, persons: [String]) {
    let world = try World()
    let persons = [
      await world.marketo.add(["email": .text("a@b.test")]),
      await world.marketo.add(["email": .text("a@b.test")]),
    ]
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("a@b.test")])
    #expect(try await world.run().errors == 1)
    return (world, persons)
  }

  @Test func `a refused value that was taken back is no error any more`() async throws {
    let (world, person) = try await refusedWorld()
    await world.marketo.put(person, ["title": .text("CTO")])

    #expect(try await world.run().isInStep)
  }

  @Test func `a refused value that the other side overtook is no error any more`() async throws {
    let (world, person) = try await refusedWorld()
    await world.dynamics.setPoison(nil)
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("poison")])

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.value(person, "title") == .text("poison"))
  }

  @Test func `a person deleted in Marketo takes its errors along and is not made again`()
    async throws
  {
    let (world, person) = try await refusedWorld()
    await world.marketo.delete(person)
    #expect(try await world.run().isInStep)
    world.time.advance(by: 48 * 3600)

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.rows[.person]?.count == 0)
  }

  @Test func `a record deleted in Dynamics takes its errors along`() async throws {
    let (world, _) = try await refusedWorld()
    await world.dynamics.delete(.lead, "l1")

    #expect(try await world.run().isInStep)
  }

  @Test func `an ambiguous record whose candidates are gone is made and no error any more`()
    async throws
  {
    let (world, persons) = try await ambiguousWorld()
    for person in persons { await world.marketo.delete(person) }

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.person(withKey: "l1") != nil)
  }

  @Test func `an ambiguous record that is deleted is no error any more`() async throws {
    let (world, _) = try await ambiguousWorld()
    await world.dynamics.delete(.lead, "l1")

    #expect(try await world.run().isInStep)
  }

  @Test func `an ambiguous lead that becomes a contact is no error any more`() async throws {
    let (world, persons) = try await ambiguousWorld()
    await world.marketo.merge(persons[0], into: persons[1])
    await world.dynamics.put(
      .contact, "c1", ["emailaddress1": .text("a@b.test")],
      Facts(originatingLead: .dynamics("l1")))
    await world.dynamics.put(
      .lead, "l1", [:], Facts(state: .qualified, convertedTo: .dynamics("c1")))

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.value(persons[1], "dynamicsId") == .text("c1"))
  }

  /// A lead and a contact whose address one person has.
  private func rivalry() async throws -> (world: World, person: String) {
    let world = try World()
    let person = await world.marketo.add(["email": .text("a@b.test")])
    for (object, id) in [(ObjectType.lead, "l1"), (.contact, "c1")] {
      await world.dynamics.put(object, id, ["emailaddress1": .text("a@b.test")])
    }
    #expect(try await world.run().errors == 2)
    // What Marketo tells twice is behind us then.
    #expect(try await world.run().errors == 2)
    return (world, person)
  }

  @Test func `a record is matched once its rival is deleted`() async throws {
    let (world, person) = try await rivalry()
    await world.dynamics.delete(.contact, "c1")

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.value(person, "dynamicsId") == .text("l1"))
  }

  @Test func `a record is matched once its rival has another address`() async throws {
    let (world, person) = try await rivalry()
    await world.dynamics.put(.lead, "l1", ["emailaddress1": .text("other@b.test")])

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.value(person, "dynamicsId") == .text("c1"))
    #expect(await world.marketo.person(withKey: "l1") != nil)
  }

  @Test func `a record is matched once its rival was merged into it`() async throws {
    let (world, person) = try await rivalry()
    await world.dynamics.put(
      .contact, "c2", ["emailaddress1": .text("a@b.test")], Facts(mergedInto: .dynamics("c1")))
    await world.dynamics.delete(.lead, "l1")

    #expect(try await world.run().isInStep)
    #expect(await world.marketo.value(person, "dynamicsId") == .text("c1"))
  }
}
