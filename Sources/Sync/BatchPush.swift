import Model
import Store

/// Writes one batch: look, record the intent, send, look again, settle.
struct BatchPush {
  let step: Step
  let entity: BoundEntity
  let side: Side
  let connector: any Connector

  private var schema: ObjectSchema { entity.schema(on: side) }
  private var store: Store { step.store }
  private var now: Instant { step.engine.now() }

  /// Carries out a batch of planned operations.
  ///
  /// A call that was certainly not carried out throws, with its operations planned as before. One
  /// whose outcome is not known leaves them `sending`, for recovery. Tells whether anything was
  /// answered, or nothing had to be sent.
  func carryOut(_ batch: [StoredOperation]) async throws -> Bool {
    if side == .marketo { try await look(at: batch) }
    let sendable = try store.beginSending(batch.map(\.id), of: entity, at: now)
    let sent = batch.filter { sendable.contains($0.id) }
    let lost = batch.filter { !sendable.contains($0.id) }
    try store.overtake(lost.map(\.id), at: now)
    guard !sent.isEmpty else { return true }
    let writes = sent.compactMap { $0.write(object: schema.object) }
    let results: [WriteResult]
    step.tally.noteSending()
    do {
      results = try await SplitDelivery.deliver(
        writes, to: schema, through: connector, counting: step.refusals)
    } catch let error as ServiceError where !error.mayHaveApplied {
      try store.takeBack(sent.map(\.id))
      throw error
    }
    try await settle(results, of: sent)
    return results.contains(where: \.isAnswered)
  }

  /// Where the service has no precondition, the records are read just before they are written.
  private func look(at batch: [StoredOperation]) async throws {
    let updates = batch.compactMap(\.target?.text)
    if !updates.isEmpty {
      try await step.read(updates, in: schema, through: connector)
    }
    let keys = batch.compactMap { operation -> String? in
      if case .create(let key) = operation.action { key } else { nil }
    }
    guard !keys.isEmpty else { return }
    let standing = try await connector.find(in: schema, by: .key, values: keys)
    let taken = Set(standing.compactMap(\.facts.key))
    let overtaken = batch.filter { operation in
      if case .create(let key) = operation.action { taken.contains(key) } else { false }
    }
    try store.overtake(overtaken.map(\.id), at: now)
  }

  private func settle(_ results: [WriteResult], of sent: [StoredOperation]) async throws {
    let operations = Dictionary(sent.map { ($0.id, $0) }) { first, _ in first }
    let seen = try await readBack(results, operations: operations)
    let normalised = try await normalised(results, operations: operations, seen: seen)
    var settlements: [Settlement] = []
    var again: [Int64] = []
    var unanswered: [Int64: ServiceError] = [:]
    for result in results {
      switch result.outcome {
      case .applied(let id, let record):
        settlements.append(
          Settlement(
            operation: result.operation,
            outcome: .applied(
              id: id.text, seen: record ?? seen[id.text], isOneWithWrite: record != nil,
              normalised: normalised[result.operation] ?? []), requestID: result.requestID))
      case .rejected(let rejection):
        settlements.append(
          Settlement(
            operation: result.operation, outcome: .rejected(rejection),
            requestID: result.requestID))
      case .overtaken, .gone, .postponed: again.append(result.operation)
      case .unknown(let error): unanswered[result.operation] = error
      }
    }
    try store.settle(settlements, of: entity, run: step.run, at: now)
    try store.noteUnanswered(unanswered, run: step.run)
    try await readAgain(results, operations: operations)
    try store.overtake(again, at: now)
    count(settlements, operations: operations)
  }

  /// Marketo's answer does not say what it stored: the written records are read.
  private func readBack(
    _ results: [WriteResult], operations: [Int64: StoredOperation]
  ) async throws -> [String: Record] {
    let ids = results.compactMap { result -> String? in
      guard operations[result.operation]?.action != .delete,
        case .applied(let id, nil) = result.outcome
      else { return nil }
      return id.text
    }
    guard !ids.isEmpty else { return [:] }
    let found = try await connector.find(in: schema, by: .id, values: ids)
    return Dictionary(found.map { ($0.id.text, $0) }) { first, _ in first }
  }

  /// A record that was overtaken, or is gone, is read so that the next plan sees it as it is.
  private func readAgain(
    _ results: [WriteResult], operations: [Int64: StoredOperation]
  ) async throws {
    let ids = results.compactMap { result -> String? in
      switch result.outcome {
      case .overtaken, .gone: operations[result.operation]?.target?.text
      default: nil
      }
    }
    guard !ids.isEmpty else { return }
    try await step.read(ids, in: schema, through: connector)
  }

  private func count(_ settlements: [Settlement], operations: [Int64: StoredOperation]) {
    step.tally.add { counts in
      for settlement in settlements {
        guard case .applied = settlement.outcome else {
          counts.rejections += 1
          continue
        }
        if case .create? = operations[settlement.operation]?.action {
          counts.recordsCreated += 1
        } else {
          counts.recordsUpdated += 1
        }
      }
    }
  }
}
