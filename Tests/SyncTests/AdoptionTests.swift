import Fakes
import Model
import Store
import Sync
import Testing

/// A service that was replaced is accepted deliberately, or not at all.
@Suite struct AdoptionTests {
  private func worldInStep() async throws -> World {
    let world = try World()
    for number in 1...3 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("a")])
    }
    try await world.run()
    return world
  }

  private func adopt(_ connector: any Connector, _ world: World) async throws {
    try await Adoption(of: connector, in: world.store)
      .carryOut(in: world.store, version: "test", at: world.time.now)
  }

  @Test func `another organisation stops the run, whose message names the way on`() async throws {
    let world = try await worldInStep()
    await world.dynamics.answer(asOrganisation: "copy")

    await #expect {
      try await world.run()
    } throws: { error in
      (error as? RunError)?.kind == .otherPeer
        && (error as? RunError)?.mend.contains("'dynsync adopt dynamics'") == true
    }
  }

  @Test func `an adopted copy goes on with its links and bases, and nothing is written`()
    async throws
  {
    let world = try await worldInStep()
    await world.dynamics.answer(asOrganisation: "copy")
    await world.dynamics.goBack()
    try await adopt(world.dynamics, world)

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(report.counts.recordsPulled >= 3)
    #expect(report.counts.operationsPlanned == 0)
    #expect(
      try world.store.rows(
        "SELECT side, old_organisation, new_organisation, old_user, new_user FROM adoption")
        == [["dynamics", "org", "copy", "sync", "sync"]])
    #expect(
      try world.store.rows("SELECT message FROM run WHERE message IS NOT NULL")
        == [["adopted another organisation of dynamics"]])
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.marketo.put(person, ["title": .text("b")])
    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("b"))
  }

  @Test func `an adopted organisation with other ids stops the run, be they few`() async throws {
    let world = try await worldInStep()
    await world.dynamics.answer(asOrganisation: "other")
    for number in 1...3 {
      await world.dynamics.delete(.lead, "l\(number)")
      await world.dynamics.put(.lead, "x\(number)", ["jobtitle": .text("a")])
    }
    await world.dynamics.goBack()
    try await adopt(world.dynamics, world)

    let writes = try await world.writes {
      let stop = try await world.stop()
      #expect(
        stop.reason
          == "3 of 3 dynamics lead records were not in a full read (limit half of them);"
          + " nothing was written")
    }
    #expect(writes == 0)
  }

  @Test func `persons of another subscription are not taken for the linked ones by their number`()
    async throws
  {
    let world = try await worldInStep()
    await world.marketo.answer(asSubscription: "999-XYZ-999")
    for number in 1...3 {
      let person = try #require(await world.marketo.person(withKey: "l\(number)"))
      await world.marketo.put(
        person, ["dynamicsId": .empty, "title": .text("somebody else's")])
    }
    await world.marketo.goBack()
    try await adopt(world.marketo, world)

    for _ in 1...2 {
      let writes = try await world.writes {
        let stop = try await world.stop()
        #expect(
          stop.reason
            == "3 of 3 marketo person records were not found or are others by their key"
            + " (limit half of them); nothing was written")
      }
      #expect(writes == 0)
    }
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("a"))
  }

  @Test func `an adopted copy of a subscription goes on, edits included`() async throws {
    let world = try await worldInStep()
    await world.marketo.answer(asSubscription: "999-XYZ-999")
    let person = try #require(await world.marketo.person(withKey: "l1"))
    await world.marketo.put(person, ["title": .text("b")])
    await world.marketo.goBack()
    try await adopt(world.marketo, world)

    #expect(try await world.run().isInStep)
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("b"))
  }

  @Test func `nothing is adopted where nobody else answers, or nobody was known`() async throws {
    let world = try World()
    await #expect {
      try await Adoption(of: world.dynamics, in: world.store)
    } throws: { ($0 as? RunError)?.kind == .nothingToAdopt }
    try await world.run()
    await #expect {
      try await Adoption(of: world.dynamics, in: world.store)
    } throws: { ($0 as? RunError)?.kind == .nothingToAdopt }
  }
}
