import Model

/// The one place that quotes an identifier.
func quoted(_ identifier: String) -> String {
  doubling("\"", in: identifier)
}

/// The one place that quotes a text inside generated SQL.
func literal(_ text: String) -> String {
  doubling("'", in: text)
}

/// The text between two marks; those in it, which are few, stand twice.
private func doubling(_ mark: Character, in text: String) -> String {
  text.utf8.contains(mark.asciiValue ?? 0)
    ? "\(mark)\(text.replacing("\(mark)", with: "\(mark)\(mark)"))\(mark)"
    : "\(mark)\(text)\(mark)"
}

extension Store {
  /// The condition of the partial index over activities that are not settled.
  static var isOpenActivity: String { "state IN ('pending', 'sending')" }

  /// The condition of the partial indexes over open operations.
  ///
  /// SQLite uses such an index only where a query says the condition in the index's own words.
  static var isOpen: String { "status IN ('planned', 'sending')" }
}

/// `?, ?, ?`: as many as there are values.
func placeholders(_ count: Int) -> String {
  Array(repeating: "?", count: count).joined(separator: ", ")
}
