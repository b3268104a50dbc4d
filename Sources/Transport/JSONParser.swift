import Model

/// Reads RFC 8259 documents from bytes, in one pass.
///
/// By hand, because Foundation's decoders read numbers as binary floating point, and are slow on a
/// page of thousands of rows.
struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Deeper nesting is refused, so that an answer cannot exhaust the stack.
  private static let deepest = 128

  mutating func document() throws -> JSON {
    if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { position = 3 }
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw error("text after the end") }
    return value
  }

  private mutating func value() throws -> JSON {
    skipBlanks()
    guard let first = peek else { throw error("the document ends early") }
    switch first {
    case UInt8(ascii: "{"): return try nested { try $0.object() }
    case UInt8(ascii: "["): return try nested { try $0.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(_ read: (inout Self) throws -> JSON) throws -> JSON {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw error("nested too deep") }
    position += 1
    return try read(&self)
  }

  private mutating func object() throws -> JSON {
    var members: [String: JSON] = [:]
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipBlanks()
      guard peek == UInt8(ascii: "\"") else { throw error("a member needs a name") }
      let name = try string()
      guard take(UInt8(ascii: ":")) else { throw error("a member needs a value") }
      members[name] = try value()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw error("an object is not closed") }
    return .object(members)
  }

  private mutating func array() throws -> JSON {
    var items: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array(items) }
    repeat {
      items.append(try value())
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw error("an array is not closed") }
    return .array(items)
  }

  private mutating func string() throws -> String {
    position += 1
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        defer { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw error("a control character in a text") }
      position += 1
    }
    throw error("a text is not closed")
  }

  /// Reads on from the first escape of a text that began at `start`.
  private mutating func escapedString(from start: Int) throws -> String {
    var units = [UInt8](bytes[start..<position])
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &units)
      case 0..<0x20: throw error("a control character in a text")
      default: units.append(byte)
      }
    }
    throw error("a text is not closed")
  }

  private mutating func escape(into units: inout [UInt8]) throws {
    guard let letter = peek else { throw error("a text is not closed") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(letter)
    case UInt8(ascii: "b"): units.append(0x08)
    case UInt8(ascii: "f"): units.append(0x0c)
    case UInt8(ascii: "n"): units.append(0x0a)
    case UInt8(ascii: "r"): units.append(0x0d)
    case UInt8(ascii: "t"): units.append(0x09)
    case UInt8(ascii: "u"): units.append(contentsOf: String(try unicode()).utf8)
    default: throw error("an unknown escape")
    }
  }

  /// A half of a surrogate pair that stands alone becomes U+FFFD.
  private mutating func unicode() throws -> Character {
    let first = try hex()
    guard (0xd800..<0xdc00).contains(first), peek == UInt8(ascii: "\\"),
      position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
    else { return Self.character(first) }
    let rewind = position
    position += 2
    let second = try hex()
    guard (0xdc00..<0xe000).contains(second) else {
      position = rewind
      return Self.character(first)
    }
    return Self.character(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private static func character(_ scalar: UInt32) -> Character {
    Character(Unicode.Scalar(scalar) ?? "\u{fffd}")
  }

  private mutating func hex() throws -> UInt32 {
    guard position + 4 <= bytes.count else { throw error("an escape ends early") }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard digits.first != "+", let number = UInt32(digits, radix: 16) else {
      throw error("an escape without four digits")
    }
    position += 4
    return number
  }

  private mutating func number() throws -> JSON {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    try digits()
    let isWhole = try !(fraction() || exponent())
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let number = Int64(text) { return .integer(number) }
    guard let number = ExactDecimal(text) else { throw error("a number out of range") }
    return .decimal(number)
  }

  private mutating func fraction() throws -> Bool {
    guard peek == UInt8(ascii: ".") else { return false }
    position += 1
    try digits()
    _ = try exponent()
    return true
  }

  private mutating func exponent() throws -> Bool {
    guard peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") else { return false }
    position += 1
    if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
    try digits()
    return true
  }

  private mutating func digits() throws {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
    {
      position += 1
    }
    guard position > start else { throw error("no value") }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws -> JSON {
    let end = position + word.utf8CodeUnitCount
    let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard end <= bytes.count, bytes[position..<end].elementsEqual(letters) else {
      throw error("no value")
    }
    position = end
    return value
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return }
      position += 1
    }
  }

  private func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: position) }
}
