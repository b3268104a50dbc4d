import Sandbox

/// What an import did or refused, in words.
enum ImportText {
  /// The most lines that a refusal names.
  private static let limit = 20

  private static let words: [(table: String, word: String, plural: String?)] = [
    ("systemuser", "user", nil), ("team", "team", nil), ("account", "account", nil),
    ("opportunity", "opportunity", "opportunities"), ("lead", "lead", nil),
    ("contact", "contact", nil),
  ]

  /// How many rows of which kind were added and stood.
  static func text(_ summary: ImportSummary) -> String {
    let standing = summary.standing.values.reduce(0, +)
    let stand = standing == 1 ? "stands" : "stand"
    let rest =
      "\(Amount.text(standing, "row")) \(stand) already and \(standing == 1 ? "was" : "were") left"
      + " as \(standing == 1 ? "it is" : "they are")"
    guard !summary.added.isEmpty else { return "nothing to import; \(rest)" }
    let added = "imported \(list(summary.added))"
    return standing == 0 ? added : "\(added); \(rest)"
  }

  /// Why nothing was imported.
  static func text(_ error: ImportError) -> String {
    switch error {
    case .folder(let reason): return reason
    case .problems(let problems):
      let lines = problems.prefix(limit).map { "\n  \($0)" }.joined()
      let rest = problems.count - limit
      let more = rest > 0 ? "\n  and \(Amount.text(rest, "problem")) more" : ""
      return Amount.text(problems.count, "problem") + lines + more
    }
  }

  private static func list(_ counts: [String: Int]) -> String {
    let parts = words.compactMap { table, word, plural in
      counts[table].map { Amount.text($0, word, plural: plural) }
    }
    guard let last = parts.last, parts.count > 1 else { return parts.joined() }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
