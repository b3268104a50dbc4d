/// Lengths of time as people write them: `30s`, `5m`, `1h`, and together `1h30m`.
enum DurationText {
  /// Reads a length of time above zero; `nil` for anything else.
  static func duration(_ text: String) -> Duration? {
    guard
      let match = text.wholeMatch(of: /(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?/)
    else { return nil }
    let hours = match.1.flatMap { Int64($0) } ?? 0
    let minutes = match.2.flatMap { Int64($0) } ?? 0
    let seconds = match.3.flatMap { Int64($0) } ?? 0
    let total = hours * 3600 + minutes * 60 + seconds
    return total > 0 ? .seconds(total) : nil
  }

  /// The shortest text for a length of time, to the second: `1h30m`.
  static func text(_ duration: Duration) -> String {
    let total = max(0, duration.components.seconds)
    let parts = [(total / 3600, "h"), (total / 60 % 60, "m"), (total % 60, "s")]
      .filter { $0.0 > 0 }
      .map { "\($0.0)\($0.1)" }
    return parts.isEmpty ? "0s" : parts.joined()
  }
}
