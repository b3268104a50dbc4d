import Model
import Store

extension Step {
  /// Plans every dirty record and tells how many writes that takes.
  func plan() async throws -> Int {
    let carried = Set(layout.entities.map(\.rule.dynamics))
    var planned = try await planRequests()
    let comebacks = try store.comebacks()
    for entity in entities {
      let planner = RecordPlanner(entity: entity, carried: carried)
      for side in [Side.dynamics, .marketo] {
        var last: Int64 = 0
        while true {
          try checkStop()
          let inputs = try store.planInputs(
            for: entity, dirtyOn: side, after: last, limit: engine.chunk, at: engine.now()
          ).map { $0.adding(comebacks) }
          guard let end = inputs.last else { break }
          try await engine.confirmMetadata()
          let plans = inputs.filter { focus?.contains($0.dynamics) ?? true }
            .compactMap(planner.plan)
          try store.record(plans, for: entity, run: run, at: engine.now())
          planned += plans.map(\.operations.count).reduce(0, +)
          engine.report(Progress(.plan, "\(entity.entity)", done: planned))
          last = side == .dynamics ? end.dynamics.change : end.marketo?.change ?? Int64.max
        }
      }
    }
    let count = planned
    tally.add { $0.operationsPlanned += count }
    return planned
  }
}

extension PlanInput {
  /// The input with what each of the last runs wrote of it in vain, unless that is paused already.
  fileprivate func adding(_ comebacks: [String: [Comeback]]) -> PlanInput {
    guard let found = comebacks[dynamics.record.id.text] else { return self }
    var input = self
    let standing = Set(input.comebacks.map(\.pair))
    input.comebacks += found.filter { !standing.contains($0.pair) }
    return input
  }
}
