import Model

/// Moments and ages as people write them on the command line.
enum TimeText {
  /// Which moment of a day a bare date means.
  enum Edge {
    case start
    case end
  }

  static let help = "a moment (2026-01-05T09:15:00Z), a day (2026-01-05, UTC) or an age (2h, 3d)"

  /// What is said of a text that is none of these.
  static func complaint(_ text: String) -> String {
    "'\(DisplayText.visible(text))' is no time; write 2026-01-05T09:15:00Z, 2026-01-05 or 2h"
  }

  /// Whether a text is one of these.
  static func isTime(_ text: String) -> Bool {
    moment(text, at: .start, now: Instant(seconds: 0)) != nil
  }

  /// Reads a moment: RFC 3339, a day in UTC, or so long before `now` as an age says; `nil` for
  /// anything else.
  static func moment(_ text: String, at edge: Edge, now: Instant) -> Instant? {
    if let moment = Instant(text) { return moment }
    if let day = Instant("\(text)T00:00:00Z") {
      return edge == .start ? day : day + (86_400 - 1)
    }
    return age(text.replacing(/\ ago$/, with: "")).map { now - $0 }
  }

  /// Reads an age in seconds: weeks, days, hours, minutes, seconds, as in `90d` or `1d12h`.
  static func age(_ text: String) -> Int64? {
    let form = /(?:([0-9]{1,4})w)?(?:([0-9]{1,5})d)?([0-9hms]*)/
    guard let match = text.wholeMatch(of: form) else { return nil }
    let days =
      7 * (match.1.flatMap { Int64($0) } ?? 0) + (match.2.flatMap { Int64($0) } ?? 0)
    let rest = String(match.3)
    guard let clock = rest.isEmpty ? .zero : DurationText.duration(rest) else { return nil }
    let total = days * 86_400 + clock.components.seconds
    return total > 0 ? total : nil
  }

  /// How long ago something was, in its two largest units: `3d 4h ago`.
  static func ago(_ moment: Instant, now: Instant) -> String {
    let seconds = max(0, now.seconds - moment.seconds)
    let units = [(86_400, "d"), (3600, "h"), (60, "m"), (1, "s")] as [(Int64, String)]
    var rest = seconds
    var parts: [String] = []
    for (length, name) in units {
      if rest >= length || !parts.isEmpty { parts.append("\(rest / length)\(name)") }
      rest %= length
    }
    let told = parts.prefix(2).filter { !$0.hasPrefix("0") }
    return told.isEmpty ? "just now" : "\(told.joined(separator: " ")) ago"
  }
}
