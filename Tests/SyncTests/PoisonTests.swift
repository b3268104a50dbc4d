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

  @Test func `a service that takes no call at all is asked a bounded number of times`()
    async throws
  {
    let writes = (1...1000).map {
      Write(operation: Int64($0), object: .person, action: .create(key: "k\($0)"), fields: [:])
    }
    let marketo = FakeMarketo()
    await marketo.setTrouble(CallTrouble(refused: ""))
    let schema = try await marketo.describe(.person, selecting: [])

    let results = try await SplitDelivery.deliver(writes, to: schema, through: marketo)

    #expect(results.map(\.operation) == writes.map(\.operation))
    // Calls that were begun before the bound was reached still come to their end.
    #expect(await marketo.callCount <= SplitDelivery.mostCalls + 12)
    let rejected = results.filter { if case .rejected = $0.outcome { true } else { false } }
    #expect(rejected.count < 40)
    #expect(
      results.allSatisfy {
        switch $0.outcome {
        case .rejected, .postponed: true
        default: false
        }
      })
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
