/// One value of one field, in the only form in which it is kept and compared.
enum MarketoValue: Hashable, Sendable {
  case empty
  case text(String)
  case integer(Int64)
  case boolean(Bool)
  /// A number in its plain spelling.
  case decimal(String)

  /// The value as a read answers it; empty is an explicit `null`.
  var json: MarketoJSON {
    switch self {
    case .empty: .null
    case .text(let text): .string(text)
    case .integer(let number): .integer(number)
    case .boolean(let truth): .bool(truth)
    case .decimal(let digits): .number(digits)
    }
  }

  /// The value as the activity log writes it, where every value is text; `nil` for empty.
  var logText: String? {
    switch self {
    case .empty: nil
    case .text(let text): text
    case .integer(let number): String(number)
    case .boolean(let truth): truth ? "true" : "false"
    case .decimal(let digits): digits
    }
  }

  /// The whole number that the value is; `nil` for all others.
  var wholeNumber: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The text that the value is; `nil` for all others.
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}
