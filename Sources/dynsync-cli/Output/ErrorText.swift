import Store

/// Puts the error list into words.
enum ErrorText {
  /// One cause: who, what, since when, an example, and what mends it.
  static func cause(_ cause: ErrorCause) -> String {
    let example = cause.example
    let lines = [
      "\(ProgressText.grouped(cause.count)) × \(heading(of: cause))", "  \(cause.message)",
      "  since \(cause.firstAt), last \(cause.lastAt); \(next(of: cause))",
      "  for example \(name(of: example))" + (example.requestID.map { ", request \($0)" } ?? ""),
      Mend.text(side: cause.side, kind: cause.kind, code: cause.code).map { "  Try: \($0)" },
    ]
    return lines.compactMap(\.self).map(DisplayText.visible).joined(separator: "\n")
  }

  /// One record's entry, with its own words.
  static func entry(_ error: ListedError) -> String {
    let what = [
      words(kind: error.kind, side: error.side, code: error.code),
      error.field.map(DisplayName.pair),
    ].compactMap(\.self).joined(separator: ", ")
    let tries = Amount.text(error.tries, "try", plural: "tries")
    let lines = [
      "\(name(of: error)): \(what)", "  \(error.message)",
      error.candidates.map { "  it may be: \($0)" },
      "  since \(error.firstAt), last \(error.lastAt), \(tries); \(next(of: error))",
      error.requestID.map { "  request \($0)" },
      Mend.text(side: error.side, kind: error.kind, code: error.code).map { "  Try: \($0)" },
    ]
    return lines.compactMap(\.self).map(DisplayText.visible).joined(separator: "\n")
  }

  private static func heading(of cause: ErrorCause) -> String {
    let entities = cause.entities.joined(separator: ", ")
    let field = cause.field.map { ", \(DisplayName.pair($0))" } ?? ""
    return "\(entities): \(words(kind: cause.kind, side: cause.side, code: cause.code))\(field)"
  }

  private static func words(kind: String, side: String, code: String?) -> String {
    let code = code.map { " (\($0))" } ?? ""
    let side = DisplayName.side(side)
    return switch kind {
    case "rejected": "refused by \(side)\(code)"
    case "ambiguous": "ambiguous in \(side)"
    case "manual": "waits for a person's choice, to \(side)"
    case "untranslatable": "no such value in \(side)"
    default: "\(kind), \(side)\(code)"
    }
  }

  private static func next(of cause: ErrorCause) -> String {
    guard let next = cause.nextTry else { return givenUp }
    let rest = cause.givenUp == 0 ? "" : "; \(cause.givenUp) \(givenUp)"
    return "tried again at \(next)\(rest)"
  }

  private static func next(of error: ListedError) -> String {
    error.retryAt.map { "tried again at \($0)" } ?? givenUp
  }

  private static let givenUp = "given up until it changes or 'dynsync retry'"

  private static func name(of error: ListedError) -> String {
    "\(error.entity) \(error.dynamicsID)" + (error.marketoID.map { " ↔ Marketo \($0)" } ?? "")
  }
}
