/// Writes progress to a stream as it is told, from any task.
///
/// It guards the one line that all tasks share.
actor ProgressReporter<C: Clock<Duration>> {
  private var line: ProgressLine
  private let clock: C
  private let start: C.Instant
  private let write: @Sendable (String) -> Void

  init(_ style: ProgressLine.Style, clock: C, write: @escaping @Sendable (String) -> Void) {
    line = ProgressLine(style)
    self.clock = clock
    start = clock.now
    self.write = write
  }

  /// Tells how far the work has come.
  func show(_ progress: Progress) {
    put(line.show(progress, at: start.duration(to: clock.now)))
  }

  /// Ends the last phase's line.
  func finish() { put(line.finish(at: start.duration(to: clock.now))) }

  private func put(_ text: String) {
    if !text.isEmpty { write(text) }
  }
}
