/// One JSON value whose members keep their order and whose numbers keep their digits.
///
/// Marketo answers with `id` first and the other fields in the order asked for, and a currency
/// amount must not pass through a binary fraction: the usual decoders promise neither.
enum MarketoJSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number's own digits, as they stood in the text.
  case number(String)
  case string(String)
  case array([MarketoJSON])
  case object([Member])

  /// One key of an object with its value.
  struct Member: Hashable, Sendable {
    var key: String
    var value: MarketoJSON
  }

  /// Makes an object from pairs in the order given.
  static func members(_ pairs: KeyValuePairs<String, MarketoJSON>) -> MarketoJSON {
    .object(pairs.map { Member(key: $0.key, value: $0.value) })
  }

  /// Makes a number from a whole number.
  static func integer(_ value: some BinaryInteger) -> MarketoJSON { .number(String(value)) }

  /// The value under a key of an object; `nil` where this is no object or has no such key.
  subscript(key: String) -> MarketoJSON? { members?.first { $0.key == key }?.value }

  /// The members of an object.
  var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The elements of an array.
  var elements: [MarketoJSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The text of a string.
  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A whole number, written as a number or as text that holds one.
  var wholeNumber: Int64? {
    switch self {
    case .number(let digits), .string(let digits): Int64(digits)
    default: nil
    }
  }

  /// A truth value, written as such, as `1` and `0`, or as text that says so.
  var truth: Bool? {
    switch self {
    case .bool(let value): value
    case .number("1"), .string("1"), .string("true"): true
    case .number("0"), .string("0"), .string("false"): false
    default: nil
    }
  }
}
