import Model
import Store
import Sync

/// The three trees of one record, by the place of each pair.
struct PropertyRecord: Hashable, Sendable {
  /// What both sides hold; the Dynamics value of a derived pair is what is derived.
  var values: [Base]
  var bases: [Base?]
  /// Whether what a derived value is made from has no counterpart yet.
  var waits: [Bool]
  var isLinked = true
  var isDeleted = false
  var isIncluded = true
  var isConverted = false
  var hasCompany = false

  static let id = "d1"

  /// Whether the record takes no part as a whole; one that is gone says so at least.
  var isLeftAlone: Bool { !isDeleted && (!isIncluded || isConverted) }

  /// What the planner is given.
  func input(_ world: PropertyWorld) -> PlanInput {
    var dynamics = Record(id: .dynamics(Self.id), version: "W/1", fields: [:])
    var marketo = Record(id: .marketo("1001"), fields: [:])
    var named: [String: Base] = [:]
    var needs: [String: Need] = [:]
    dynamics.fields.reserveCapacity(values.count)
    marketo.fields.reserveCapacity(values.count)
    named.reserveCapacity(values.count)
    for (place, pair) in world.pairs.enumerated() {
      let value = values[place]
      marketo.fields[pair.pair.marketo] = value.marketo
      if let base = bases[place] { named[world.names[place]] = base }
      switch pair.pair.source {
      case .field(let name): dynamics.fields[name] = value.dynamics
      case .derived(let derivation):
        derive(derivation, value.dynamics, waits: waits[place], &dynamics.facts, &needs)
      }
    }
    if hasCompany, dynamics.facts.account == nil { marketo.facts.account = .marketo("7") }
    dynamics.facts.isIncluded = isIncluded
    dynamics.facts.convertedTo = isConverted ? .dynamics("c9") : nil
    return PlanInput(
      dynamics: MirrorRow(record: dynamics, change: 1, isDirty: true, isDeleted: isDeleted),
      marketo: isLinked
        ? MirrorRow(record: marketo, change: 2, isDirty: true, isDeleted: false) : nil,
      link: isLinked
        ? Link(
          id: 1, entity: world.rule.entity, dynamicsID: Self.id, marketoID: "1001", state: .active)
        : nil, bases: named, needs: needs)
  }

  private func derive(
    _ derivation: Derivation, _ value: Value, waits: Bool, _ facts: inout Facts,
    _ needs: inout [String: Need]
  ) {
    guard let text = waits ? "nobody" : value.canonicalText else { return }
    switch derivation {
    case .owner: facts.owner = Reference(.user, .dynamics("u\(text)"))
    case .account: facts.account = .dynamics("a\(text)")
    default: return
    }
    let id = derivation == .owner ? "u\(text)" : "a\(text)"
    needs[id] = waits ? .missing : .met(marketoID: text)
  }

  /// Carries out a plan as both services would; `stored` says what a written side keeps.
  mutating func carryOut(
    _ plan: RecordPlan, _ world: PropertyWorld,
    stored: (_ place: Int, _ field: PlannedField) -> Value
  ) {
    for agreed in plan.agreed {
      guard let place = world.names.firstIndex(of: agreed.pair) else { continue }
      bases[place] = Base(dynamics: agreed.dynamics, marketo: agreed.marketo)
    }
    for operation in plan.operations {
      if case .create = operation.action { isLinked = true }
      for field in operation.fields {
        guard let place = world.names.firstIndex(of: field.pair) else { continue }
        let kept = stored(place, field)
        values[place][operation.side] = kept
        bases[place] =
          operation.side == .dynamics
          ? Base(dynamics: kept, marketo: field.source)
          : Base(dynamics: field.source, marketo: kept)
      }
    }
  }
}

extension Base {
  subscript(side: Side) -> Value {
    get { side == .dynamics ? dynamics : marketo }
    set {
      if side == .dynamics { dynamics = newValue } else { marketo = newValue }
    }
  }
}
