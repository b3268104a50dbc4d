import Logging
import Model
import Store
import Sync

/// One history: the whole engine and a real store in virtual time, between two services in memory.
struct History: Sendable {
  let script: HistoryScript
  let rules: SyncRules

  /// What came out of a history.
  struct Outcome: Hashable, Sendable {
    /// What must never be; empty for a history without a fault of ours.
    var violations: [String]
    /// How often each fault and event really happened.
    var counts: [String: Int]
    /// Values that were overwritten unseen in the window that Marketo leaves open.
    var unseen: Int
    /// Both services' final contents, as text: the same seed gives the same bytes.
    var contents: String
  }

  /// Lives it through on the calling task, which must run on a ``LaneExecutor`` to be repeatable.
  func run() async throws -> Outcome {
    let world = SimulatedWorld()
    let dynamics = SimulatedDynamics(world: world)
    let marketo = SimulatedMarketo(world: world)
    let people = People(dynamics: dynamics, marketo: marketo, world: world)
    world.setPerformer { await people.perform($0) }
    for number in 0..<3 {
      await dynamics.put(
        .user, "u\(number)", ["internalemailaddress": .text("U\(number)@sim.test")])
    }
    await dynamics.put(.connectionRole, "role-1", ["name": .text("Decision Maker")])
    var run = Run(
      world: world, dynamics: dynamics, marketo: marketo, rules: rules, stores: [])
    try run.openStore()
    for round in script.rounds { try await run.live(round) }
    try await run.calmDown()
    run.violations += try await HistoryChecks(
      world: world, dynamics: dynamics, marketo: marketo, rules: rules, stores: run.stores
    ).violations()
    return Outcome(
      violations: run.violations, counts: world.counts, unseen: await marketo.unseen.count,
      contents: await contents(dynamics, marketo))
  }

  private func contents(
    _ dynamics: SimulatedDynamics, _ marketo: SimulatedMarketo
  ) async -> String {
    var lines: [String] = []
    for (object, rows) in await dynamics.rows {
      for (id, record) in rows {
        let fields = record.fields.mapValues { $0.canonicalText ?? "" }.sorted { $0.key < $1.key }
        lines.append("\(object) \(id) \(fields)")
      }
    }
    for (object, rows) in await marketo.rows {
      for (id, row) in rows {
        let fields = row.mapValues { $0.canonicalText ?? "" }.sorted { $0.key < $1.key }
        lines.append("\(object) \(id) \(fields)")
      }
    }
    return lines.sorted().joined(separator: "\n")
  }

  /// The state of a history under way.
  private struct Run {
    let world: SimulatedWorld
    let dynamics: SimulatedDynamics
    let marketo: SimulatedMarketo
    let rules: SyncRules
    /// The databases, the last of which is in use.
    var stores: [Store]
    var violations: [String] = []

    mutating func openStore() throws {
      let world = world
      let store = try Store.inMemory { try world.step() }
      world.begin(faults: [:], edits: [:], deathAt: nil)
      try store.migrate()
      stores.append(store)
    }

    mutating func live(_ round: HistoryScript.Round) async throws {
      if round.losesDatabase {
        world.count("lost_database")
        world.beginEpoch()
        try openStore()
      }
      for event in round.before { await world.perform(event) }
      world.begin(faults: round.faults, edits: round.during, deathAt: round.deathAt)
      _ = await sync()
      for event in world.takeLeftEdits() { await world.perform(event) }
      world.advance(by: round.pause)
    }

    /// Runs once; a run that a fault ended is no violation, any other failure is.
    mutating func sync() async -> RunReport? {
      guard let store = stores.last else { return nil }
      let world = world
      let engine = Engine(
        store: store, rules: rules, dynamics: dynamics, marketo: marketo, version: "simulation",
        log: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() },
        now: { world.now })
      do {
        return try await engine.run { _ in 0 }
      } catch is SimulatedDeath {
        return nil
      } catch let error as ServiceError where error.kind == .unavailable(retryAfter: nil) {
        return nil
      } catch {
        violations.append("a run failed: \(error)")
        return nil
      }
    }

    /// Once nothing goes wrong any more and nobody edits, two runs at most settle everything.
    mutating func calmDown() async throws {
      var writes: [Int] = []
      for _ in 0..<4 {
        world.begin(faults: [:], edits: [:], deathAt: nil)
        world.advance(by: 300)
        let before = await dynamics.writeCount + marketo.writeCount
        if await sync() == nil { violations.append("a quiet run did not come to its end") }
        writes.append(await dynamics.writeCount + marketo.writeCount - before)
      }
      if writes[2] + writes[3] > 0 { violations.append("no end of writing: \(writes)") }
    }
  }
}
