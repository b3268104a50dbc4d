import Model

/// Finds the written field that a refusal's words are about.
///
/// Dataverse names it within a sentence only, mostly in single quotes: `The length of the 'subject'
/// attribute …`, `Invalid property 'x' was found …`, `permissions to a Email secured field`.
enum BlamedField {
  /// `nil` where the words name none of the written fields, or several.
  static func find(in message: String, among write: Write, of schema: ObjectSchema) -> FieldName? {
    let quoted = message.matches(of: /'(?<name>[A-Za-z0-9_]+)(?:@odata\.bind)?'/).map {
      $0.name.lowercased()
    }
    let words = Set(
      message.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    let byQuote = quoted.lazy.compactMap { name in write.fields.keys.first { matches($0, name) } }
    if let field = byQuote.first { return field }
    let byWord = write.fields.keys.filter { words.contains($0.rawValue) }
    if byWord.count == 1 { return byWord.first }
    let byLabel = write.fields.keys.filter { name in
      schema.fields[name].map { message.contains("to a \($0.label) secured field") } ?? false
    }
    return byLabel.count == 1 ? byLabel.first : nil
  }

  private static func matches(_ field: FieldName, _ name: String) -> Bool {
    name == field.rawValue.lowercased() || name == "_\(field.rawValue)_value"
  }
}
