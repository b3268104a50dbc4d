import Model
import Store
import Sync

/// What every plan promises, said without looking at how it was made.
struct PlanChecks {
  var world: PropertyWorld
  var record: PropertyRecord
  var plan: RecordPlan?

  /// The first promise that the plan breaks.
  func broken() -> String? {
    guard let plan else {
      return record.isConverted && record.isIncluded && !record.isDeleted
        ? nil : "a record waits for nothing"
    }
    var written: [Side?] = Array(repeating: nil, count: world.pairs.count)
    for operation in plan.operations {
      if record.isLeftAlone { return "a record that is left alone is written" }
      if operation.action == .delete, !isGone { return "a record is deleted that is not gone" }
      for field in operation.fields {
        guard let place = world.names.firstIndex(of: field.pair) else {
          return "\(field.pair) is written and not mapped"
        }
        if written[place] != nil { return "\(field.pair) is written twice" }
        written[place] = operation.side
        if let broken = PairChecks(self, place).write(field, to: operation.side) {
          return "\(field.pair): \(broken)"
        }
      }
    }
    for place in world.pairs.indices {
      if let broken = PairChecks(self, place).left(plan, written: written[place]) {
        return "\(world.names[place]): \(broken)"
      }
    }
    return nil
  }

  /// Whether the record's delete is to be carried over.
  private var isGone: Bool {
    record.isDeleted && record.isLinked && world.rule.onDelete == .propagate
  }

  /// A pair that differs at the end though nothing keeps it apart.
  func leftApart() -> String? {
    for (place, pair) in world.pairs.enumerated() {
      let checks = PairChecks(self, place)
      let value = record.values[place]
      guard checks.takesPart, pair.pair.direction == .both, pair.pair.winner != .manual,
        pair.translate(value.dynamics, to: .marketo) != nil,
        pair.translate(value.marketo, to: .dynamics) != nil,
        record.bases[place] != value,
        !pair.agree(dynamics: value.dynamics, marketo: value.marketo)
      else { continue }
      return "\(world.names[place]): is left apart"
    }
    return nil
  }

  /// Whether Dynamics has a say in the whole record: some pair that is no enforced one moved there.
  var dynamicsMoved: Bool {
    world.pairs.indices.contains { place in
      guard let base = record.bases[place] else { return true }
      return base.dynamics != record.values[place].dynamics
    }
  }

  var hasCompany: Bool {
    if record.hasCompany, record.isLinked { return true }
    return world.pairs.indices.contains {
      world.pairs[$0].pair.source == .derived(.account)
        && (record.waits[$0] || !record.values[$0].dynamics.isEmpty)
    }
  }
}
