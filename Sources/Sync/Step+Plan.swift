import Model
import Store

extension Step {
  /// Plans every dirty record and tells how many writes that takes.
  func plan() async throws -> Int {
    let carried = Set(layout.entities.map(\.rule.dynamics))
    var planned = try planRequests()
    for entity in entities {
      let planner = RecordPlanner(entity: entity, carried: carried)
      for side in [Side.dynamics, .marketo] {
        var last: Int64 = 0
        while true {
          try checkStop()
          let inputs = try store.planInputs(
            for: entity, dirtyOn: side, after: last, limit: engine.chunk, at: engine.now())
          guard let end = inputs.last else { break }
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
