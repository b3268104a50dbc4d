import Model
import Store

/// Writes outcomes to the logs of persons, each once: what is in doubt is looked for before it is sent
/// again, as an activity has no key by which the service would know a second one.
struct OutcomeTelling {
  let step: Step
  let log: any OutcomeLog
  /// Those that were looked for in this run and are not there.
  private var missing: Set<Int64> = []
  private var refusedCodes: [String: Int] = [:]
  private var givenUp = 0

  private var store: Store { step.store }
  private var now: Instant { step.engine.now() }

  init(step: Step, log: any OutcomeLog) {
    self.step = step
    self.log = log
  }

  /// What a person should know of those that were refused; `nil` where none was.
  var refusals: String? {
    let count = refusedCodes.values.reduce(0, +)
    guard count + givenUp > 0 else { return nil }
    let codes = refusedCodes.keys.sorted().map { "Marketo's code \($0)" }.joined(separator: ", ")
    let parts = [
      count > 0 ? "\(count) were refused (\(codes))" : nil,
      givenUp > 0 ? "\(givenUp) are given up" : nil,
    ]
    return "of the activities by which persons in Marketo are told what became of changes, "
      + parts.compactMap(\.self).joined(separator: " and ")
      + "; the table outcome_activity names them"
  }

  /// Looks for what is in doubt, then sends what is to be sent.
  mutating func carryOut() async throws {
    try await settleDoubtful()
    while true {
      try step.checkStop()
      let waiting = try store.pendingActivities(limit: log.batchSize, at: now)
      guard let first = waiting.first else { return }
      let size = BatchCut.size(after: first.silences, limit: log.batchSize)
      let batch = waiting.filter { $0.silences == first.silences }.prefix(size).map(\.activity)
      let absent = try await settleOld(batch)
      guard try await send(absent) else { return }
      step.engine.report(Progress(.push, "activities to marketo", done: batch.count))
    }
  }

  /// A call without an answer may take effect until the service's own time for it is over.
  private mutating func settleDoubtful() async throws {
    var last: Int64 = 0
    while true {
      try step.checkStop()
      let doubtful = try store.doubtfulActivities(after: last, limit: log.batchSize)
      guard let end = doubtful.last else { return }
      // The moment before the look: what comes to be seen after it is not judged.
      let asked = now
      let found = try await log.keys(of: doubtful.map(\.activity))
      let settling = Int64(log.settlingTime.components.seconds)
      var settlements: [OutcomeSettlement] = []
      for stored in doubtful {
        let id = stored.activity.id
        if found.contains(stored.activity.key) {
          settlements.append(OutcomeSettlement(id, .written(id: nil)))
        } else if asked >= (stored.sentAt ?? asked) + settling {
          settlements.append(OutcomeSettlement(id, .absent))
          missing.insert(id)
        }
      }
      try settle(settlements)
      last = end.activity.id
    }
  }

  /// Those of a batch that are not there yet: a database that was put back may not know what it sent.
  ///
  /// What this run itself came to know was never sent before.
  private func settleOld(_ batch: [OutcomeActivity]) async throws -> [OutcomeActivity] {
    let old = batch.filter { $0.run < step.run && !missing.contains($0.id) }
    guard !old.isEmpty else { return batch }
    let keys = try await log.keys(of: old)
    let standing = old.filter { keys.contains($0.key) }
    try store.settle(
      standing.map { OutcomeSettlement($0.id, .written(id: nil)) },
      mostSilences: BatchCut.mostSilences, at: now)
    return batch.filter { !keys.contains($0.key) }
  }

  /// Sends one batch, and tells whether to go on with the next.
  private mutating func send(_ batch: [OutcomeActivity]) async throws -> Bool {
    guard !batch.isEmpty else { return true }
    try store.beginSending(activities: batch.map(\.id), at: now)
    let results: [OutcomeActivityResult]
    do {
      var calls = 0
      results = try await deliver(batch, isWhole: true, &calls)
    } catch let error as ServiceError where !error.mayHaveApplied {
      try settle(batch.map { OutcomeSettlement($0.id, .notSent) })
      throw error
    }
    let settlements = results.compactMap { settlement($0) }
    try settle(settlements)
    return settlements.count == results.count
      && !settlements.contains { $0.outcome == .notSent }
  }

  /// Halves what the service refuses as a whole, so that one activity does not hold up the others.
  private func deliver(
    _ batch: [OutcomeActivity], isWhole: Bool, _ calls: inout Int
  ) async throws -> [OutcomeActivityResult] {
    calls += 1
    do {
      return try await log.write(batch)
    } catch let error as ServiceError where error.kind == .refusedCall && !error.mayHaveApplied {
      guard batch.count > 1 else {
        let rejection = Rejection(code: error.code ?? "dynsync:refused", message: error.reason)
        return batch.map {
          OutcomeActivityResult($0.id, .refused(rejection), requestID: error.requestID)
        }
      }
      guard calls < RefusedCalls.mostHalves else {
        return batch.map { OutcomeActivityResult($0.id, .postponed) }
      }
      let middle = batch.count / 2
      return try await deliver(Array(batch[..<middle]), isWhole: false, &calls)
        + deliver(Array(batch[middle...]), isWhole: false, &calls)
    } catch let error as ServiceError where !isWhole {
      return batch.map {
        OutcomeActivityResult($0.id, error.mayHaveApplied ? .unknown : .postponed)
      }
    }
  }

  /// What is stored of a result; `nil` leaves the activity in doubt.
  private mutating func settlement(_ result: OutcomeActivityResult) -> OutcomeSettlement? {
    switch result.state {
    case .written(let id):
      return OutcomeSettlement(result.activity, .written(id: id), requestID: result.requestID)
    case .gone:
      step.engine.log.info(
        "an activity was dropped: its person is gone",
        metadata: ["activity": "\(result.activity)"])
      return OutcomeSettlement(result.activity, .gone, requestID: result.requestID)
    case .refused(let rejection):
      refusedCodes[rejection.code, default: 0] += 1
      return OutcomeSettlement(
        result.activity, .refused(rejection), requestID: result.requestID)
    case .postponed: return OutcomeSettlement(result.activity, .notSent)
    case .unknown: return nil
    }
  }

  private mutating func settle(_ settlements: [OutcomeSettlement]) throws {
    givenUp += try store.settle(
      settlements, mostSilences: BatchCut.mostSilences, at: now)
  }
}
