import Fakes
import Model
import Store
import Sync
import Synchronization
import Testing

/// The process dies at each step of a run that tells persons: before each transaction, before each call
/// to their logs, and between its effect and its answer.
@Suite struct OutcomeDeathTests {
  private struct Death: Error {}

  /// Counts steps, and dies at one; afterwards nothing works until it is brought back.
  private final class Life: Sendable {
    private struct State {
      var steps = 0
      var deathAt: Int?
      var isDead = false
    }

    private let state = Mutex(State())

    func step() throws {
      try state.withLock { state in
        state.steps += 1
        if state.steps == state.deathAt { state.isDead = true }
        if state.isDead { throw Death() }
      }
    }

    func begin(deathAt: Int? = nil) {
      state.withLock { $0 = State(deathAt: deathAt) }
    }

    var isDead: Bool { state.withLock { $0.isDead } }
  }

  private func world(_ life: Life) async throws -> World {
    var world = try World(
      settlingTime: .seconds(120), store: try Store.inMemory { try life.step() })
    world.rules.logsActivities = true
    for number in 1...6 {
      await world.dynamics.put(.lead, "l\(number)", ["jobtitle": .text("CTO")])
    }
    await world.marketo.log.onStep { try life.step() }
    return world
  }

  private func change(_ world: World) async {
    for number in 1...3 {
      await world.dynamics.put(.lead, "l\(number)", ["telephone1": .text("1")])
    }
    await world.dynamics.setPoison("poison")
    await world.marketo.put("1005", ["title": .text("poison")])
    await world.marketo.put("1006", ["title": .text("CEO")])
  }

  /// What persons are told, without the number of the run: a repeat may be another one.
  private func told(_ world: World) async -> [String] {
    await world.marketo.log.entries.map { "\($0.person) \($0.outcome)" }.sorted()
  }

  @Test(arguments: [1, 2])
  func `each outcome is told once, at whatever step the process dies`(run: Int) async throws {
    let calm = try await world(Life())
    try await calm.run()
    await change(calm)
    try await calm.run()
    let expected = await told(calm)
    #expect(expected.count == 11)

    var points = 0
    for point in 1...200 {
      let life = Life()
      let world = try await world(life)
      for number in 1...2 {
        if number == 2 { await change(world) }
        life.begin(deathAt: number == run ? point : nil)
        do {
          try await world.run()
        } catch is Death {
          points += 1
        }
        guard number == run else { continue }
        for _ in 0..<3 {
          life.begin()
          world.time.advance(by: 130)
          try await world.run()
        }
      }

      let keys = await world.marketo.log.keys
      #expect(Set(keys).count == keys.count, "at step \(point)")
      #expect(Set(await told(world)) == Set(expected), "at step \(point)")
      let open = "SELECT * FROM outcome_activity WHERE state IN ('pending', 'sending')"
      #expect(try world.store.rows(open) == [], "at step \(point)")
      if points < point { break }
    }
    #expect(points > 15)
  }
}
