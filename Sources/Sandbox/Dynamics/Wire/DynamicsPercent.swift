/// Percent-encoding as Dataverse writes it: with lower-case hexadecimal digits.
enum DynamicsPercent {
  private static let plain = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
  private static let digits = Array("0123456789abcdef".utf8)

  /// The text with everything but unreserved characters encoded.
  static func encoded(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      if plain.contains(byte) {
        output.append(byte)
      } else {
        output += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The text with its escapes undone, and `+` read as a blank where `plusIsBlank`.
  static func decoded(_ text: some StringProtocol, plusIsBlank: Bool = true) -> String {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x25, index + 1 < bytes.count, let high = digit(bytes[index]),
        let low = digit(bytes[index + 1])
      {
        output.append(high << 4 | low)
        index += 2
      } else if byte == 0x2B, plusIsBlank {
        output.append(0x20)
      } else {
        output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
