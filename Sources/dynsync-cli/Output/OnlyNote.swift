import Model

/// Tells what a run of some entities alone leaves for another run.
enum OnlyNote {
  /// One line; `nil` where nothing of other entities is left.
  ///
  /// `backlog` counts what is left by entity; what is left of `only` itself is no matter of it.
  static func text(only: Set<Entity>, of entities: [Entity], backlog: [String: Int]) -> String? {
    let counts = entities.filter { !only.contains($0) }.compactMap { entity in
      backlog[entity.rawValue].map { (entity: entity, count: $0) }
    }
    guard let first = counts.first else { return nil }
    let amounts =
      ["\(Amount.text(first.count, "record")) of \(first.entity)"]
      + counts.dropFirst().map { "\(ProgressText.grouped($0.count)) of \($0.entity)" }
    return "--only left \(WordList.joined(amounts)) waiting"
  }
}

/// Names in a row, as a sentence has them.
enum WordList {
  /// `a`, `a and b`, `a, b and c`.
  static func joined(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return "\(words.dropLast().joined(separator: ", ")) and \(last)"
  }
}
