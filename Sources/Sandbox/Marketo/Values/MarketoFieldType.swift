/// The data types that describe.json names.
enum MarketoFieldType: String, CaseIterable, Sendable {
  case string, text, email, phone, url
  case integer, score, reference
  case float, currency, percent
  case boolean
  case date, datetime
  /// A roll-up that no REST call shows.
  case leadFunction = "lead_function"

  /// The types that a field made by API may have ("Field types").
  static let creatable: Set<MarketoFieldType> = [
    .boolean, .currency, .date, .datetime, .email, .float, .integer, .percent, .phone, .score,
    .string, .url,
  ]

  /// How values of the type are kept.
  enum Kind: Sendable { case text, integer, decimal, boolean }

  /// The kind of value that the type holds.
  var kind: Kind {
    switch self {
    case .string, .text, .email, .phone, .url, .date, .datetime, .leadFunction: .text
    case .integer, .score, .reference: .integer
    case .float, .currency, .percent: .decimal
    case .boolean: .boolean
    }
  }

  /// Whether describe.json gives a length for such a field.
  var hasLength: Bool { [.string, .email, .phone, .url].contains(self) }
}

extension MarketoFieldType {
  /// Reads a value of the type from the input of a call.
  ///
  /// `null` and empty text both mean empty. Throws error 1001 for what the type cannot hold: a
  /// date-time without an offset, a number past 32 bits, an e-mail address that is not ASCII.
  func value(_ json: MarketoJSON) throws(MarketoFailure) -> MarketoValue {
    if json == .null || json == .string("") { return .empty }
    guard let value = reading(json) else {
      throw .value(json.text ?? json.jsonText, required: rawValue)
    }
    return value
  }

  private func reading(_ json: MarketoJSON) -> MarketoValue? {
    switch self {
    case .string, .text, .phone, .url, .leadFunction: plainText(json).map { .text($0) }
    case .email: plainText(json).flatMap { Self.isAddress($0) ? .text($0) : nil }
    case .integer, .score, .reference:
      json.wholeNumber.flatMap { Int32(exactly: $0) == nil ? nil : .integer($0) }
    case .float, .currency, .percent:
      numberText(json).flatMap(MarketoDecimal.canonical).map { .decimal($0) }
    case .boolean: json.truth.map { .boolean($0) }
    case .date: json.text.flatMap { MarketoInstant.days($0) == nil ? nil : .text($0) }
    case .datetime:
      json.text.flatMap(MarketoInstant.seconds).map { .text(MarketoInstant.text($0)) }
    }
  }

  private func plainText(_ json: MarketoJSON) -> String? {
    switch json {
    case .string(let text), .number(let text): text
    case .bool(let truth): truth ? "true" : "false"
    default: nil
    }
  }

  private func numberText(_ json: MarketoJSON) -> String? {
    switch json {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    return halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
