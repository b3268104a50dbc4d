/// Points of time as Marketo writes and reads them, counted in Unix seconds.
enum MarketoInstant {
  /// Writes `2026-03-04T15:06:07Z`.
  static func text(_ seconds: Int64) -> String {
    let days = floorDivide(seconds, 86_400)
    let second = seconds - days * 86_400
    return "\(day(days))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  /// Reads a date-time with an offset or `Z`; fractions of a second are dropped.
  ///
  /// Returns `nil` where the offset is missing: Marketo gives no meaning to such a time.
  static func seconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let days = days(String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
      let second = number(bytes[17..<19]), hour < 24, minute < 60, second < 60
    else { return nil }
    var zone = bytes[19...]
    if zone.first == UInt8(ascii: ".") {
      zone = zone.dropFirst().drop { (0x30...0x39).contains($0) }
    }
    guard let offset = offset(zone) else { return nil }
    return days * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  /// Reads `YYYY-MM-DD` as days since 1970; `nil` where there is no such day.
  static func days(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8...]), (1...12).contains(month), day >= 1
    else { return nil }
    let days = count(year: year, month: month, day: day)
    return Self.day(days) == text ? days : nil
  }

  /// The day as `YYYY-MM-DD` in US Central time, whose midnight starts a new daily quota.
  static func centralDay(_ seconds: Int64) -> String {
    let standard = seconds - 6 * 3600
    let isSummer = isCentralSummer(standard)
    return day(floorDivide(isSummer ? standard + 3600 : standard, 86_400))
  }

  private static func isCentralSummer(_ standard: Int64) -> Bool {
    let year = Int64(day(floorDivide(standard, 86_400)).prefix(4)) ?? 1970
    let start = firstSunday(year: year, month: 3) + 7
    let end = firstSunday(year: year, month: 11)
    return standard >= start * 86_400 + 2 * 3600 && standard < end * 86_400 + 3600
  }

  private static func firstSunday(year: Int64, month: Int64) -> Int64 {
    let first = count(year: year, month: month, day: 1)
    return first + (10 - first % 7) % 7
  }

  private static func day(_ days: Int64) -> String {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let digits = String(year)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(padding)\(digits)-\(two(month))-\(two(day))"
  }

  private static func count(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func offset(_ zone: ArraySlice<UInt8>) -> Int64? {
    let text = String(decoding: zone, as: UTF8.self)
    if ["Z", "z", "Z+0000"].contains(text) { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = Array(text.dropFirst().utf8).filter { $0 != UInt8(ascii: ":") }
    guard digits.count == 4, let hour = number(digits[..<2]), let minute = number(digits[2...]),
      hour < 24, minute < 60
    else { return nil }
    return (hour * 3600 + minute * 60) * (sign == "-" ? -1 : 1)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(String(decoding: digits, as: UTF8.self))
  }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }
}
