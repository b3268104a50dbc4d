/// The calls that a push takes, beside the fewest that its batches allow.
enum CallBench {
  @Sendable static func run(_ size: BenchSize) async throws -> [Figure] {
    try await ScratchFolder.use { folder in
      let count = size.of(30_000, small: 3000)
      let world = try BenchEngine(path: folder.path("calls.db"), contacts: count, accounts: 5000)
      try await world.run()
      let toMarketo = try await pushed(world) { world.dynamics.edit() }
      let toDynamics = try await pushed(world) { world.marketo.edit() }
      let fewest = 3 * ((count + 299) / 300)
      return [
        figure("calls to push \(count) persons to Marketo", toMarketo.marketo, fewest: fewest),
        figure(
          "calls to push \(count) rows to Dynamics", toDynamics.dynamics,
          fewest: (count + 99) / 100),
      ]
    }
  }

  private static func figure(_ what: String, _ calls: Int, fewest: Int) -> Figure {
    Figure(
      what: what, reached: Figure.number(Double(calls)), limit: Figure.number(Double(fewest)),
      ratio: Double(fewest) / Double(max(1, calls)), mark: "within 10 %",
      isMet: Double(calls) <= Double(fewest) * 1.1)
  }

  /// The calls of a run after `edit`, without those that read the feeds.
  private static func pushed(
    _ world: BenchEngine, _ edit: () -> Void
  ) async throws -> (dynamics: Int, marketo: Int) {
    edit()
    let before = (world.dynamics.callsByKind, world.marketo.callsByKind)
    try await world.run()
    func push(_ before: [String: Int], _ after: [String: Int]) -> Int {
      after.filter { $0.key != "changes" }.map { $0.value - before[$0.key, default: 0] }
        .reduce(0, +)
    }
    return (
      push(before.0, world.dynamics.callsByKind), push(before.1, world.marketo.callsByKind)
    )
  }
}
