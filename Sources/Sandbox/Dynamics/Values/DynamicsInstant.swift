/// Points in time as the service stores and prints them: UTC, whole seconds.
enum DynamicsInstant {
  /// The second as `2026-01-05T09:15:02Z`.
  static func text(_ unix: Int64) -> String {
    let (days, second) = split(unix)
    return "\(date(days))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  /// The second as a delta token carries it: `01/05/2026 09:15:02`.
  static func stamp(_ unix: Int64) -> String {
    let (days, second) = split(unix)
    let (year, month, day) = civil(days)
    return "\(two(month))/\(two(day))/\(four(year)) "
      + "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
  }

  /// The second as the login service prints it: `2026-01-05 09:15:02Z`.
  static func login(_ unix: Int64) -> String {
    text(unix).replacing("T", with: " ")
  }

  /// Reads ``stamp(_:)`` back.
  static func parseStamp(_ text: String) -> Int64? {
    let parts = text.split(whereSeparator: { "/ :".contains($0) }).map { Int64($0) }
    guard parts.count == 6, let month = parts[0], let day = parts[1], let year = parts[2],
      let hour = parts[3], let minute = parts[4], let second = parts[5],
      let days = days(year, month, day)
    else { return nil }
    return days * 86400 + hour * 3600 + minute * 60 + second
  }

  /// The second of an ISO 8601 text; an offset is honoured, none means UTC, fractions are cut.
  static func parse(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, let days = parseDate(String(decoding: bytes[..<10], as: UTF8.self))
    else { return nil }
    if bytes.count == 10 { return days * 86400 }
    guard bytes.count >= 16, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      bytes[13] == UInt8(ascii: ":"), let hour = digits(bytes[11..<13]), hour < 24,
      let minute = digits(bytes[14..<16]), minute < 60
    else { return nil }
    var second: Int64 = 0
    var rest = bytes[16...]
    if rest.first == UInt8(ascii: ":") {
      guard let value = digits(rest.dropFirst().prefix(2)), value < 60 else { return nil }
      second = value
      rest = rest.dropFirst(3)
      if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst().drop { (0x30...0x39).contains($0) }
      }
    }
    guard let offset = offset(rest) else { return nil }
    return days * 86400 + hour * 3600 + minute * 60 + second - offset
  }

  /// The day number of a text of the form `2026-03-31`.
  static func parseDate(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D, let year = digits(bytes[0..<4]),
      let month = digits(bytes[5..<7]), let day = digits(bytes[8..<10])
    else { return nil }
    return days(year, month, day)
  }

  /// A stored day or second as a person in the United States reads it.
  static func formatted(_ stored: String) -> String {
    guard let unix = parse(stored) else { return stored }
    let (days, second) = split(unix)
    let (year, month, day) = civil(days)
    let date = "\(month)/\(day)/\(year)"
    guard stored.utf8.count > 10 else { return date }
    let hour = second / 3600
    let clock = "\(hour % 12 == 0 ? 12 : hour % 12):\(two(second / 60 % 60))"
    return "\(date) \(clock) \(hour < 12 ? "AM" : "PM")"
  }

  /// The first day that the service accepts, 1 January 1753, as a second.
  static let earliest: Int64 = -6_847_804_800

  private static func offset(_ rest: ArraySlice<UInt8>) -> Int64? {
    guard let first = rest.first else { return 0 }
    if first == UInt8(ascii: "Z") || first == UInt8(ascii: "z") {
      return rest.count == 1 ? 0 : nil
    }
    let numbers = rest.dropFirst().filter { $0 != UInt8(ascii: ":") }[...]
    guard first == 0x2B || first == 0x2D, numbers.count == 4, let hour = digits(numbers.prefix(2)),
      let minute = digits(numbers.suffix(2))
    else { return nil }
    return (first == 0x2D ? -1 : 1) * (hour * 3600 + minute * 60)
  }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard bytes.count >= 2, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  private static func split(_ unix: Int64) -> (days: Int64, second: Int64) {
    let days = (unix >= 0 ? unix : unix - 86399) / 86400
    return (days, unix - days * 86400)
  }

  private static func date(_ days: Int64) -> String {
    let (year, month, day) = civil(days)
    return "\(four(year))-\(two(month))-\(two(day))"
  }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : String(value) }

  private static func four(_ value: Int64) -> String {
    String(repeating: "0", count: max(0, 4 - String(value).count)) + String(value)
  }

  /// Days since 1970 of a civil date, or nil where there is no such day.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let result = era * 146_097 + dayOfEra - 719_468
    return civil(result) == (year, month, day) ? result : nil
  }

  private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1
    )
  }
}
