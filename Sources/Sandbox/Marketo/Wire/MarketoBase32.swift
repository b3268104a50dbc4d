/// Base32 text (`A`–`Z`, `2`–`7`, padded), the alphabet of Marketo's opaque page tokens.
enum MarketoBase32 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  /// Writes text as padded base32.
  static func encode(_ text: String) -> String {
    var out: [UInt8] = []
    var pending = 0
    var bits = 0
    for byte in text.utf8 {
      pending = (pending << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        out.append(alphabet[(pending >> bits) & 31])
      }
    }
    if bits > 0 { out.append(alphabet[(pending << (5 - bits)) & 31]) }
    while out.count % 8 != 0 { out.append(UInt8(ascii: "=")) }
    return String(decoding: out, as: UTF8.self)
  }

  /// Reads base32 back into text; `nil` where it is none.
  static func decode(_ encoded: String) -> String? {
    var out: [UInt8] = []
    var pending = 0
    var bits = 0
    for byte in encoded.utf8 where byte != UInt8(ascii: "=") {
      guard let digit = alphabet.firstIndex(of: byte) else { return nil }
      pending = (pending << 5 | digit) & 0xFFFF
      bits += 5
      guard bits >= 8 else { continue }
      bits -= 8
      out.append(UInt8(truncatingIfNeeded: pending >> bits))
    }
    return String(validating: out, as: UTF8.self)
  }
}
