/// Edits by people, drawn from a seed: the same seed makes the same edits.
struct RandomEdits {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Where and what one edit is.
  struct Edit {
    let twin: Int
    let pair: Int
    let isInMarketo: Bool
    let value: String?
  }

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// The next edit of one of `pool`; a field that both sides know.
  mutating func edit(_ pool: [Int], _ expectation: Expectation) -> Edit {
    let index = pool[next(pool.count)]
    let twin = expectation.twins[index]
    let editable = twin.kind.pairs.indices.filter { isEditable(twin.kind.pairs[$0], twin.kind) }
    let pair = editable[next(editable.count)]
    let isInMarketo = twin.kind != .user && next(2) == 0
    return Edit(
      twin: index, pair: pair, isInMarketo: isInMarketo,
      value: value(twin, pair, isInMarketo: isInMarketo, expectation))
  }

  private func isEditable(_ pair: Mapping.Pair, _ kind: Expectation.Kind) -> Bool {
    let names = [
      "jobtitle", "telephone1", "address1_city", "description", "donotphone", "leadsourcecode",
      "leadqualitycode", "revenue", "title", "websiteurl",
    ]
    return names.contains(pair.dynamics) && pair.kind != .state
  }

  private mutating func value(
    _ twin: Expectation.Twin, _ pair: Int, isInMarketo: Bool, _ expectation: Expectation
  ) -> String? {
    let field = twin.kind.pairs[pair]
    switch field.kind {
    case .flag: return next(2) == 0 ? "true" : "false"
    case .choice, .state:
      let labels = expectation.labels["\(twin.kind.rawValue).\(field.dynamics)"] ?? [:]
      let choices = labels.sorted { $0.key < $1.key }
      let choice = choices[next(choices.count)]
      return isInMarketo ? choice.value : choice.key
    case .money:
      // Marketo keeps what Dynamics rounds.
      return isInMarketo ? "\(1 + next(90_000)).\(100 + next(900))5" : "\(1 + next(90_000)).25"
    case .text, .whole:
      if next(6) == 0 { return nil }
      let word = "edit \(next(1_000_000))"
      return isInMarketo && next(4) == 0 ? "\(word)  " : word
    }
  }
}
