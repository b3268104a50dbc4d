import Model
import Synchronization
import Testing

@testable import Store

/// The roles of opportunities, derived in parts.
@Suite struct RolePartTests {
  private static func schema(
    _ object: ObjectType, fields: [Field] = [], feed: FeedKind = .records
  ) -> ObjectSchema {
    ObjectSchema(object, keyField: FieldName("\(object.name)id"), fields: fields, feed: feed)
  }

  private static let opportunity = schema(.opportunity)
  private static let connection = schema(.connection)
  private static let connectionRole = schema(.connectionRole, fields: [Field("name", .text)])

  /// A database whose transactions may be refused, with its run.
  private struct Deals {
    let store: Store
    let layout: Layout
    let run: Int64
    /// How many more transactions there will be; `nil` for any number.
    let left: Left

    final class Left: Sendable {
      let count = Mutex<Int?>(nil)
      func set(_ count: Int?) { self.count.withLock { $0 = count } }
    }

    init() throws {
      let left = Left()
      self.left = left
      store = try Store.inMemory {
        try left.count.withLock { count in
          guard let before = count else { return }
          guard before > 0 else { throw Death() }
          count = before - 1
        }
      }
      let people = try SampleLayout.leads()
      let roles = BoundEntity(
        rule: EntityRule(
          .opportunityRole, dynamics: .derivedRole, marketo: .role, direction: .toMarketo,
          winner: .dynamics, pairs: []), dynamics: .derivedRole,
        marketo: schema(.role, feed: .none), pairs: [], stopped: [])
      layout = Layout(
        mirrors: [
          people.dynamics, people.marketo, opportunity, roles.dynamics, roles.marketo,
          schema(.contact), connection, connectionRole,
        ], entities: [people, roles])
      try store.migrate()
      try store.prepare(layout)
      run = try store.openRun(at: SampleStore.now, version: "t", isDry: false)
    }

    /// Everything is new: five deals of leads, and two connections of each.
    func begin() throws {
      try pull(
        (1...5).map {
          Record(
            id: .dynamics("o\($0)"), fields: [:],
            facts: Facts(parent: .init(.lead, .dynamics("l\($0)"))))
        }, into: opportunity)
      try pull((1...10).map { connected($0, to: "o\(($0 + 1) / 2)") }, into: connection)
      try pull(
        [Record(id: .dynamics("r1"), fields: ["name": .text("Boss")])], into: connectionRole)
    }

    /// Two connections go to another deal, the connection role has another name, and a deal has
    /// another customer.
    func goOn() throws {
      try pull([connected(1, to: "o5"), connected(4, to: "o1")], into: connection)
      try pull(
        [Record(id: .dynamics("r1"), fields: ["name": .text("Chief")])], into: connectionRole)
      try pull(
        [
          Record(
            id: .dynamics("o3"), fields: [:], facts: Facts(parent: .init(.lead, .dynamics("l9"))))
        ],
        into: opportunity)
    }

    private func connected(_ number: Int, to deal: String) -> Record {
      Record(
        id: .dynamics("c\(number)"), fields: [:],
        facts: Facts(
          parent: .init(.lead, .dynamics("l\(20 + number)")), opportunity: .dynamics(deal),
          role: number.isMultiple(of: 3) ? nil : "r1"))
    }

    private func pull(_ records: [Record], into schema: ObjectSchema) throws {
      _ = try store.apply(
        ChangePage(records: records, watermark: Watermark("w", isComplete: true)), to: schema,
        run: run, at: SampleStore.now)
    }

    func derive(limit: Int) throws {
      try store.deriveRoles(in: layout, removesWithOpportunity: true, run: run, limit: limit)
    }

    /// The roles as they stand, and what is still to be dealt with.
    func state() throws -> [[String]] {
      try store.rows(
        """
        SELECT opportunityroleid, connectionid, _parent, _role, _is_deleted
        FROM dynamics_opportunity_role
        UNION ALL SELECT connectionid, 'dirty', '', '', '' FROM dynamics_connection WHERE _is_dirty
        UNION ALL SELECT connection_roleid, 'dirty', '', '', '' FROM dynamics_connection_role
          WHERE _is_dirty
        ORDER BY 1
        """)
    }
  }

  private struct Death: Error {}

  @Test(arguments: [1, 2, 3, 7]) func `parts come to the same roles as the whole`(limit: Int) throws
  {
    let whole = try Deals()
    let parts = try Deals()
    for (deals, limit) in [(whole, 1000), (parts, limit)] {
      try deals.begin()
      try deals.derive(limit: limit)
    }
    #expect(try parts.state() == whole.state())
    #expect(try whole.state().count == 15)

    for (deals, limit) in [(whole, 1000), (parts, limit)] {
      try deals.goOn()
      try deals.derive(limit: limit)
    }

    #expect(try parts.state() == whole.state())
    #expect(try whole.state().count(where: { $0[3] == "Chief" && $0[4] == "0" }) == 7)
  }

  @Test func `a process that dies between two parts leaves all to the next run`() throws {
    let whole = try Deals()
    try whole.begin()
    try whole.derive(limit: 1000)
    try whole.goOn()
    try whole.derive(limit: 1000)
    var deaths = 0
    for parts in 1..<50 {
      let deals = try Deals()
      try deals.begin()
      try deals.derive(limit: 1000)
      try deals.goOn()
      deals.left.set(parts)
      do { try deals.derive(limit: 1) } catch is Death { deaths += 1 }
      deals.left.set(nil)

      try deals.derive(limit: 2)

      #expect(try deals.state() == whole.state(), "after \(parts) parts")
    }
    #expect(deaths > 10)
  }
}
