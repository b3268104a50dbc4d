import Model

/// When an entry of the error list is tried again by itself.
///
/// Content that changes is tried at once; this is about the same content.
enum BackOff {
  /// So many tries of the same content are enough: about a week.
  static let mostTries = 12
  /// Later than any run: only a change, or a person, has it tried again.
  static let never = Instant(seconds: 253_402_300_799)

  /// An hour after the first try, doubled with each one up to a day; a refusal is given up after
  /// ``mostTries``.
  ///
  /// What no service refused costs little to look at (an ambiguous record is looked up again, the others
  /// take no call), and its cause may go without a change of the record (a new option, an end of a
  /// rivalry): it is never given up.
  static func nextTry(after tries: Int, of kind: ErrorEntry.Kind, at now: Instant) -> Instant {
    guard kind != .rejected || tries < mostTries else { return never }
    let hours = min(24, 1 << min(max(tries, 1) - 1, 5))
    return now + Int64(hours * 3600)
  }
}
