import Fakes
import Model
import Store
import Sync
import Testing

@Suite struct GuardTests {
  private let limits = Limits(
    updates: .init(percent: 20, atLeast: 5), creates: .init(percent: 20, atLeast: 5), emptied: 2,
    deletes: 3)

  @Test func `a plan at its limits is carried out`() {
    let totals = PlanTotals(
      entity: .lead, linked: 100, updates: 20, creates: 20, deletes: 3, emptied: ["a__b": 2])
    #expect(Guard(limits: limits).objections(to: [totals], isFirstCopy: false) == [])
  }

  @Test func `each count over its limit is told`() {
    let totals = PlanTotals(
      entity: .lead, linked: 10, updates: 6, creates: 6, deletes: 4, emptied: ["a__b": 3])
    #expect(
      Guard(limits: limits).objections(to: [totals], isFirstCopy: false) == [
        "6 lead records would change (limit 5)",
        "6 lead records would be created (limit 5)",
        "4 lead records would be marked as deleted (limit 3)",
        "3 lead values of a__b would become empty (limit 2)",
      ])
  }

  @Test func `the first copy may create freely, and nothing else`() {
    let totals = PlanTotals(entity: .lead, linked: 0, updates: 6, creates: 1000)
    #expect(
      Guard(limits: limits).objections(to: [totals], isFirstCopy: true) == [
        "6 lead records would change (limit 5)"
      ])
  }

  @Test func `a mass change stops before the first write, and its digest carries it out`()
    async throws
  {
    var world = try World()
    world.rules.limits = limits
    for number in 1...8 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("a")])
    }
    try await world.run()
    for number in 1...8 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("b")])
    }

    var digest = ""
    let writes = await world.writes {
      do {
        try await world.run()
        Issue.record("the run was not stopped")
      } catch let error as RunError {
        if case .overLimit(let named) = error.kind { digest = named }
      } catch {
        Issue.record(error)
      }
    }
    #expect(writes == 0)

    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("c")])
    await #expect(throws: RunError.self) {
      try await world.run(RunOptions(allowedMass: digest))
    }
    await world.dynamics.put(.lead, "l1", ["jobtitle": .text("b")])
    #expect(try await world.run(RunOptions(allowedMass: digest)).isInStep)
  }
}
