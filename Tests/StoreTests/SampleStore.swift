import GRDB
import Model
import Testing

@testable import Store

/// A database in memory with the sample layout and one open run.
struct SampleStore {
  static let now = Instant(seconds: 1_767_225_600)

  let store: Store
  let layout: Layout
  let leads: BoundEntity
  let run: Int64

  init(path: String? = nil) throws {
    store = try path.map { try Store(path: $0) } ?? Store.inMemory()
    layout = try SampleLayout.all()
    leads = try SampleLayout.leads()
    try store.migrate()
    try store.prepare(layout)
    run = try store.openRun(at: Self.now, version: "test", isDry: false)
  }

  /// Applies one last page of a delta read.
  @discardableResult
  func pull(
    _ records: [Model.Record], deletions: [String] = [], into schema: ObjectSchema,
    run: Int64? = nil
  ) throws -> PageCounts {
    let side = schema.object.side
    return try store.apply(
      ChangePage(
        records: records, deletions: deletions.map { RecordID(side, $0) },
        watermark: Watermark("w", isComplete: true)), to: schema, run: run ?? self.run, at: Self.now
    )
  }

  func lead(_ id: String, _ fields: [FieldName: Value] = [:], _ facts: Facts = Facts())
    -> Model.Record
  {
    Record(id: .dynamics(id), version: "W/1", fields: fields, facts: facts)
  }

  func person(_ id: String, _ fields: [FieldName: Value] = [:]) -> Model.Record {
    Record(id: .marketo(id), fields: fields)
  }

  /// A lead that is linked to a person and has agreed on everything that both hold alike.
  func link(_ lead: Model.Record, _ person: Model.Record) throws {
    try pull([lead], into: SampleLayout.lead)
    try store.carryOut(
      [.link(dynamicsID: lead.id.text, person: person, how: .key)], for: leads, run: run,
      at: Self.now)
    for input in try inputs() where input.dynamics.record.id == lead.id {
      var plan = plan(for: input)
      for pair in leads.pairs {
        guard let name = pair.pair.field(on: .dynamics) else { continue }
        let one = input.dynamics.record.fields[name] ?? .empty
        let other = input.marketo?.record.fields[pair.pair.marketo] ?? .empty
        guard pair.agree(dynamics: one, marketo: other) else { continue }
        plan.agreed.append(
          AgreedField(pair: pair.pair.name, dynamics: one, marketo: other, base: nil))
      }
      try store.record([plan], for: leads, run: run, at: Self.now)
    }
  }

  func inputs(dirtyOn side: Side = .dynamics) throws -> [PlanInput] {
    try store.planInputs(for: leads, dirtyOn: side, after: 0, limit: 100, at: Self.now)
  }

  /// A plan that decides nothing yet.
  func plan(for input: PlanInput) -> RecordPlan {
    RecordPlan(
      entity: .lead, dynamicsID: input.dynamics.record.id.text, marketoID: input.link?.marketoID,
      link: input.link?.id, dynamicsChange: input.dynamics.change,
      marketoChange: input.marketo?.change)
  }

  /// Plans that the person gets a title, and tells the operation.
  @discardableResult
  func planTitle(
    _ title: String, for id: String, action: LogAction = .updated, winner: Side? = nil
  ) throws -> Int64 {
    let input = try #require(try inputs().first { $0.dynamics.record.id.text == id })
    var plan = plan(for: input)
    plan.operations = [
      PlannedOperation(
        side: .marketo,
        action: input.link == nil ? .create(key: id) : .update(ifVersion: nil),
        fields: [
          PlannedField(
            pair: "jobtitle__title", field: "title", source: .text(title), sent: .text(title),
            predicted: .text(title),
            before: input.marketo?.record.fields["title"] ?? .empty,
            base: input.bases["jobtitle__title"], action: action, winner: winner,
            rule: "changed in dynamics")
        ])
    ]
    try store.record([plan], for: leads, run: run, at: Self.now)
    return try #require(try number("SELECT max(operation_id) FROM operation"))
  }

  func settle(
    _ operation: Int64, _ outcome: Settlement.Outcome, evidence: String? = nil
  ) throws {
    try store.settle(
      [
        Settlement(
          operation: operation, outcome: outcome, requestID: "request-1", evidence: evidence)
      ], of: leads, run: run, at: Self.now)
  }

  /// Plans, sends and settles a title, as a run does.
  func write(
    title: String, of id: String, to person: Model.Record, action: LogAction = .updated,
    winner: Side? = nil
  ) throws {
    let operation = try planTitle(title, for: id, action: action, winner: winner)
    _ = try store.beginSending([operation], of: leads, at: Self.now)
    try settle(
      operation,
      .applied(id: person.id.text, seen: person, isOneWithWrite: false, normalised: []))
  }

  /// The answer to a question in SQL, each value as text and `NULL` as `-`.
  func rows(_ sql: String) throws -> [[String]] { try store.rows(sql) }

  func number(_ sql: String) throws -> Int64? {
    try store.database.read { try Int64.fetchOne($0, sql: sql) }
  }

  func isDirty(_ table: String, _ id: String) throws -> Bool? {
    let key = table == "dynamics_lead" ? "leadid" : "id"
    return try store.database.read {
      try Bool.fetchOne(
        $0, sql: "SELECT _is_dirty FROM \(table) WHERE \(key) = ?", arguments: [id])
    }
  }
}

extension Store {
  /// The answer to a question in SQL, each value as text and `NULL` as `-`.
  func rows(_ sql: String) throws -> [[String]] {
    try database.read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { value in
          value.isNull ? "-" : String.fromDatabaseValue(value) ?? "\(value)"
        }
      }
    }
  }

  func execute(_ sql: String) throws {
    try write("test") { try $0.execute(sql: sql) }
  }
}
