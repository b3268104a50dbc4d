import Model
import Sync

/// Many histories, one after the other or on several threads at once, each repeatable by its seed.
public struct Campaign: Sendable {
  public var first: UInt64
  public var count: Int
  public var faults: Set<FaultKind>
  public var rules: SyncRules
  public var threads: Int
  /// The file that the database of the shortest history that fails is copied to.
  public var keep: String?

  /// Makes a campaign of `count` histories from seed `first` on.
  ///
  /// `rules` is the field map to run with; `nil` is the simulation's own. Its limits are lifted: the few
  /// people of a history are no mass.
  public init(
    first: UInt64, count: Int, faults: Set<FaultKind> = Set(FaultKind.allCases),
    rules: SyncRules? = nil, threads: Int = 2
  ) {
    self.first = first
    self.count = count
    self.faults = faults
    self.rules = rules ?? SimulationRules.standard
    self.rules.limits = SimulationRules.standard.limits
    self.threads = max(1, threads)
  }

  /// What a campaign found.
  public struct Report: Sendable {
    public var histories = 0
    /// How often each fault and each event really happened.
    public var counts: [String: Int] = [:]
    /// Values that were overwritten unseen in the window that Marketo leaves open.
    public var unseen = 0
    /// The first history that broke a promise, if any did.
    public var failure: Failure?
  }

  /// A history that broke a promise.
  public struct Failure: Hashable, Sendable {
    public var seed: UInt64
    public var violations: [String]
    /// The shortest history found that still fails, line by line.
    public var shortest: [String] { script.lines }
    let script: HistoryScript
    /// Everything that was written in it, line by line; empty unless its database was kept.
    public var ledger: [String] = []
  }

  /// Lives through the histories until one fails or all are done; `report` is told the number done.
  public func run(report: @escaping @Sendable (Int) -> Void = { _ in }) async throws -> Report {
    let chunk = 20
    var total = Report()
    total.counts = Dictionary(uniqueKeysWithValues: countedKinds.map { ($0, 0) })
    var next = 0
    let rules = rules
    let pool = StorePool(schema: try await onLane { try await History.schema(by: rules) })
    while next < count, total.failure == nil {
      let seeds = (next..<min(count, next + chunk * threads)).map { first &+ UInt64($0) }
      next += seeds.count
      let parts = try await withThrowingTaskGroup(of: Report.self) { group in
        for lane in 0..<threads {
          let own = seeds.enumerated().filter { $0.offset % threads == lane }.map(\.element)
          group.addTask { try await live(own, pool) }
        }
        return try await group.reduce(into: [Report]()) { $0.append($1) }
      }
      for part in parts { total.add(part) }
      report(total.histories)
    }
    if let keep, let failure = total.failure {
      total.failure?.ledger = try await outcome(of: failure.script, keep: keep).ledger
    }
    return total
  }

  /// What a campaign counts, so that what never happened is told as well.
  private var countedKinds: [String] {
    HumanEvent.Kind.allCases.map(\.rawValue) + faults.map(\.name) + [
      "edit_by_other_program", "qualify_with_new_company", "qualify_with_existing_company",
      "qualify_to_existing_contact", "refused", "stored_otherwise",
      "stored_otherwise_unpredicted",
    ] + (rules.logsActivities ? SimulatedOutcomeLog.countedKinds : [])
  }

  /// Whether a seed's history is the same in a new database as in those of the histories before it.
  public func isRepeatable(seed: UInt64) async throws -> Bool {
    let rules = rules
    let pool = StorePool(schema: try await onLane { try await History.schema(by: rules) })
    let scripts = [seed &- 1, seed, seed].map { HistoryScript(seed: $0, faults: faults) }
    let new = try await outcome(of: scripts[1])
    for script in scripts.dropLast() { _ = try await outcome(of: script, pool: pool) }
    return try await outcome(of: scripts[2], pool: pool) == new
  }

  /// Every tenth history begins with a database without a table.
  private func live(_ seeds: [UInt64], _ pool: StorePool) async throws -> Report {
    var report = Report()
    for seed in seeds {
      let script = HistoryScript(seed: seed, faults: faults)
      let outcome = try await outcome(of: script, pool: seed.isMultiple(of: 10) ? nil : pool)
      report.histories += 1
      report.unseen += outcome.unseen
      report.counts.merge(outcome.counts, uniquingKeysWith: +)
      guard !outcome.violations.isEmpty else { continue }
      let shortest = try await shortest(script, of: outcome.violations)
      let end = try await self.outcome(of: shortest)
      report.failure = Failure(
        seed: seed, violations: end.violations.isEmpty ? outcome.violations : end.violations,
        script: shortest)
      break
    }
    return report
  }

  func outcome(
    of script: HistoryScript, order: SimulatedDynamics.PageOrder = .forward,
    pool: StorePool? = nil, keep: String? = nil
  ) async throws -> History.Outcome {
    let history = History(script: script, rules: rules, order: order, pool: pool, keep: keep)
    return try await onLane { try await history.run() }
  }

  /// Runs `body` so that it takes the same steps every time.
  func onLane<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let lane = LaneExecutor()
    defer { lane.end() }
    return try await Task(executorPreference: lane) { try await body() }.value
  }

  /// Takes one thing after the other out of a failing history, as long as it still breaks the first of
  /// the promises that it broke.
  private func shortest(
    _ script: HistoryScript, of violations: [String]
  ) async throws -> HistoryScript {
    let fault = violations.first.map(Self.words)
    var best = script
    var isShorter = true
    while isShorter {
      isShorter = false
      for candidate in best.shorter {
        let broken = try await outcome(of: candidate).violations
        guard broken.contains(where: { Self.words(of: $0) == fault }) else { continue }
        best = candidate
        isShorter = true
        break
      }
    }
    return best
  }

  /// What a violation says but for ids, numbers and values, by which two of one fault may differ.
  static func words(of violation: String) -> String {
    violation.replacing(/'[^']*'/, with: "…").replacing(/\S*[0-9]\S*/, with: "…")
  }
}

extension Campaign.Report {
  fileprivate mutating func add(_ other: Campaign.Report) {
    histories += other.histories
    unseen += other.unseen
    counts.merge(other.counts, uniquingKeysWith: +)
    if let found = other.failure, failure.map({ found.seed < $0.seed }) ?? true { failure = found }
  }
}
