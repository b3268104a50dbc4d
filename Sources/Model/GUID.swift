/// A globally unique identifier, kept as lower-case text without braces.
public struct GUID: Hashable, Sendable {
  public let text: String

  /// Reads `8-4-4-4-12` hexadecimal digits, with or without braces, in any case; `nil` for anything
  /// else.
  public init?(_ text: some StringProtocol) {
    var bare = text.lowercased()
    if bare.hasPrefix("{"), bare.hasSuffix("}") { bare = String(bare.dropFirst().dropLast()) }
    guard bare.utf8.count == 36 else { return nil }
    for (position, byte) in bare.utf8.enumerated() {
      let isDash = byte == UInt8(ascii: "-")
      let isHex =
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      guard [8, 13, 18, 23].contains(position) ? isDash : isHex else { return nil }
    }
    self.text = bare
  }

  /// Makes a version-4 identifier from `generator`, so that the same seed gives the same identifiers.
  public init(using generator: inout some RandomNumberGenerator) {
    let high = (generator.next() as UInt64) & 0xffff_ffff_ffff_0fff | 0x4000
    let low = (generator.next() as UInt64) & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
    let digits = Self.hex(high) + Self.hex(low)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(position) { text.append("-") }
      text.append(digit)
    }
    self.text = text
  }

  private static func hex(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension GUID: CustomStringConvertible {
  public var description: String { text }
}
