import Model
import Store
import Sync

/// One case: a record that is planned and carried out, round after round, until nothing is left.
struct PropertyHistory {
  var world: PropertyWorld
  var start: PropertyRecord
  /// The pair and the value that a person enters after the first round.
  var late: LateEdit?
  /// Decides where a side keeps another form than its metadata foretells.
  var surprises: UInt64
  private static let cap = 5

  /// An edit between two rounds.
  struct LateEdit: Hashable, Sendable {
    var place: Int
    var side: Side
    var value: Value
  }

  init(world: PropertyWorld, _ chance: inout SimulationRandom) {
    self.world = world
    start = PropertyRecord(world, &chance)
    surprises = chance.next()
    guard chance.below(5) == 0, !world.pairs.isEmpty else { return }
    let place = chance.below(world.pairs.count)
    let side: Side = chance.below(2) == 0 ? .dynamics : .marketo
    guard world.pairs[place].pair.field(on: side) != nil else { return }
    var edited = start
    edited.edit(place, side, world, &chance)
    late = LateEdit(place: place, side: side, value: edited.values[place][side])
  }

  /// Plays the case; gives the first promise that was broken.
  func play(_ planning: PlannerProperties.Plan, _ counts: inout PropertyCounts) -> String? {
    var record = start
    for round in 0..<Self.cap {
      let input = record.input(world)
      let plan = planning(world.planner, input)
      counts.rounds += 1
      if let broken = PlanChecks(world: world, record: record, plan: plan).broken() {
        return broken
      }
      guard planning(world.shuffled, input).isSame(as: plan) else {
        return "the order of the pairs makes a difference"
      }
      guard let plan else { return nil }
      if plan.ends != nil || plan.operations.contains(where: { $0.action == .delete }) {
        counts.endings += 1
        return nil
      }
      counts.count(plan)
      let isDone = plan.operations.isEmpty && plan.agreed.isEmpty
      if isDone, round > 0 || late == nil {
        return planning(world.planner, input) == plan
          ? PlanChecks(world: world, record: record, plan: plan).leftApart()
          : "the same record gives another plan"
      }
      record.carryOut(plan, world) { place, field in
        let kept = stored(field, place, round)
        if kept != field.predicted { counts.normalised += 1 }
        return kept
      }
      if round == 0, let late, record.isLinked {
        record.values[late.place][late.side] = late.value
        counts.lateEdits += 1
      }
    }
    return "there is no end after \(Self.cap) rounds"
  }

  /// What the written side keeps: what its metadata foretells, or now and then another form.
  private func stored(_ field: PlannedField, _ place: Int, _ round: Int) -> Value {
    guard case .text = field.predicted else { return field.predicted }
    var chance = SimulationRandom(seed: surprises &+ UInt64(place * 8 + round))
    guard chance.below(8) == 0 else { return field.predicted }
    return PropertyFields.variation(field.predicted, &chance)
  }
}

extension PropertyCounts {
  fileprivate mutating func count(_ plan: RecordPlan) {
    agreements += plan.agreed.count
    asked += plan.unsettled.count
    for dependency in plan.dependencies where !dependency.isMet { waiting += 1 }
    for operation in plan.operations {
      if case .create = operation.action { creates += 1 }
      for field in operation.fields {
        if operation.side == .dynamics { writesToDynamics += 1 } else { writesToMarketo += 1 }
        if field.action == .collision { collisions += 1 }
        if field.action == .firstLink { firstLinks += 1 }
        if field.predicted.isEmpty, !field.before.isEmpty { emptied += 1 }
        if field.predicted == .boolean(true) { optOuts += 1 }
      }
    }
  }
}

extension RecordPlan? {
  /// Whether both decide the same, whatever the order of their pairs.
  fileprivate func isSame(as other: RecordPlan?) -> Bool {
    guard let self, let other else { return (self == nil) == (other == nil) }
    return self.operations.flatMap(\.fields).isPermutation(of: other.operations.flatMap(\.fields))
      && self.agreed.isPermutation(of: other.agreed)
      && self.unsettled.isPermutation(of: other.unsettled)
      && self.skipped.isPermutation(of: other.skipped)
      && self.dependencies.isPermutation(of: other.dependencies) && self.ends == other.ends
  }
}

extension Array where Element: Equatable {
  /// Whether two short lists of different things hold the same ones.
  fileprivate func isPermutation(of other: [Element]) -> Bool {
    count == other.count && allSatisfy(other.contains)
  }
}
