import Sync

/// How far a long piece of work has come.
struct Progress: Hashable, Sendable {
  /// What is being done, as in `reading leads`.
  var phase: String
  var done: Int
  /// How much there is to do; `nil` where nobody knows.
  var total: Int?

  init(phase: String, done: Int, total: Int? = nil) {
    self.phase = phase
    self.done = done
    self.total = total
  }
}

extension Progress {
  /// Puts what a run reports into words.
  ///
  /// The plan is counted over all entities, so that it is one phase.
  init(_ progress: Sync.Progress) {
    let isWhole = progress.subject.isEmpty || progress.phase == .plan
    let subject = isWhole ? "" : " \(progress.subject)"
    self.init(phase: "\(progress.phase)\(subject)", done: progress.done, total: progress.total)
  }
}
