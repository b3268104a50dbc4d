import Model

/// What somebody changes in the configuration: one pair of fields of leads and contacts.
public struct RuleChange: Hashable, Sendable {
  public var kind: Kind
  /// Which of the pairs that people can edit on both sides.
  public var pair: Int

  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The pair is taken out.
    case removed
    /// The pair goes one way.
    case oneWay = "one_way"
    /// Collisions of the pair are won by the other side.
    case otherWinner = "other_winner"
  }

  /// The name of the pair that is changed; `nil` where no pair can be.
  func name(in rules: SyncRules) -> String? {
    let names = Self.names(of: rules)
    return names.isEmpty ? nil : names[pair % names.count]
  }

  /// The rules with the change.
  func applied(to rules: SyncRules) -> SyncRules {
    guard let name = name(in: rules) else { return rules }
    var changed = rules
    for place in changed.entities.indices where changed.entities[place].marketo == .person {
      let winner = changed.entities[place].winner
      changed.entities[place].pairs = changed.entities[place].pairs.compactMap { pair in
        guard pair.name == name else { return pair }
        var pair = pair
        switch kind {
        case .removed: return nil
        case .oneWay: pair.direction = .toMarketo
        case .otherWinner:
          pair.winner = (pair.winner ?? winner) == .dynamics ? .marketo : .dynamics
        }
        return pair
      }
    }
    return changed
  }

  /// The pairs that a change may be about.
  private static func names(of rules: SyncRules) -> [String] {
    let pairs = rules.entities.filter { $0.marketo == .person }.flatMap(\.pairs)
    return Set(
      pairs.filter {
        $0.direction == .both && $0.winner != .trueWins && $0.marketo != "email"
      }.map(\.name)
    ).sorted()
  }
}
