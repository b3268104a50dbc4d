/// Puts progress into words.
enum ProgressText {
  /// One line while the phase runs: count, share, rate and time left.
  static func running(_ progress: Progress, for elapsed: Duration) -> String {
    var parts = ["\(progress.phase): \(count(progress))"]
    if let total = progress.total, total > 0 {
      parts.append("\(min(100, progress.done * 100 / total)) %")
    }
    if let rate = rate(progress, over: elapsed) {
      parts.append("\(grouped(Int(rate.rounded())))/s")
      if let total = progress.total, total > progress.done {
        let left = (Double(total - progress.done) / rate).rounded(.up)
        parts.append("\(DurationText.text(.seconds(left))) left")
      }
    }
    return parts.joined(separator: ", ")
  }

  /// One line when the phase is over: count and time.
  static func finished(_ progress: Progress, after elapsed: Duration) -> String {
    "\(progress.phase): \(grouped(progress.done)) in \(DurationText.text(elapsed))"
  }

  /// A whole number with its thousands apart: `12,345`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-\(text)" : text
  }

  private static func count(_ progress: Progress) -> String {
    progress.total.map { "\(grouped(progress.done)) of \(grouped($0))" } ?? grouped(progress.done)
  }

  /// A rate over less than a second would only jump about.
  private static func rate(_ progress: Progress, over elapsed: Duration) -> Double? {
    let seconds = elapsed / .seconds(1)
    guard seconds >= 1, progress.done > 0 else { return nil }
    return Double(progress.done) / seconds
  }
}
