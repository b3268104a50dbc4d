/// A moment in UTC, to the second: the precision that both services keep.
///
/// Its text is RFC 3339 with `Z`, as in `2026-01-05T09:15:02Z`.
public struct Instant: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  /// Reads RFC 3339 with `Z` or an offset (`+01:00`, `+0100`); a fraction of a second is cut off.
  ///
  /// `nil` without a zone: a clock time is not a moment.
  public init?(_ text: some StringProtocol) {
    var scanner = DigitScanner(text)
    guard let date = scanner.date(), scanner.take(anyOf: "Tt ") != nil,
      let hour = scanner.number(digits: 2), scanner.take(anyOf: ":") != nil,
      let minute = scanner.number(digits: 2), scanner.take(anyOf: ":") != nil,
      let second = scanner.number(digits: 2),
      hour < 24, minute < 60, second < 61
    else { return nil }
    if scanner.take(anyOf: ".,") != nil {
      guard scanner.skipDigits() > 0 else { return nil }
    }
    guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
    let secondOfDay = Int64(hour * 3600 + minute * 60 + second)
    seconds = date.daysSince1970 * 86_400 + secondOfDay - Int64(offset)
  }

  /// The same moment as RFC 3339 text in UTC.
  public var text: String {
    let (days, rest) = seconds.flooredDivision(by: 86_400)
    let date = CalendarDate(daysSince1970: days)
    let second = Int(rest)
    return String(unsafeUninitializedCapacity: 32) { buffer in
      var text = DigitWriter(buffer)
      text.write(date)
      text.write(ascii: "T", second / 3600, digits: 2)
      text.write(ascii: ":", second / 60 % 60, digits: 2)
      text.write(ascii: ":", second % 60, digits: 2)
      text.write(ascii: "Z")
      return text.count
    }
  }

  public static func + (instant: Instant, seconds: Int64) -> Instant {
    Instant(seconds: instant.seconds + seconds)
  }

  public static func - (instant: Instant, seconds: Int64) -> Instant {
    Instant(seconds: instant.seconds - seconds)
  }
}

extension Instant: Comparable {
  public static func < (one: Instant, other: Instant) -> Bool { one.seconds < other.seconds }
}

extension Instant: CustomStringConvertible {
  public var description: String { text }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
