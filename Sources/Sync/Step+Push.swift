import Model
import Store

extension Step {
  /// Carries out what is planned, in dependency order.
  ///
  /// Marketo comes first: its re-read may show that a record moved, which plans it again. A side that
  /// leaves a call of records without answer that were always answered before is given no further one
  /// in this round, and one of `wary` none after any such call: what was planned for it is planned
  /// anew. Tells the sides that were given up.
  func push(wary: Set<Side>) async throws -> Set<Side> {
    var silent: Set<Side> = []
    for entity in entities {
      for side in [Side.marketo, .dynamics] where !silent.contains(side) {
        let connector = try connector(side)
        let schema = entity.schema(on: side)
        var done = 0
        while true {
          try checkStop()
          let limit = connector.batchSize(for: schema.object)
          let planned = try store.operations("planned", of: entity, on: side, limit: limit)
          if planned.isEmpty { break }
          let silences = try store.silences(of: planned.map(\.id))
          let batch = BatchCut.next(of: planned, silences: silences, limit: limit)
          let push = BatchPush(step: self, entity: entity, side: side, connector: connector)
          let isAnswered = try await push.carryOut(batch)
          done += batch.count
          engine.report(Progress(.push, "\(entity.entity) to \(side)", done: done))
          let isSuspect = batch.contains { silences[$0.id] != nil }
          guard isAnswered || isSuspect && !wary.contains(side) else {
            silent.insert(side)
            break
          }
        }
      }
    }
    for side in silent { try store.forgetPlanned(on: side) }
    return silent
  }
}
