/// A JSON value that keeps numbers as they were written and members in their order.
enum DynamicsJSON: Sendable, Equatable {
  case null
  case boolean(Bool)
  /// The number's own text, so that money stays exact.
  case number(String)
  case string(String)
  case array([DynamicsJSON])
  case object([Member])

  /// One name and its value.
  struct Member: Sendable, Equatable {
    var name: String
    var value: DynamicsJSON

    init(_ name: String, _ value: DynamicsJSON) {
      self.name = name
      self.value = value
    }
  }

  /// The member of that name, or nil where this is no object or has none.
  subscript(name: String) -> DynamicsJSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text of a string.
  var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a whole number.
  var integer: Int64? {
    guard case .number(let text) = self else { return nil }
    return DynamicsDecimal.whole(text)
  }

  /// The value of a boolean.
  var boolean: Bool? {
    guard case .boolean(let value) = self else { return nil }
    return value
  }

  /// The members of an object.
  var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The items of an array.
  var items: [DynamicsJSON]? {
    guard case .array(let items) = self else { return nil }
    return items
  }

  /// A whole number.
  static func integer(_ value: some BinaryInteger) -> DynamicsJSON { .number(String(value)) }

  /// A string, or null where there is none.
  static func text(_ value: String?) -> DynamicsJSON { value.map(DynamicsJSON.string) ?? .null }
}

extension DynamicsJSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  ExpressibleByNilLiteral
{
  init(dictionaryLiteral elements: (String, DynamicsJSON)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }

  init(stringLiteral value: String) { self = .string(value) }

  init(booleanLiteral value: Bool) { self = .boolean(value) }

  init(integerLiteral value: Int64) { self = .number(String(value)) }

  init(arrayLiteral elements: DynamicsJSON...) { self = .array(elements) }

  init(nilLiteral: ()) { self = .null }
}
