/// Where a text stopped being JSON.
struct DynamicsJSONFault: Error {
  var offset: Int
}

extension DynamicsJSON {
  /// Reads one JSON value; throws ``DynamicsJSONFault``.
  init(parsing bytes: some Sequence<UInt8>) throws {
    var parser = DynamicsJSONParser(bytes: Array(bytes))
    self = try parser.document()
  }
}

private struct DynamicsJSONParser {
  let bytes: [UInt8]
  var position = 0
  var depth = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func document() throws -> DynamicsJSON {
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw fault }
    return value
  }

  private var fault: DynamicsJSONFault { DynamicsJSONFault(offset: position) }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() throws -> DynamicsJSON {
    skipBlanks()
    guard position < bytes.count, depth < 64 else { throw fault }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ text: String, _ value: DynamicsJSON) throws -> DynamicsJSON {
    guard bytes[position...].starts(with: text.utf8) else { throw fault }
    position += text.utf8.count
    return value
  }

  private mutating func object() throws -> DynamicsJSON {
    position += 1
    depth += 1
    defer { depth -= 1 }
    var members: [DynamicsJSON.Member] = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw fault }
      let name = try string()
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw fault }
      members.append(DynamicsJSON.Member(name, try value()))
      skipBlanks()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw fault }
    }
  }

  private mutating func array() throws -> DynamicsJSON {
    position += 1
    depth += 1
    defer { depth -= 1 }
    var items: [DynamicsJSON] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      items.append(try value())
      skipBlanks()
      if take(UInt8(ascii: "]")) { return .array(items) }
      guard take(UInt8(ascii: ",")) else { throw fault }
    }
  }

  private mutating func number() throws -> DynamicsJSON {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      let belongs =
        (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2B || byte == 0x2E
        || byte == 0x45 || byte == 0x65
      guard belongs else { break }
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard !text.isEmpty, Double(text) != nil else { throw fault }
    return .number(text)
  }

  private mutating func string() throws -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5C {
      guard bytes[position] >= 0x20 else { throw fault }
      position += 1
    }
    if take(0x22) { return String(decoding: bytes[start..<(position - 1)], as: UTF8.self) }
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
      if byte == 0x5C { try escape(into: &text) } else { text.append(byte) }
    }
    throw fault
  }

  private mutating func escape(into text: inout [UInt8]) throws {
    guard position < bytes.count else { throw fault }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"): text += String(try codePoint()).utf8
    case 0x22, 0x5C, 0x2F: text.append(byte)
    default: throw fault
    }
  }

  private mutating func codePoint() throws -> Character {
    let first = try codeUnit()
    var value = first
    if (0xD800..<0xDC00).contains(first), position + 1 < bytes.count,
      bytes[position] == 0x5C, bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      let second = try codeUnit()
      guard (0xDC00..<0xE000).contains(second) else { throw fault }
      value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }
    return Character(Unicode.Scalar(value) ?? "\u{FFFD}")
  }

  private mutating func codeUnit() throws -> UInt32 {
    guard position + 4 <= bytes.count,
      let value = UInt32(
        String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
    else { throw fault }
    position += 4
    return value
  }
}
