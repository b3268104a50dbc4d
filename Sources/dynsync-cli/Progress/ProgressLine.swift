/// Decides what is written when progress is told: on a terminal one line that is rewritten and in the
/// end taken away, elsewhere one line for each phase in which something was done.
struct ProgressLine: Sendable {
  var style: Style
  private var current: Progress?
  private var began: Duration = .zero
  private var written: Duration?

  enum Style: Hashable, Sendable {
    /// At most `columns` wide, so that the line can be rewritten.
    case terminal(columns: Int)
    case plain
  }

  /// A terminal's line is rewritten no more often than this.
  static let shortestInterval = Duration.milliseconds(100)

  init(_ style: Style) { self.style = style }

  /// What to write now that work has come so far; `moment` counts from any fixed point.
  mutating func show(_ progress: Progress, at moment: Duration) -> String {
    var text = ""
    if current?.phase != progress.phase {
      if style == .plain { text = finish(at: moment) }
      (began, written) = (moment, nil)
    }
    current = progress
    guard case .terminal(let columns) = style else { return text }
    if let written, moment - written < Self.shortestInterval { return "" }
    written = moment
    return rewritten(ProgressText.running(progress, for: moment - began), columns: columns)
  }

  /// What to write when the last phase is over.
  mutating func finish(at moment: Duration) -> String {
    guard let progress = current else { return "" }
    current = nil
    switch style {
    case .terminal(let columns): return rewritten("", columns: columns)
    case .plain:
      guard progress.done > 0 else { return "" }
      return ProgressText.finished(progress, after: moment - began) + "\n"
    }
  }

  /// To the line's start, the text, and the rest of the line cleared.
  private func rewritten(_ line: String, columns: Int) -> String {
    "\r\(line.prefix(max(1, columns - 1)))\u{1b}[K"
  }
}
