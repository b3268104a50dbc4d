import Model
import Store

/// What the steps of one run share.
struct Step: Sendable {
  let engine: Engine
  let layout: Layout
  let run: Int64
  let tally: Tally
  let options: RunOptions
  /// The whole calls of the run that were refused.
  let refusals = RefusedCalls()
  /// What a restricted run deals with; `nil` for all.
  var focus: Focus?

  var store: Store { engine.store }

  /// The entities that this run plans and writes, in push order.
  var entities: [BoundEntity] {
    layout.entities.filter { options.only.isEmpty || options.only.contains($0.entity) }
  }

  func connector(_ side: Side) throws -> any Connector {
    guard let connector = engine.connectors[side] else {
      throw RunError(.schema, "\(side) has no connector", mend: "this is a bug of dynsync")
    }
    return connector
  }

  /// Throws `CancellationError` once a person asked the run to stop: looked at between two batches.
  func checkStop() throws {
    if engine.isStopped() { throw CancellationError() }
    try Task.checkCancellation()
  }

  /// Runs `body` and adds its time to the phase.
  func timed<Result: Sendable>(
    _ phase: String, _ body: () async throws -> Result
  ) async throws -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    defer {
      let passed = (clock.now - start).components
      let milliseconds = Int(passed.seconds * 1000 + passed.attoseconds / 1_000_000_000_000_000)
      tally.add { $0.milliseconds[phase, default: 0] += milliseconds }
    }
    return try await body()
  }
}
