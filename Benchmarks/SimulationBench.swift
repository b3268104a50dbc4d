import Simulation

/// How many made-up histories the simulation lives through in a second.
enum SimulationBench {
  @Sendable static func run(_ size: BenchSize) async throws -> [Figure] {
    let count = size.of(1000, small: 40)
    let campaign = Campaign(first: 1, count: count)
    var broken: String?
    let seconds = try await Stopwatch.seconds {
      broken = try await campaign.run().failure.map { "seed \($0.seed) breaks a promise" }
    }
    return [
      Figure(
        what: "simulation, all faults, \(count) histories from seed 1",
        reached: "\(Figure.number(Double(count) / seconds)) a second", limit: broken ?? "")
    ]
  }
}
