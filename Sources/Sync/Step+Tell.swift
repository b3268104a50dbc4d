import Model
import Store

extension Step {
  /// Where persons are told; `nil` where the configuration or the service does not ask for it.
  private var outcomeLog: (any OutcomeLog)? {
    engine.rules.logsActivities ? engine.connectors[.marketo]?.outcomeLog : nil
  }

  /// Begins to note what is to be told, or ends it, as the configuration says: before anything is
  /// written.
  func followTelling() throws {
    guard !options.isDry else { return }
    if outcomeLog == nil { try store.endTelling() } else { try store.beginTelling() }
  }

  /// Tells persons in Marketo what became of the writes of this run, and of what earlier runs left.
  ///
  /// The records are in step by now: what goes wrong here is told as a warning and left for the next
  /// run.
  func tellOutcomes() async throws {
    guard !options.isDry, let log = outcomeLog else { return }
    try store.collectOutcomes()
    var telling = OutcomeTelling(step: self, log: log)
    do {
      try await telling.carryOut()
    } catch let error as ServiceError {
      try warn(.activities, "persons in Marketo were not told what became of changes: \(error)")
    }
    if let words = telling.refusals { try warn(.activities, words) }
  }
}
