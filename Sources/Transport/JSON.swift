import Model

/// A JSON document with exact numbers.
///
/// Whole numbers that fit are integers, all others exact decimals: an amount is never rounded to
/// binary on its way.
public enum JSON: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case decimal(ExactDecimal)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  /// Reads one document; throws ``JSONError`` where the bytes are none.
  public init(parsing bytes: [UInt8]) throws {
    self = try bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(buffer)
      return try parser.document()
    }
  }

  /// The member of an object; `nil` where there is none, or this is no object.
  public subscript(_ key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// Any number, whole or not.
  public var decimal: ExactDecimal? {
    switch self {
    case .integer(let number): ExactDecimal(String(number))
    case .decimal(let number): number
    default: nil
    }
  }

  public var boolean: Bool? {
    if case .boolean(let truth) = self { truth } else { nil }
  }

  public var array: [JSON]? {
    if case .array(let items) = self { items } else { nil }
  }

  public var object: [String: JSON]? {
    if case .object(let members) = self { members } else { nil }
  }

  public var isNull: Bool { self == .null }
}

/// Bytes that are no JSON document.
public struct JSONError: Error, Hashable, Sendable {
  public var reason: String
  /// Where, in bytes from the beginning.
  public var offset: Int
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(nilLiteral: ()) { self = .null }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}
