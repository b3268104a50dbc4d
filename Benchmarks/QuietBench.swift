import Store

/// A run in which nothing changed, over many linked records and over few.
enum QuietBench {
  @Sendable static func run(_ size: BenchSize) async throws -> [Figure] {
    try await ScratchFolder.use { folder in
      let many = size.of(1_000_000, small: 20_000)
      let few = try await measure(1000, path: folder.path("few.db"))
      let found = try await measure(many, path: folder.path("many.db"))
      let words = "quiet run, \(Figure.number(Double(many))) links"
      return [
        Figure(
          what: "\(words): engine time", reached: Figure.milliseconds(found.seconds),
          limit: "\(Figure.milliseconds(few.seconds)) at 1,000", mark: "< 100 ms",
          isMet: found.seconds < 0.1),
        figure("\(words): mirror rows read", found, few, \.mirrorRowsRead, most: 0),
        figure("\(words): mirror rows written", found, few, \.mirrorRowsWritten, most: 0),
        figure("\(words): full scan steps", found, few, \.fullScanSteps),
        figure("\(words): machine steps", found, few, \.machineSteps),
        figure("\(words): pages looked at", found, few, \.pages),
        Figure(
          what: "\(words): questions", reached: found.calls, limit: "2 tables, 1 feed",
          mark: "one each", isMet: found.calls == "Dynamics 2, Marketo 1"),
      ]
    }
  }

  private struct Measure {
    var seconds: Double
    var counters: StatementCounters
    var calls: String
  }

  /// The same work, whatever is linked: a few more pages, as an index of more rows is deeper.
  private static func figure(
    _ what: String, _ many: Measure, _ few: Measure, _ counter: KeyPath<StatementCounters, Int>,
    most: Int? = nil
  ) -> Figure {
    let (reached, other) = (many.counters[keyPath: counter], few.counters[keyPath: counter])
    return Figure(
      what: what, reached: Figure.number(Double(reached)),
      limit: "\(Figure.number(Double(other))) at 1,000",
      mark: most.map { "\($0)" } ?? "as at 1,000",
      isMet: most.map { reached <= $0 } ?? (reached <= other + other / 5))
  }

  private static func measure(_ count: Int, path: String) async throws -> Measure {
    let world = try BenchEngine(path: path, contacts: 0, accounts: 0)
    try await world.run()
    try LinkedContacts.fill(world.store, count: count)
    try await world.run()
    var times: [Double] = []
    for _ in 0..<7 { times.append(try await Stopwatch.seconds { try await world.run() }) }
    let before = (world.dynamics.callCount, world.marketo.callCount)
    let counters = try await CounterTrace().count(world.store) { try await world.run() }
    return Measure(
      seconds: times.median, counters: counters,
      calls: "Dynamics \(world.dynamics.callCount - before.0),"
        + " Marketo \(world.marketo.callCount - before.1)")
  }
}
