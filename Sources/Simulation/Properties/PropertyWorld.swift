import Model
import Store
import Sync

/// One entity with random rules: fields of random storage, directions and winners.
struct PropertyWorld {
  var rule: EntityRule
  var pairs: [BoundPair]
  /// The pairs' names, in their order.
  var names: [String]
  var planner: RecordPlanner
  /// The same rules with the pairs in another order.
  var shuffled: RecordPlanner

  init(rule: EntityRule, pairs: [BoundPair], order: [Int]) {
    self.rule = rule
    self.rule.pairs = pairs.map(\.pair)
    self.pairs = pairs
    names = pairs.map(\.pair.name)
    planner = Self.planner(self.rule, pairs)
    shuffled = Self.planner(self.rule, order.map { pairs[$0] })
  }

  private static func planner(_ rule: EntityRule, _ pairs: [BoundPair]) -> RecordPlanner {
    RecordPlanner(
      entity: BoundEntity(
        rule: rule,
        dynamics: ObjectSchema(
          rule.dynamics, keyField: "id", fields: pairs.map(\.dynamics), feed: .records),
        marketo: ObjectSchema(
          rule.marketo, keyField: "id", fields: pairs.map(\.marketo), feed: .notices),
        pairs: pairs, stopped: []),
      carried: [.user, .account, .lead, .contact])
  }

  /// Draws rules.
  init(_ chance: inout SimulationRandom) {
    let rule = Self.rules[chance.below(Self.rules.count)]
    var own = rule
    if rule.direction == .both, chance.below(2) == 0 {
      own.winner = rule.winner == .dynamics ? .marketo : .dynamics
    }
    if rule.direction == .toMarketo, chance.below(3) == 0 { own.onDelete = .propagate }
    var pairs: [BoundPair] = []
    for number in 0..<(2 + chance.below(4)) {
      if let pair = PropertyFields.pair(number, of: rule, &chance) { pairs.append(pair) }
    }
    for derivation in [Derivation.key, .isDeleted, .owner, .account]
    where chance.below(3) == 0 {
      if let pair = PropertyFields.derived(derivation) { pairs.append(pair) }
    }
    var order = Array(pairs.indices)
    for place in order.indices.dropFirst().reversed() {
      order.swapAt(place, chance.below(place + 1))
    }
    self.init(rule: own, pairs: pairs, order: order)
  }

  private static let rules: [EntityRule] = [
    EntityRule(
      .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo, pairs: []),
    EntityRule(
      .contact, dynamics: .contact, marketo: .person, direction: .both, winner: .dynamics,
      pairs: []),
    EntityRule(
      .account, dynamics: .account, marketo: .company, direction: .toMarketo, winner: .dynamics,
      pairs: []),
    EntityRule(
      .opportunity, dynamics: .opportunity, marketo: .deal, direction: .toMarketo,
      winner: .dynamics, pairs: []),
  ]
}
