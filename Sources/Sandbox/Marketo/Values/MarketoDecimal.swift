/// Decimal numbers in one spelling, so that two texts of one amount compare equal.
enum MarketoDecimal {
  private static let longest = 40

  /// The plain spelling: no exponent, no plus sign, no zeros that say nothing.
  ///
  /// Returns `nil` where the text is no number or needs more than forty digits.
  static func canonical(_ text: String) -> String? {
    let lowered = text.lowercased()
    let halves = lowered.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard let mantissa = halves.first, !mantissa.isEmpty else { return nil }
    guard let exponent = halves.count == 2 ? Int(halves[1]) : 0, abs(exponent) <= longest else {
      return nil
    }
    let isNegative = mantissa.hasPrefix("-")
    let unsigned = isNegative || mantissa.hasPrefix("+") ? mantissa.dropFirst() : mantissa
    let parts = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = Array(parts.first.map { $0.utf8 }.map(Array.init) ?? [])
    let fraction = parts.count == 2 ? Array(parts[1].utf8) : []
    let digits = whole + fraction
    guard !digits.isEmpty, digits.count <= longest,
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let plain = plain(digits, point: whole.count + exponent)
    return isNegative && plain != "0" ? "-" + plain : plain
  }

  /// A plain spelling with at most so many decimals, a half going away from zero.
  static func rounded(_ plain: String, places: Int) -> String {
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count > places else { return plain }
    let isNegative = plain.hasPrefix("-")
    let whole = isNegative ? parts[0].dropFirst() : parts[0]
    var digits = Array(whole.utf8) + Array(parts[1].utf8.prefix(places))
    let next = Array(parts[1].utf8)[places]
    if next >= UInt8(ascii: "5") {
      var place = digits.count - 1
      while place >= 0, digits[place] == UInt8(ascii: "9") {
        digits[place] = UInt8(ascii: "0")
        place -= 1
      }
      if place >= 0 { digits[place] += 1 } else { digits.insert(UInt8(ascii: "1"), at: 0) }
    }
    let text = Self.plain(digits, point: digits.count - places)
    return isNegative && text != "0" ? "-" + text : text
  }

  /// A plain spelling with so many decimals at least, the missing ones zeros.
  static func padded(_ plain: String, places: Int) -> String {
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1].utf8.count : 0
    guard fraction < places else { return plain }
    let zeros = String(repeating: "0", count: places - fraction)
    return (parts.count == 2 ? plain : plain + ".") + zeros
  }

  private static func plain(_ digits: [UInt8], point: Int) -> String {
    let zero = UInt8(ascii: "0")
    let before = max(0, -point)
    var padded = [UInt8](repeating: zero, count: before) + digits
    let place = point + before
    if place > padded.count { padded += [UInt8](repeating: zero, count: place - padded.count) }
    let whole = padded[..<place].drop { $0 == zero }
    var fraction = padded[place...]
    while fraction.last == zero { fraction = fraction.dropLast() }
    let wholeText = whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)
    return fraction.isEmpty
      ? wholeText : wholeText + "." + String(decoding: fraction, as: UTF8.self)
  }
}
