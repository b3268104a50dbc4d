import Fakes
import Model
import Store
import Sync
import Testing

/// A column that turns empty, or into something else, is told before anything is lost.
@Suite struct EmptiedColumnTests {
  private func worldInStep(leads: Int) async throws -> World {
    let world = try World()
    for number in 1...leads {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("t\(number)")])
    }
    try await world.run()
    return world
  }

  @Test func `a column that turns empty stops the run, which names it and how much of it`()
    async throws
  {
    var world = try await worldInStep(leads: 12)
    world.rules.limits.emptied = 5
    for number in 1...6 { await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .empty]) }

    let writes = try await world.writes {
      let stop = try await world.stop()
      #expect(
        stop.reason
          == "6 of 12 lead values of jobtitle__title would become empty (limit 5);"
          + " nothing was written")
    }
    #expect(writes == 0)
  }

  @Test func `nearly a whole column stops the run below the limit too`() async throws {
    let world = try await worldInStep(leads: 12)
    for number in 1...11 { await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .empty]) }

    #expect(
      try await world.stop().reason
        == "11 of 12 lead values of jobtitle__title would become empty (limit nearly all);"
        + " nothing was written")
  }

  @Test func `a limit that no column reaches leaves the guard of whole columns`() async throws {
    var world = try await worldInStep(leads: 12)
    world.rules.limits.emptied = .max
    for number in 1...11 { await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .empty]) }

    #expect(try await world.stop().reason.hasPrefix("11 of 12 lead values of jobtitle__title"))
  }

  @Test func `a column that turned empty in Marketo stops the run as well`() async throws {
    let world = try await worldInStep(leads: 12)
    for number in 1...12 {
      let person = try #require(await world.marketo.person(withKey: "l\(number)"))
      await world.marketo.put(person, ["title": .empty])
    }

    let stop = try await world.stop()
    #expect(stop.reason.hasPrefix("12 of 12 lead values of jobtitle__title would become empty"))
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .text("t1"))
  }

  @Test func `a column that became empty on both sides is told, and nothing is stopped`()
    async throws
  {
    var world = try await worldInStep(leads: 4)
    world.rules.limits.emptied = 3
    for number in 1...4 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .empty])
      let person = try #require(await world.marketo.person(withKey: "l\(number)"))
      await world.marketo.put(person, ["title": .empty])
    }

    let report = try await world.run()

    #expect(report.isInStep)
    #expect(
      report.warnings == [
        RunWarning(
          .emptied,
          "4 lead values of jobtitle__title became empty on both sides;"
            + " look whether the field still holds what it did")
      ])
  }

  @Test func `values that the sync user may not see any more are unknown, not empty`()
    async throws
  {
    let world = try await worldInStep(leads: 12)
    for number in 1...12 { await world.dynamics.conceal(.lead, "l\(number)", "jobtitle") }

    #expect(try await world.run().isInStep)
    let person = try #require(await world.marketo.person(withKey: "l1"))
    #expect(await world.marketo.value(person, "title") == .text("t1"))
  }

  @Test func `a field of another type stops alone, and meets anew once it was taken out`()
    async throws
  {
    var world = try await worldInStep(leads: 2)
    await world.dynamics.retype("jobtitle", .integer)
    for number in 1...2 {
      await world.dynamics.put(
        .lead, "l\(number)", ["jobtitle": .integer(Int64(number)), "telephone1": .text("5")])
    }

    #expect(try await world.run().isInStep)
    let person = try #require(await world.marketo.person(withKey: "l1"))
    #expect(await world.marketo.value(person, "title") == .text("t1"))
    #expect(await world.marketo.value(person, "phone") == .text("5"))
    #expect(
      try world.store.rows(
        "SELECT stopped_because FROM field_rule WHERE entity = 'lead' AND stopped_because <> ''")
        == [
          [
            "jobtitle of dynamics lead was text and is integer now: take the pair out of the"
              + " configuration, run, and put it back, which is a first link"
          ]
        ])
    let whole = world.rules
    for index in world.rules.entities.indices {
      world.rules.entities[index].pairs.removeAll { $0.marketo == "title" }
    }
    #expect(try await world.run().isInStep)
    world.rules = whole
    // Another selection makes a feed of records begin anew.
    await world.dynamics.expireWatermarks()
    try await world.run()
    #expect(await world.dynamics.value(.lead, "l1", "jobtitle") == .integer(1))
    #expect(
      try world.store.rows("SELECT jobtitle FROM dynamics_lead ORDER BY leadid") == [["1"], ["2"]])
  }
}
