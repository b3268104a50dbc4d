import Model
import Store

extension Step {
  /// Carries out what is planned, in dependency order.
  ///
  /// Marketo comes first: its re-read may show that a record moved, which plans it again.
  func push() async throws {
    for entity in entities {
      for side in [Side.marketo, .dynamics] {
        let connector = try connector(side)
        let schema = entity.schema(on: side)
        var done = 0
        while true {
          try checkStop()
          let limit = connector.batchSize(for: schema.object)
          let planned = try store.operations("planned", of: entity, on: side, limit: limit)
          if planned.isEmpty { break }
          let batch = BatchCut.next(
            of: planned, silences: try store.silences(of: planned.map(\.id)), limit: limit)
          let push = BatchPush(step: self, entity: entity, side: side, connector: connector)
          try await push.carryOut(batch)
          done += batch.count
          engine.report(Progress(.push, "\(entity.entity) to \(side)", done: done))
        }
      }
    }
  }
}
