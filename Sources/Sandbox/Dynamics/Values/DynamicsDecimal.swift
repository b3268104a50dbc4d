/// Exact decimals as whole numbers of a smallest unit.
enum DynamicsDecimal {
  /// Decimal places of stored money, whatever the column's own precision.
  static let moneyScale = 4

  /// The value of a JSON number without a fraction, or nil.
  static func whole(_ text: String) -> Int64? {
    if let value = Int64(text) { return value }
    guard let value = scaled(text, scale: 0), let exact = scaled(text, scale: 4),
      value.multipliedReportingOverflow(by: 10_000) == (exact, false)
    else { return nil }
    return value
  }

  /// The number in units of 10^-scale, rounded half to even; nil where it does not fit.
  static func scaled(_ text: String, scale: Int) -> Int64? {
    var digits: [Int64] = []
    var point: Int?
    var exponent = 0
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == 0x2D
    if isNegative || bytes.first == 0x2B { bytes = bytes.dropFirst() }
    while let byte = bytes.popFirst() {
      if byte == 0x2E {
        point = digits.count
      } else if byte == 0x45 || byte == 0x65 {
        guard let value = Int(String(decoding: bytes, as: UTF8.self)) else { return nil }
        exponent = value
        bytes = []
      } else {
        guard (0x30...0x39).contains(byte) else { return nil }
        digits.append(Int64(byte - 0x30))
      }
    }
    guard abs(exponent) < 400, !digits.isEmpty else { return nil }
    let kept = (point ?? digits.count) + exponent + scale
    guard let magnitude = rounded(digits, kept: kept) else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  private static func rounded(_ digits: [Int64], kept: Int) -> Int64? {
    var value: Int64 = 0
    for index in 0..<max(0, kept) {
      let (shifted, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooBigToo) = shifted.addingReportingOverflow(
        index < digits.count ? digits[index] : 0)
      if tooBig || tooBigToo { return nil }
      value = sum
    }
    guard kept >= 0, kept < digits.count else { return value }
    let next = digits[kept]
    let isMore = digits[(kept + 1)...].contains { $0 > 0 }
    let goesUp = next > 5 || (next == 5 && (isMore || !value.isMultiple(of: 2)))
    return goesUp ? value + 1 : value
  }

  /// Ten to that power.
  static func power(_ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { value, _ in value * 10 }
  }

  /// The number as text with exactly `scale` decimal places.
  static func text(_ value: Int64, scale: Int) -> String {
    guard scale > 0 else { return String(value) }
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return (value < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
  }

  /// Stored money divided by an exchange rate, both scaled, rounded half to even.
  static func quotient(_ value: Int64, by divisor: Int64, divisorScale: Int) -> Int64? {
    guard divisor > 0 else { return nil }
    let numerator = Int128(value) * Int128(power(divisorScale))
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: Int128(divisor))
    let twice = remainder.magnitude * 2
    let goesAway =
      twice > UInt128(divisor) || (twice == UInt128(divisor) && !quotient.isMultiple(of: 2))
    return Int64(exactly: goesAway ? quotient + (value < 0 ? -1 : 1) : quotient)
  }
}
