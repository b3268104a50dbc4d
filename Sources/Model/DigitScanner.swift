/// Reads the fixed-width digits of dates and times from the front of a text.
struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number(digits: Int) -> Int? {
    var number = 0
    guard rest.count >= digits else { return nil }
    for byte in rest.prefix(digits) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    rest = rest.dropFirst(digits)
    return number
  }

  mutating func take(anyOf bytes: String) -> UInt8? {
    guard let first = rest.first, bytes.utf8.contains(first) else { return nil }
    rest = rest.dropFirst()
    return first
  }

  mutating func skipDigits() -> Int {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    rest = rest.dropFirst(digits)
    return digits
  }

  mutating func date() -> CalendarDate? {
    guard let year = number(digits: 4), take(anyOf: "-") != nil, let month = number(digits: 2),
      take(anyOf: "-") != nil, let day = number(digits: 2)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// Seconds east of UTC: `Z`, `+hh:mm` or `+hhmm`.
  mutating func offset() -> Int? {
    guard let sign = take(anyOf: "Zz+-") else { return nil }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return 0 }
    guard let hours = number(digits: 2) else { return nil }
    _ = take(anyOf: ":")
    guard let minutes = number(digits: 2), hours < 24, minutes < 60 else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
