import Fakes
import Logging
import Model
import Store
import Sync

/// Both sides in memory, a real store, and an engine between them.
struct World {
  let dynamics: FakeDynamics
  let marketo: FakeMarketo
  let store: Store
  let time: FakeTime
  var rules: SyncRules

  /// The same services with another database.
  init(sharing world: World, store: Store) throws {
    dynamics = world.dynamics
    marketo = world.marketo
    self.store = store
    time = world.time
    rules = world.rules
    try store.migrate()
  }

  init(
    rules: SyncRules = .forTests, settlingTime: Duration = .seconds(0), store: Store? = nil
  ) throws {
    dynamics = FakeDynamics()
    marketo = FakeMarketo(settlingTime: settlingTime)
    self.store = try store ?? Store.inMemory()
    time = FakeTime()
    self.rules = rules
    try self.store.migrate()
  }

  /// The same services with an empty database.
  init(sharing world: World) throws {
    try self.init(sharing: world, store: Store.inMemory())
  }

  @discardableResult
  func run(_ options: RunOptions = RunOptions()) async throws -> RunReport {
    let time = time
    let engine = Engine(
      store: store, rules: rules, dynamics: dynamics, marketo: marketo, version: "test",
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { time.now })
    return try await engine.run(options) { _ in 0 }
  }

  /// What a run says that stops before it writes; empty where it goes on.
  func stop(_ options: RunOptions = RunOptions()) async throws -> (reason: String, digest: String) {
    do {
      try await run(options)
      return ("", "")
    } catch let error as RunError {
      guard case .overLimit(let digest) = error.kind else { return (error.reason, "") }
      return (error.reason, digest)
    }
  }

  /// The writes that a run makes on both sides.
  func writes(_ body: () async throws -> Void) async rethrows -> Int {
    let before = await dynamics.writeCount + marketo.writeCount
    try await body()
    return await dynamics.writeCount + marketo.writeCount - before
  }
}

extension Store {
  /// What a query answers, all as text; an empty one for `NULL`.
  func rows(_ sql: String) throws -> [[String]] {
    try query(sql).rows.map { row in
      row.map { cell in
        switch cell {
        case .null: ""
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        }
      }
    }
  }
}

extension SyncRules {
  static var forTests: SyncRules {
    let person: [FieldPair] = [
      FieldPair("emailaddress1", "email"), FieldPair("jobtitle", "title"),
      FieldPair("telephone1", "phone"),
      FieldPair("donotbulkemail", "unsubscribed", winner: .trueWins),
      FieldPair(.derived(.key), "dynamicsId", direction: .toMarketo),
      FieldPair(.derived(.type), "dynamicsType", direction: .toMarketo),
      FieldPair(.derived(.isDeleted), "dynamicsIsDeleted", direction: .toMarketo),
      FieldPair(.derived(.owner), "externalSalesPersonId", direction: .toMarketo),
      FieldPair(.derived(.syncAs), "dynamicsSyncAs", direction: .toMarketo),
    ]
    return SyncRules(entities: [
      EntityRule(
        .user, dynamics: .user, marketo: .salesPerson, direction: .toMarketo, winner: .dynamics,
        pairs: [FieldPair("internalemailaddress", "email", direction: .toMarketo)]),
      EntityRule(
        .account, dynamics: .account, marketo: .company, direction: .toMarketo, winner: .dynamics,
        pairs: [
          FieldPair("name", "company", direction: .toMarketo),
          FieldPair("telephone1", "mainPhone", direction: .toMarketo),
          FieldPair(.derived(.owner), "externalSalesPersonId", direction: .toMarketo),
        ]),
      EntityRule(
        .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
        pairs: person + [FieldPair("leadsourcecode", "leadSource")]),
      EntityRule(
        .contact, dynamics: .contact, marketo: .person, direction: .both, winner: .dynamics,
        pairs: person + [
          FieldPair(.derived(.account), "externalCompanyId", direction: .toMarketo)
        ]),
    ])
  }
}
