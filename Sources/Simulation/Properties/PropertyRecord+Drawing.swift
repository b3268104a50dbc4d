import Model
import Store

extension PropertyRecord {
  /// Draws correlated trees: one that both sides agreed on, perturbed once for each side.
  init(_ world: PropertyWorld, _ chance: inout SimulationRandom) {
    values = []
    bases = []
    waits = []
    isLinked = chance.below(8) > 0
    isDeleted = chance.below(24) == 0
    isIncluded = chance.below(40) > 0
    isConverted = world.rule.entity == .lead && chance.below(40) == 0
    hasCompany = chance.below(4) == 0
    let isFirstLink = chance.below(7) == 0
    for pair in world.pairs {
      let agreed = Self.agreed(pair, &chance)
      let hasBase = !isFirstLink && chance.below(12) > 0
      bases.append(isLinked && hasBase ? agreed : nil)
      values.append(agreed)
      waits.append(false)
    }
    for place in world.pairs.indices {
      for side in Side.allCases where chance.below(4) == 0 {
        edit(place, side, world, &chance)
      }
      settleDerived(place, world.pairs[place], &chance)
      if !isLinked { values[place].marketo = .empty }
    }
  }

  /// What both sides hold after they agreed, each in its own form.
  private static func agreed(_ pair: BoundPair, _ chance: inout SimulationRandom) -> Base {
    let dynamics =
      switch pair.pair.source {
      case .derived: derived(pair, &chance)
      case .field: PropertyFields.value(pair.dynamics, &chance)
      }
    guard var marketo = pair.predicted(dynamics, on: .marketo) else {
      return Base(dynamics: .empty, marketo: pair.predicted(.empty, on: .marketo) ?? .empty)
    }
    // The side once kept another form than its metadata foretells.
    if chance.below(12) == 0 { marketo = PropertyFields.variation(marketo, &chance) }
    return Base(dynamics: dynamics, marketo: marketo)
  }

  private static func derived(_ pair: BoundPair, _ chance: inout SimulationRandom) -> Value {
    switch pair.pair.source {
    case .derived(.key): .text(id)
    case .derived(.isDeleted): .boolean(false)
    default: [.empty, .text("s1"), .text("s2"), .text("s3")][chance.below(4)]
    }
  }

  /// What is derived follows the record, whatever was drawn.
  private mutating func settleDerived(
    _ place: Int, _ pair: BoundPair, _ chance: inout SimulationRandom
  ) {
    switch pair.pair.source {
    case .derived(.key): values[place].dynamics = .text(Self.id)
    case .derived(.isDeleted): values[place].dynamics = .boolean(isDeleted)
    case .derived: waits[place] = chance.below(10) == 0
    case .field: break
    }
  }

  /// A person's edit of one field on one side: another value, none, or another form of it.
  mutating func edit(
    _ place: Int, _ side: Side, _ world: PropertyWorld, _ chance: inout SimulationRandom
  ) {
    let pair = world.pairs[place]
    let field = pair.field(on: side)
    if side == .dynamics, pair.pair.field(on: .dynamics) == nil {
      if !waits[place], ![.text(Self.id), .boolean(isDeleted)].contains(values[place].dynamics) {
        values[place].dynamics = Self.derived(pair, &chance)
      }
      return
    }
    values[place][side] =
      switch chance.below(8) {
      case 0: field.isRequired ? values[place][side] : .empty
      case 1: field.storedForm(PropertyFields.variation(values[place][side], &chance))
      case 2: pair.predicted(values[place][side.opposite], on: side) ?? values[place][side]
      default: Self.held(field, &chance)
      }
  }

  /// A derived text in Marketo is overwritten with another record's.
  private static func held(_ field: Field, _ chance: inout SimulationRandom) -> Value {
    let value = PropertyFields.value(field, &chance)
    return value.isEmpty && field.isRequired ? .text(Field.noName) : value
  }
}
