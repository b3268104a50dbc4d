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
