import Model
import Transport

/// Values as Marketo writes them in JSON.
enum WireValue {
  /// Reads a member of a record; a missing one is `null`, and an empty text is none.
  ///
  /// Numbers and truths may come as text. A number with decimals in a whole field is rounded half to
  /// even. `nil` where the text is not one that `type` can have: the value is unknown, not empty.
  static func value(_ json: JSON?, as type: FieldType) -> Value? {
    guard let text = json?.plainText, !text.isEmpty else {
      return json == nil || json == .null || json == "" ? .empty : nil
    }
    switch type {
    case .integer:
      return number(text).flatMap { Int64($0.rounded(toScale: 0).text) }.map(Value.integer)
    case .decimal: return number(text).map(Value.decimal)
    case .boolean: return truth(text).map(Value.boolean)
    case .date: return CalendarDate(text.prefix(10)).map(Value.date)
    case .instant: return moment(text).map(Value.instant)
    case .text, .guid, .option, .reference:
      return Value(canonicalText: text, type: type, side: .marketo)
    }
  }

  /// The value in a record that is written; a `null` empties the field.
  static func json(_ value: Value) -> JSON {
    switch value {
    case .empty: .null
    case .integer(let number): .integer(number)
    case .decimal(let number): .decimal(number)
    case .boolean(let truth): .boolean(truth)
    case .option(let number): .integer(Int64(number))
    case .reference(let reference): .string(reference.id.text)
    case .text, .date, .instant, .guid: value.canonicalText.map(JSON.string) ?? .null
    }
  }

  private static func number(_ text: String) -> ExactDecimal? { ExactDecimal(text) }

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1", "yes": true
    case "false", "0", "no": false
    default: nil
    }
  }

  /// Older answers leave the zone out; it is UTC then too.
  private static func moment(_ text: String) -> Instant? {
    Instant(text) ?? Instant(text + "Z")
  }
}
