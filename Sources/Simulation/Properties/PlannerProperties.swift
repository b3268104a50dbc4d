import Store
import Sync

/// Holds the planner to its promises, on random records, rules and edits.
///
/// Each record is planned and carried out until nothing is left.
/// There is no database and no engine in it: planning is a pure function, and a million records take
/// seconds.
public struct PlannerProperties: Sendable {
  /// What plans one record.
  public typealias Plan = @Sendable (RecordPlanner, PlanInput) -> RecordPlan?

  private var plan: Plan

  /// Tries the engine's own planner; a test gives a faulty one to see whether it is found out.
  public init(plan: @escaping Plan = { planner, input in planner.plan(input) }) {
    self.plan = plan
  }

  /// What the cases came to.
  public struct Report: Hashable, Sendable {
    public var cases = 0
    public var counts = PropertyCounts()
    /// The first case that broke a promise, if any did.
    public var failure: Failure?
  }

  /// A case that broke a promise.
  public struct Failure: Hashable, Sendable {
    /// The case's number, from 0: the same seed and number give the same case.
    public var number: Int
    public var promise: String
    /// The smallest case found that still breaks a promise, line by line.
    public var smallest: [String]
  }

  /// Plays `cases` cases of one seed, on several threads, until one fails.
  ///
  /// The report is the same for any number of threads, but for the counts after a failure.
  public func run(cases: Int, seed: UInt64, threads: Int) async -> Report {
    let lanes = max(1, threads)
    return await withTaskGroup(of: Report.self) { group in
      for lane in 0..<lanes {
        group.addTask { play(cases: cases, seed: seed, lane: lane, of: lanes) }
      }
      return await group.reduce(into: Report()) { $0.add($1) }
    }
  }

  /// As many neighbouring cases share their rules.
  private static let block = 32

  private func play(cases: Int, seed: UInt64, lane: Int, of lanes: Int) -> Report {
    var report = Report()
    for first in stride(from: lane * Self.block, to: cases, by: lanes * Self.block) {
      if Task.isCancelled { break }
      var chance = SimulationRandom(seed: seed &+ UInt64(first) &* 0x9e37_79b9)
      let world = PropertyWorld(&chance)
      for number in first..<min(cases, first + Self.block) {
        let history = PropertyHistory(world: world, &chance)
        report.cases += 1
        guard let promise = history.play(plan, &report.counts) else { continue }
        report.failure = Failure(
          number: number, promise: promise,
          smallest: history.smallest(plan, breaking: promise).words)
        return report
      }
    }
    return report
  }
}

extension PlannerProperties.Report {
  fileprivate mutating func add(_ other: PlannerProperties.Report) {
    cases += other.cases
    counts.add(other.counts)
    if let found = other.failure, failure.map({ found.number < $0.number }) ?? true {
      failure = found
    }
  }
}
