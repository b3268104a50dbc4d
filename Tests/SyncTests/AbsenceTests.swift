import Fakes
import Model
import Store
import Sync
import Testing

/// A read that shows nothing is not taken for a mass delete.
@Suite struct AbsenceTests {
  /// Leads in step, whose next read must be a full one.
  private func expiredWorld(leads: Int) async throws -> World {
    let world = try World()
    for number in 1...leads {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("a")])
    }
    try await world.run()
    await world.dynamics.expireWatermarks()
    return world
  }

  @Test func `an emptied full read of Dynamics stops the run, and is read again whole next time`()
    async throws
  {
    let world = try await expiredWorld(leads: 12)
    await world.dynamics.blind(true)

    let writes = try await world.writes {
      let stop = try await world.stop()
      #expect(
        stop.reason
          == "12 of 12 dynamics lead records were not in a full read (limit half of them);"
          + " nothing was written")
    }
    #expect(writes == 0)
    #expect(try world.store.rows("SELECT count(*) FROM dynamics_lead WHERE _is_deleted") == [["0"]])

    await world.dynamics.blind(false)
    let report = try await world.run()
    #expect(report.isInStep)
    #expect(report.counts.operationsPlanned == 0)
  }

  @Test func `a full read without most of the rows goes through with its digest alone`()
    async throws
  {
    let world = try await expiredWorld(leads: 12)
    for number in 1...11 { await world.dynamics.delete(.lead, "l\(number)") }
    let stop = try await world.stop()
    #expect(stop.reason.hasPrefix("11 of 12 dynamics lead records"))
    #expect(try await world.stop(RunOptions(allowedMass: "other")).digest == stop.digest)

    #expect(try await world.run(RunOptions(allowedMass: stop.digest)).isInStep)
    let gone = try world.store.rows("SELECT count(*) FROM marketo_person WHERE dynamicsIsDeleted")
    #expect(gone == [["11"]])
  }

  @Test func `a full read without a few rows tells of deletes`() async throws {
    let world = try await expiredWorld(leads: 12)
    await world.dynamics.delete(.lead, "l3")

    #expect(try await world.run().isInStep)
    let person = try #require(await world.marketo.person(withKey: "l3"))
    #expect(await world.marketo.value(person, "dynamicsIsDeleted") == .boolean(true))
  }

  @Test func `more missing rows than may be deleted stop the run, however many are left`()
    async throws
  {
    var world = try await expiredWorld(leads: 12)
    world.rules.limits.deletes = 3
    for number in 1...4 { await world.dynamics.delete(.lead, "l\(number)") }

    #expect(
      try await world.stop().reason
        == "4 of 12 dynamics lead records were not in a full read (limit 3); nothing was written")
  }

  @Test func `rows that were never linked may go`() async throws {
    let world = try World()
    for number in 1...12 {
      await world.dynamics.put(
        .lead, "l\(number)", ["jobtitle": .text("a")], Facts(isIncluded: false))
    }
    try await world.run()
    await world.dynamics.expireWatermarks()
    await world.dynamics.blind(true)

    #expect(try await world.run().isInStep)
  }

  @Test func `the limit of an absence is the configured one, or half`() {
    let limits = Guard(limits: Limits(deletes: 100))
    func limit(_ missing: Int, of expected: Int, isNewlyAdopted: Bool = false) -> String? {
      limits.limit(
        on: Absence(missing: (0..<missing).map(String.init), expected: expected),
        isNewlyAdopted: isNewlyAdopted)
    }
    #expect(limit(101, of: 10_000) == "100")
    #expect(limit(100, of: 10_000) == nil)
    #expect(limit(10, of: 19) == "half of them")
    #expect(limit(10, of: 20) == nil)
    #expect(limit(9, of: 9) == nil)
    #expect(limit(1, of: 1, isNewlyAdopted: true) == "half of them")
  }
}
