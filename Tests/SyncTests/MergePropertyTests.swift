import Fakes
import Model
import Store
import Sync
import Testing

/// Random records, rules and edits, planned and carried out until nothing is left.
@Suite struct MergePropertyTests {
  private static let cases = 20_000
  private static let rounds = 3

  @Test func `random records converge, and nothing is invented, emptied or opted in`() throws {
    var generator = SeededGenerator(seed: 20_260_105)
    let worlds = try (0..<120).map { _ in try MergeWorld(using: &generator) }
    for number in 0..<Self.cases {
      var state = worlds[number % worlds.count].state(using: &generator)
      let start = state

      var rounds = 0
      while try state.planAndCarryOut(), rounds < Self.rounds { rounds += 1 }

      for broken in state.brokenPromises(since: start, rounds: rounds, cap: Self.rounds) {
        Issue.record("case \(number): \(broken)\n\(start)\n\(state)")
      }
    }
  }
}
