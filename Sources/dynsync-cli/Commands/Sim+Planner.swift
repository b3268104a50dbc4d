import Simulation

extension Sim {
  /// Tries the planner alone on random records; the counts, and the last line with cases and time.
  func runPlanner(cases: Int) async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let report = await PlannerProperties().run(cases: cases, seed: seed, threads: threads)
    let time = (clock.now - start).components
    let seconds = Double(time.seconds) + Double(time.attoseconds) * 1e-18
    if let failure = report.failure {
      Console.result("case \(failure.number) of seed \(seed) breaks a promise:")
      Console.result("  \(failure.promise)")
      Console.result("the smallest case that does:")
      for line in failure.smallest { Console.result("  \(line)") }
    }
    for (name, count) in report.counts.named { Console.result("\(name): \(count)") }
    let tenths = Int(seconds * 10)
    Console.result(
      "\(report.cases) cases, \(report.failure == nil ? 0 : 1) violations, "
        + "\(tenths / 10).\(tenths % 10) s, \(Int(Double(report.cases) / max(seconds, 0.001))) cases "
        + "a second")
    if report.failure != nil { throw ExitStatus.failed.code }
  }
}
