import Foundation
import Model
import Simulation

extension Sim {
  /// Lives through the histories; a violation ends it with its seed and the shortest history that has it.
  func runHistories() async throws {
    var campaign = Campaign(
      first: seed, count: seeds, faults: try chosenFaults(), rules: try ownRules(),
      threads: threads)
    campaign.keep = keep
    let clock = ContinuousClock()
    let start = clock.now
    let report = try await campaign.run()
    let seconds = Double((clock.now - start).components.seconds) + 0.001
    if let failure = report.failure {
      Console.result("seed \(failure.seed) breaks a promise:")
      for violation in failure.violations { Console.result("  \(violation)") }
      Console.result("the shortest history that does:")
      for line in failure.shortest { Console.result("  \(line)") }
      if let keep { Console.result("its database is \(keep), and all that was written:") }
      for line in failure.ledger { Console.result("  \(line)") }
    }
    for (what, count) in report.counts.sorted(by: { $0.key < $1.key }) {
      Console.result("\(what): \(count)")
    }
    Console.result(
      "\(report.histories) histories in \(Int(seconds)) s,"
        + " \(report.failure == nil ? 0 : 1) violations,"
        + " \(report.unseen) values overwritten unseen in Marketo's window,"
        + " \(Int(Double(report.histories) / seconds)) histories a second")
    let absent = report.counts.filter { $0.value == 0 }.map(\.key).sorted()
    if everything, !absent.isEmpty {
      Console.result("never happened: \(absent.joined(separator: ", "))")
    }
    if report.failure != nil || everything && !absent.isEmpty { throw ExitStatus.failed.code }
  }

  /// Dies at every step of two runs.
  func runKillPoints() async throws {
    let report = try await KillPoints(threads: threads).run()
    for line in report.differing { Console.result(line) }
    let points = report.points.map(String.init).joined(separator: " + ")
    let end = report.differing.isEmpty ? "all end as an undisturbed run" : "they differ"
    Console.result("\(points) points at which a first and a changed run may die: \(end)")
    if !report.differing.isEmpty { throw ExitStatus.failed.code }
  }

  /// The rules of the configuration that was named.
  private func ownRules() throws -> SyncRules? {
    guard let config else { return nil }
    let environment = ProcessInfo.processInfo.environment
    return try Configuration.load(from: config, environment: environment).wholeRules
  }
}
