/// Amounts of money as texts, without a detour through binary fractions.
enum ImportAmount {
  /// An amount such as `1100.04` times ten to the power of `exponent`, with two decimal places.
  ///
  /// `nil` where the text is no plain decimal, or where cents would not be enough.
  static func text(_ text: String, exponent: Int) -> String? {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0)
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty, parts.count == 1 || parts[1] != "" else {
      return nil
    }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard (whole + decimals).utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let places = exponent + 2
    let kept = decimals.prefix(places)
    guard decimals.dropFirst(places).allSatisfy({ $0 == "0" }) else { return nil }
    let zeros = String(repeating: "0", count: places - kept.count)
    let digits = (whole + kept + zeros).drop { $0 == "0" }
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    let sign = isNegative && padded != "000" ? "-" : ""
    return "\(sign)\(padded.dropLast(2)).\(padded.suffix(2))"
  }
}
