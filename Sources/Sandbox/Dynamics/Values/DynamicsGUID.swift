/// GUIDs as the Web API prints them: lower case, without braces.
enum DynamicsGUID {
  /// The GUID in lower case, or nil where the text is none.
  static func parse(_ text: some StringProtocol) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return nil }
    for (index, byte) in bytes.enumerated() {
      let isDash = [8, 13, 18, 23].contains(index)
      let isDigit =
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
      guard isDash ? byte == 0x2D : isDigit else { return nil }
    }
    return text.lowercased()
  }

  /// The GUID that belongs to a number; the same for the same number and kind.
  static func made(from number: UInt64, kind: UInt64) -> String {
    let high = mixed(number &+ kind &* 0x9E37_79B9_7F4A_7C15)
    let low = mixed(high ^ number)
    let digits = hexadecimal(high) + hexadecimal(low)
    let text = Array(digits)
    func slice(_ range: Range<Int>) -> String { String(text[range]) }
    return
      "\(slice(0..<8))-\(slice(8..<12))-4\(slice(13..<16))-a\(slice(17..<20))-\(slice(20..<32))"
  }

  /// A number scattered over all 64 bits (the finaliser of SplitMix64).
  static func mixed(_ number: UInt64) -> UInt64 {
    var value = number &+ 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
