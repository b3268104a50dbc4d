import Logging
import Model
import Store

/// Carries out runs: it reads both sides, lets the pure parts decide, and writes.
///
/// Every step leaves the database in a state from which the next run goes on, whenever the process
/// ends. One engine at a time may work on a database.
public struct Engine: Sendable {
  let store: Store
  let rules: SyncRules
  let connectors: [Side: any Connector]
  let now: @Sendable () -> Instant
  let version: String
  let log: Logger
  let report: @Sendable (Progress) -> Void
  let isStopped: @Sendable () -> Bool
  /// How often everything that is linked is read again, to find what no feed told.
  let sweepInterval: Int64 = 24 * 3600
  /// How often records that moved while they were written are planned again.
  let rounds = 3
  let chunk = 300

  /// Makes an engine.
  ///
  /// `now` is the wall clock, `report` is told how far a run is, and `isStopped` says whether a person
  /// asked for the end, which comes between two batches.
  public init(
    store: Store, rules: SyncRules, dynamics: any Connector, marketo: any Connector,
    version: String, log: Logger, now: @escaping @Sendable () -> Instant,
    report: @escaping @Sendable (Progress) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.store = store
    self.rules = rules
    connectors = [.dynamics: dynamics, .marketo: marketo]
    self.version = version
    self.log = log
    self.now = now
    self.report = report
    self.isStopped = isStopped
  }

  /// Carries out one run.
  ///
  /// `exitCode` says what the process will return, for the row in `run`. Throws ``ServiceError``,
  /// `StoreError` or ``RunError``; the run's row then holds the message.
  public func run(
    _ options: RunOptions = RunOptions(),
    exitCode: @Sendable (Result<RunReport, any Error>) -> Int
  ) async throws -> RunReport {
    let run = try store.openRun(at: now(), version: version, isDry: options.isDry)
    let tally = Tally()
    do {
      let (wasStopped, focus) = try await carryOutDoubting(options, run: run, tally)
      let left = try store.leftovers(of: focus?.dynamics)
      let counts = await finalCounts(tally, run: run)
      let report = RunReport(
        run: run, counts: counts, backlog: left.backlog, errors: left.errors,
        wasStopped: wasStopped,
        requests: try requestOutcomes(options.requests, unknown: focus?.unknownPersons, run: run),
        warnings: try store.warnings(of: run))
      try store.closeRun(
        run, at: now(), exitCode: exitCode(.success(report)), counts: counts,
        message: wasStopped ? "stopped by a person" : options.restriction)
      return report
    } catch {
      let counts = await finalCounts(tally, run: run)
      do {
        try store.closeRun(
          run, at: now(), exitCode: exitCode(.failure(error)), counts: counts, message: "\(error)")
      } catch let second {
        if !Self.isSameTrouble(second, error) {
          log.error("the end of the run was not recorded", metadata: ["because": "\(second)"])
        }
      }
      throw error
    }
  }

  /// Whether the end of a run could not be recorded for the very reason that ended it.
  private static func isSameTrouble(_ second: any Error, _ first: any Error) -> Bool {
    guard let second = second as? StoreError, let first = first as? StoreError else { return false }
    return second.kind == first.kind
  }

  /// Carries the steps out once more where metadata that was kept from an earlier run may be why they
  /// failed: they can be broken off anywhere and begun again.
  private func carryOutDoubting(
    _ options: RunOptions, run: Int64, _ tally: Tally
  ) async throws -> (wasStopped: Bool, focus: Focus?) {
    do {
      return try await carryOut(options, run: run, tally)
    } catch let error as ServiceError where error.mayComeOfKeptMetadata {
      guard await forgetMetadata() else { throw error }
      log.info("the metadata of an earlier run does not hold", metadata: ["because": "\(error)"])
      return try await carryOut(options, run: run, tally)
    }
  }

  /// The steps in their order; tells whether a person stopped it, and what it was restricted to.
  private func carryOut(
    _ options: RunOptions, run: Int64, _ tally: Tally
  ) async throws -> (wasStopped: Bool, focus: Focus?) {
    let layout = try await prepare(run: run, isDry: options.isDry)
    var step = Step(engine: self, layout: layout, run: run, tally: tally, options: options)
    try step.followTelling()
    do {
      try await step.timed("recover") { [step] in try await step.recover() }
      step.focus = try await step.timed("pull") { [step] in try await step.pull() }
      try await rounds(of: step)
      try await step.timed("push") { [step] in try await step.tellOutcomes() }
      if step.focus == nil { try step.warnOfOtherWriter() }
      try step.warnOfEmptied()
      try step.warnOfPauses()
      return (false, step.focus)
    } catch is CancellationError {
      return (true, step.focus)
    }
  }

  private func rounds(of step: Step) async throws {
    var isAllowed = false
    var silent: Set<Side> = []
    for round in 0..<rounds {
      try await step.timed("link") { try await step.link() }
      let planned = try await step.timed("plan") { try await step.plan() }
      if step.options.isDry || planned == 0 { break }
      isAllowed = try isAllowed || step.guardAgainstMassChange()
      let known = silent
      silent.formUnion(try await step.timed("push") { try await step.push(wary: known) })
      try await step.timed("recover") { try await step.recover() }
      if round == rounds - 1 { log.info("records moved while they were written") }
    }
  }

  private func finalCounts(_ tally: Tally, run: Int64) async -> RunCounts {
    var counts = tally.counts
    counts.collisions = (try? store.collisions(in: run)) ?? 0
    counts.dynamicsCalls = await connectors[.dynamics]?.callCount ?? 0
    counts.marketoCalls = await connectors[.marketo]?.callCount ?? 0
    return counts
  }
}
