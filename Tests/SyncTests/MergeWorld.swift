import Fakes
import Model
import Store
import Sync

/// One entity with random pairs and rules, from which random records are made.
struct MergeWorld {
  var entity: BoundEntity
  var planner: RecordPlanner

  init(using generator: inout SeededGenerator) throws {
    let direction: Direction = Self.pick([.both, .both, .toMarketo], &generator)
    let kinds = SamplePair.allCases.filter { $0 != .owner }.shuffled(using: &generator).prefix(2)
    let pairs = try kinds.map { kind in
      let isDerived = kind == .key
      let narrower: Direction = Self.pick([.both, .both, .toMarketo, .toDynamics], &generator)
      let winner: Winner? =
        kind == .optOut
        ? .trueWins : Self.pick([nil, nil, .dynamics, .marketo, .nonEmpty, .manual], &generator)
      return try kind.bound(
        direction: isDerived || direction == .toMarketo ? .toMarketo : narrower,
        winner: isDerived ? nil : winner)
    }
    let rule = EntityRule(
      .lead, dynamics: .lead, marketo: .person, direction: direction,
      winner: Self.pick([.dynamics, .marketo], &generator), pairs: pairs.map(\.pair))
    entity = BoundEntity(
      rule: rule,
      dynamics: ObjectSchema(
        .lead, keyField: "leadid", fields: pairs.map(\.dynamics), feed: .records),
      marketo: ObjectSchema(.person, keyField: "id", fields: pairs.map(\.marketo), feed: .notices),
      pairs: pairs, stopped: [])
    planner = RecordPlanner(entity: entity, carried: [])
  }

  static func pick<Element>(
    _ choices: [Element], _ generator: inout SeededGenerator
  ) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }

  /// A linked record: each pair has agreed or never met, and people may have edited either side.
  func state(using generator: inout SeededGenerator) -> MergeState {
    var state = MergeState(planner: planner, pairs: entity.pairs)
    for pair in entity.pairs {
      var base: Base?
      if Int.random(in: 0..<4, using: &generator) > 0 {
        base = agreed(pair, &generator)
      }
      let one = value(pair, .dynamics, base?.dynamics, &generator)
      let other = value(pair, .marketo, base?.marketo, &generator)
      state.bases[pair.pair.name] = base
      state.values[pair.pair.name] = Base(dynamics: one, marketo: other)
    }
    return state
  }

  private func agreed(_ pair: BoundPair, _ generator: inout SeededGenerator) -> Base {
    let dynamics = held(pair, .dynamics, &generator)
    guard let marketo = pair.predicted(dynamics, on: .marketo) else {
      return Base(dynamics: .empty, marketo: .empty)
    }
    return Base(dynamics: dynamics, marketo: marketo)
  }

  private func value(
    _ pair: BoundPair, _ side: Side, _ base: Value?, _ generator: inout SeededGenerator
  ) -> Value {
    if side == .dynamics, pair.pair.field(on: side) == nil { return .text("l1") }
    guard let base, Bool.random(using: &generator) else { return held(pair, side, &generator) }
    return base
  }

  /// A value that the side can hold.
  private func held(
    _ pair: BoundPair, _ side: Side, _ generator: inout SeededGenerator
  ) -> Value {
    if side == .dynamics, pair.pair.field(on: side) == nil { return .text("l1") }
    let field = pair.field(on: side)
    let text: String? =
      switch field.type {
      case .boolean: Self.pick([nil, "true", "false"], &generator)
      case .decimal: Self.pick([nil, "1", "1.5", "2.345", "2.3449"], &generator)
      case .option: Self.pick([nil, "1", "8", "99"], &generator)
      default:
        Self.pick([nil, " ", "Chief", "Chief Officer", "chief", "Web", "Web "], &generator)
      }
    return field.storedForm(
      Value(canonicalText: text, type: field.type, side: side) ?? .empty)
  }
}
