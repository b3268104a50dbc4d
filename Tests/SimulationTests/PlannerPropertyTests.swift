import Model
import Store
import Sync
import Testing

@testable import Simulation

/// The planner alone, on random records: what it promises, and that each promise can be broken.
@Suite struct PlannerPropertyTests {
  /// A million where the build is optimised; enough to notice a slip where it is not.
  #if DEBUG
    static let cases = 20_000
  #else
    static let cases = 1_000_000
  #endif

  @Test func `random records converge, and no promise is broken`() async throws {
    let report = await PlannerProperties().run(cases: Self.cases, seed: 20_260_105, threads: 2)

    #expect(report.failure == nil)
    #expect(report.cases == Self.cases)
    for (name, count) in report.counts.named { #expect(count > 0, "\(name) never happened") }
  }

  @Test func `the same seed gives the same cases, on any number of threads`() async throws {
    let one = await PlannerProperties().run(cases: 500, seed: 7, threads: 1)

    #expect(await PlannerProperties().run(cases: 500, seed: 7, threads: 3) == one)
    #expect(await PlannerProperties().run(cases: 500, seed: 8, threads: 3).counts != one.counts)
  }

  @Test(arguments: PlannedFault.allCases)
  func `a faulty planner is found out`(_ fault: PlannedFault) async throws {
    let report = await PlannerProperties(plan: fault.plan)
      .run(cases: 5_000, seed: 1, threads: 2)

    let failure = try #require(report.failure)
    #expect(fault.promises.contains { failure.promise.contains($0) }, "\(failure)")
  }

  @Test func `a failing case is told in words, and shrunk to what breaks the promise`() async throws
  {
    let report = await PlannerProperties(plan: PlannedFault.optOutForgotten.plan)
      .run(cases: 5_000, seed: 1, threads: 2)

    let failure = try #require(report.failure)
    // The rules, one pair, and both of its fields.
    #expect(failure.smallest.count == 4, "\(failure.smallest)")
    #expect(failure.smallest[0].hasPrefix("entity "))
    #expect(failure.smallest[1].contains("winner true_wins"))
  }
}
