import Fakes
import Model
import Store
import Sync

/// One linked record on both sides, which carries out what is planned as the services would.
struct MergeState {
  var planner: RecordPlanner
  var pairs: [BoundPair]
  /// What the sides hold, by pair.
  var values: [String: Base] = [:]
  var bases: [String: Base] = [:]
  private(set) var writes: [PlannedField] = []

  init(planner: RecordPlanner, pairs: [BoundPair]) {
    self.planner = planner
    self.pairs = pairs
  }

  /// Plans once and carries it out; tells whether there was anything to do.
  mutating func planAndCarryOut() throws -> Bool {
    guard let plan = planner.plan(input) else { return false }
    for agreed in plan.agreed {
      bases[agreed.pair] = Base(dynamics: agreed.dynamics, marketo: agreed.marketo)
    }
    for operation in plan.operations {
      for field in operation.fields {
        writes.append(field)
        bases[field.pair] =
          operation.side == .dynamics
          ? Base(dynamics: field.predicted, marketo: field.source)
          : Base(dynamics: field.source, marketo: field.predicted)
        if operation.side == .dynamics {
          values[field.pair]?.dynamics = field.predicted
        } else {
          values[field.pair]?.marketo = field.predicted
        }
      }
    }
    return !plan.operations.isEmpty || !plan.agreed.isEmpty
  }

  private var input: PlanInput {
    var dynamics: [FieldName: Value] = [:]
    var marketo: [FieldName: Value] = [:]
    for pair in pairs {
      let value = values[pair.pair.name]
      if let field = pair.pair.field(on: .dynamics) { dynamics[field] = value?.dynamics }
      marketo[pair.pair.marketo] = value?.marketo
    }
    return PlanInput(
      dynamics: MirrorRow(
        record: Record(id: .dynamics("l1"), version: "W/1", fields: dynamics), change: 1,
        isDirty: true, isDeleted: false),
      marketo: MirrorRow(
        record: Record(id: .marketo("1001"), fields: marketo), change: 2, isDirty: true,
        isDeleted: false),
      link: Link(id: 1, entity: .lead, dynamicsID: "l1", marketoID: "1001", state: .active),
      bases: bases)
  }

  /// The promises that carrying out broke, in words.
  func brokenPromises(since start: MergeState, rounds: Int, cap: Int) -> [String] {
    var broken = rounds < cap ? [] : ["no end after \(rounds) rounds"]
    for pair in pairs {
      let name = pair.pair.name
      guard let before = start.values[name], let after = values[name] else { continue }
      broken += sides(of: pair, before, after, base: start.bases[name])
      let isUntouched = start.bases[name] == before
      if isUntouched, before != after, !planner.entity.rule.isWrittenWhole {
        broken.append("\(name) was written without a change")
      }
      if isLeftApart(pair, after) { broken.append("\(name) was left apart") }
    }
    return broken
  }

  /// Whether a pair that goes both ways, and that nobody is asked about, still differs.
  private func isLeftApart(_ pair: BoundPair, _ after: Base) -> Bool {
    guard pair.pair.direction == .both, pair.pair.winner != .manual,
      pair.translate(after.dynamics, to: .marketo) != nil,
      pair.translate(after.marketo, to: .dynamics) != nil
    else { return false }
    return !pair.agree(dynamics: after.dynamics, marketo: after.marketo)
  }

  private func sides(
    of pair: BoundPair, _ before: Base, _ after: Base, base: Base?
  ) -> [String] {
    var broken: [String] = []
    for side in Side.allCases {
      let (old, new) = (before[side], after[side])
      guard old != new else { continue }
      let other = before[side.opposite]
      if new != pair.predicted(other, on: side) {
        broken.append("\(pair.pair.name): \(side) got a value that nobody entered")
      }
      if new.isEmpty, base == nil {
        broken.append("\(pair.pair.name): \(side) was emptied at the first meeting")
      }
      let isTakenBack = base?[side] == .boolean(true)
      if old == .boolean(true), pair.pair.winner == .trueWins, !isTakenBack {
        broken.append("\(pair.pair.name): an opt-out was undone in \(side)")
      }
      if !pair.pair.direction.allows(writingTo: side) {
        broken.append("\(pair.pair.name): written against its direction to \(side)")
      }
    }
    return broken
  }
}

extension MergeState: CustomStringConvertible {
  var description: String {
    pairs.map { pair in
      let name = pair.pair.name
      let rule = "\(pair.pair.direction) \(pair.pair.winner?.rawValue ?? "")"
      return "\(name) (\(rule)): \(values[name]?.text ?? "-"), base \(bases[name]?.text ?? "none")"
    }.joined(separator: "\n") + "\nentity \(planner.entity.rule.direction)"
  }
}

extension Base {
  fileprivate var text: String {
    "\(dynamics.canonicalText ?? "''") | \(marketo.canonicalText ?? "''")"
  }

  subscript(side: Side) -> Value { side == .dynamics ? dynamics : marketo }
}
