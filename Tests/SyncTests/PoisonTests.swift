import Fakes
import Model
import Testing

@testable import Store
@testable import Sync

/// One record that spoils every call which carries it: the others go on.
@Suite struct PoisonTests {
  private static let errors =
    "SELECT dynamics_id, side, kind, code, request_id FROM errors ORDER BY dynamics_id"

  /// Leads l01, l02 and so on; those of `poisoned` have the title that spoils a call.
  private func world(_ count: Int, poisoned: Set<Int>) async throws -> World {
    let world = try World()
    for number in 1...count {
      let title = poisoned.contains(number) ? "poison" : "CTO"
      let id = number < 10 ? "l0\(number)" : "l\(number)"
      await world.dynamics.put(.lead, id, ["jobtitle": .text(title)])
    }
    return world
  }

  private func made(_ world: World) async -> Int {
    await world.marketo.rows[.person]?.count ?? 0
  }

  @Test func `a call that is refused for one record is split until that record stands alone`()
    async throws
  {
    let world = try await world(10, poisoned: [3, 10])
    await world.marketo.setTrouble(CallTrouble(refused: "poison"))

    let report = try await world.run()

    #expect(await made(world) == 8)
    #expect(report.errors == 2)
    #expect(
      try world.store.rows(Self.errors) == [
        ["l03", "marketo", "rejected", "609", "r-609"],
        ["l10", "marketo", "rejected", "609", "r-609"],
      ])
    #expect(try world.store.rows("SELECT * FROM operation WHERE status = 'sending'") == [])
    let before = await world.marketo.writeCount
    try await world.run()
    #expect(await world.marketo.writeCount == before)

    await world.dynamics.put(.lead, "l03", ["jobtitle": .text("CEO")])
    #expect(try await world.run().errors == 1)
    #expect(await made(world) == 9)
  }

  @Test func `updates are split as well, in Dynamics too`() async throws {
    let world = try await world(6, poisoned: [])
    try await world.run()
    await world.dynamics.setTrouble(CallTrouble(refused: "poison"))
    for number in 1...6 {
      let person = try #require(await world.marketo.person(withKey: "l0\(number)"))
      await world.marketo.put(person, ["title": .text(number == 2 ? "poison" : "CEO")])
    }

    #expect(try await world.run().errors == 1)

    #expect(
      try world.store.rows(Self.errors) == [["l02", "dynamics", "rejected", "609", "r-609"]])
    for number in [1, 3, 4, 5, 6] {
      #expect(await world.dynamics.value(.lead, "l0\(number)", "jobtitle") == .text("CEO"))
    }
  }

  @Test func `a service that takes no call at all is told, and blames no record`() async throws {
    let marketo = FakeMarketo()
    await marketo.setTrouble(CallTrouble(refused: ""))
    let schema = try await marketo.describe(.person, selecting: [])
    let writes = (1...1000).map {
      Write(operation: Int64($0), object: .person, action: .create(key: "k\($0)"), fields: [:])
    }

    let error = await #expect(throws: ServiceError.self) {
      try await SplitDelivery.deliver(
        writes, to: schema, through: marketo, counting: RefusedCalls())
    }

    #expect(
      error?.description
        == "marketo: write: 8 records were refused one by one, and none passed: the data of the call"
        + " were refused (609); it is no single record's fault: look at what stands between, or what"
        + " the service changed; nothing is lost")
    #expect(error?.kind == .refusedCall)
    #expect(await marketo.callCount < 30)
  }

  @Test func `a run ends at a service that takes no call, whatever its batches`() async throws {
    let world = try await world(60, poisoned: [])
    await world.marketo.setTrouble(CallTrouble(refused: ""))

    await #expect(throws: ServiceError.self) { try await world.run() }

    // The first batch of four was too small to tell.
    #expect(try world.store.rows("SELECT count(*) FROM errors") == [["4"]])
    #expect(
      try world.store.rows("SELECT status, count(*) FROM operation GROUP BY status")
        == [["planned", "56"], ["rejected", "4"]])
    await world.marketo.setTrouble(CallTrouble())
    world.time.advance(by: 3600)
    #expect(try await world.run().isInStep)
    #expect(await made(world) == 60)
  }

  @Test func `one call that passes shows that the records are to blame`() async throws {
    let world = try await world(20, poisoned: Set(2...20))
    await world.marketo.setTrouble(CallTrouble(refused: "poison"))

    #expect(try await world.run().errors == 19)
    #expect(await made(world) == 1)
  }

  @Test func `the calls that finding out takes are bounded for the whole run`() async throws {
    let marketo = FakeMarketo()
    await marketo.setTrouble(CallTrouble(refused: "poison"))
    let schema = try await marketo.describe(.person, selecting: [])
    let refusals = RefusedCalls()
    var results: [WriteResult] = []
    for batch in 0..<5 {
      let writes = (1...1000).map {
        Write(
          operation: Int64(batch * 1000 + $0), object: .person,
          action: .create(key: "k\(batch) \($0)"),
          fields: ["title": .text($0 == 1 ? "fine" : "poison")])
      }
      results += try await SplitDelivery.deliver(
        writes, to: schema, through: marketo, counting: refusals)
    }

    #expect(results.map(\.operation) == (1...5000).map(Int64.init))
    #expect(await marketo.callCount == RefusedCalls.mostHalves + 5)
    let counts = results.reduce(into: [String: Int]()) { counts, result in
      switch result.outcome {
      case .applied: counts["applied", default: 0] += 1
      case .rejected: counts["rejected", default: 0] += 1
      case .postponed: counts["postponed", default: 0] += 1
      default: counts["other", default: 0] += 1
      }
    }
    #expect(counts["applied"] == 1)
    #expect(counts["other"] == nil)
    #expect(counts["rejected", default: 0] < 40)
  }

  @Test func `a call that breaks is never repeated blindly, and its record is found out`()
    async throws
  {
    let world = try await world(8, poisoned: [2])
    await world.marketo.setTrouble(CallTrouble(unanswered: "poison"))

    var runs = 0
    while try world.store.rows(Self.errors).isEmpty, runs < 10 {
      try await world.run()
      runs += 1
    }

    #expect(runs == BatchCut.mostSilences)
    #expect(await made(world) == 7)
    #expect(
      try world.store.rows(Self.errors) == [["l02", "marketo", "rejected", "HTTP 500", "r-500"]])
    #expect(
      try world.store.rows("SELECT dynamics_id, side, times FROM unanswered_write")
        == [["l02", "marketo", "5"]])
    // It stays alone when its time comes again, and travels with the others once it was answered.
    await world.marketo.setTrouble(CallTrouble())
    world.time.advance(by: 3600)
    #expect(try await world.run().isInStep)
    #expect(await made(world) == 8)
    #expect(try world.store.rows("SELECT * FROM unanswered_write") == [])
  }

  @Test func `a side that leaves a call without answer is asked once in each round of a run`()
    async throws
  {
    let world = try await world(12, poisoned: [])
    await world.marketo.setTrouble(CallTrouble(unanswered: ""))

    try await world.run()

    #expect(
      try world.store.rows("SELECT times, count(*) FROM unanswered_write GROUP BY times")
        == [["1", "12"]])
    // A call of four in each of three rounds.
    #expect(
      try world.store.rows("SELECT status, count(*) FROM operation GROUP BY status")
        == [["absent", "12"]])
    #expect(try world.store.rows("SELECT * FROM health") == [])
    #expect(try world.store.rows("SELECT count(*) FROM backlog") == [["12"]])
    await world.marketo.setTrouble(CallTrouble())
    #expect(try await world.run().isInStep)
    #expect(await made(world) == 12)
  }

  @Test func `records that were not answered travel in calls of a tenth`() {
    let operations = (1...20).map { operation(Int64($0)) }
    let silences: [Int64: Silence] = [
      3: Silence(times: 1), 4: Silence(times: 1), 5: Silence(times: 1), 6: Silence(times: 2),
    ]

    let plain = BatchCut.next(of: operations, silences: silences, limit: 20)
    #expect(plain.map(\.id) == [1, 2] + Array(7...20))
    let second = BatchCut.next(of: Array(operations[2...]), silences: silences, limit: 20)
    #expect(second.map(\.id) == [3, 4])
    #expect((0...4).map { BatchCut.size(after: $0, limit: 1000) } == [1000, 100, 10, 1, 1])
    #expect((0...3).map { BatchCut.size(after: $0, limit: 300) } == [300, 30, 3, 1])
  }

  private func operation(_ id: Int64) -> StoredOperation {
    StoredOperation(
      id: id, entity: .lead, dynamicsID: "l\(id)", side: .marketo, action: .create(key: "l\(id)"),
      fields: [])
  }
}
