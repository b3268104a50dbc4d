import GRDB
import Model
import Testing

@testable import Store

/// What a run with nothing to do asks the database.
@Suite struct QuietRunTests {
  private func quiet() throws -> SampleStore {
    let sample = try SampleStore()
    for number in 0..<50 {
      try sample.link(
        sample.lead("l\(number)", ["jobtitle": .text("CTO")]),
        sample.person("\(number)", ["title": .text("CTO")]))
    }
    try sample.store.endLinksOfDeleted(
      in: SampleLayout.person, forgetsNobody: true, run: sample.run, at: SampleStore.now)
    #expect(try sample.store.leftovers().backlog == 0)
    return sample
  }

  /// How SQLite would answer each statement, without those that touch no mirror.
  private func plans(of statements: [String], in store: Store) throws -> [String] {
    try store.database.write { db in
      try statements.filter { ["SELECT", "UPDATE", "DELETE"].contains($0.prefix(6)) }
        .flatMap { try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \($0)") }
        .map { $0["detail"] as String }
    }
  }

  @Test func `the dirty rows are found by the partial index`() throws {
    let sample = try quiet()
    let statements = try sample.store.traced {
      _ = try sample.inputs(dirtyOn: .dynamics)
      _ = try sample.inputs(dirtyOn: .marketo)
      _ = try sample.store.unlinkedRecords(of: sample.leads, after: 0, limit: 9)
    }

    let plans = try plans(of: statements, in: sample.store)

    #expect(
      plans.filter { $0.contains("_dirty") } == [
        "SEARCH d USING INDEX dynamics_lead_dirty (_change>?)",
        "SEARCH dirty USING INDEX marketo_person_dirty (_change>?)",
        "SEARCH d USING INDEX dynamics_lead_dirty (_change>?)",
      ])
  }

  @Test func `no statement of a quiet run scans a mirror or the links`() throws {
    let sample = try quiet()
    let statements = try sample.store.traced {
      _ = try sample.store.openRun(at: SampleStore.now, version: "t", isDry: false)
      try sample.store.wakeErrors(at: SampleStore.now)
      _ = try sample.store.staleRecords(in: SampleLayout.person, after: "", limit: 9)
      try sample.store.endLinksOfDeleted(
        in: SampleLayout.person, forgetsNobody: true, run: sample.run, at: SampleStore.now)
      for side in Side.allCases { _ = try sample.inputs(dirtyOn: side) }
      _ = try sample.store.unlinkedRecords(of: sample.leads, after: 0, limit: 9)
      for status in ["planned", "sending"] {
        _ = try sample.store.operations(status, of: sample.leads, on: .marketo, limit: 9)
      }
      _ = try sample.store.leftovers()
      _ = try sample.store.comebacks()
      _ = try sample.store.foreignChanges(at: SampleStore.now)
      _ = try sample.store.lastStart(before: sample.run, after: SampleStore.now)
    }

    let scans = try plans(of: statements, in: sample.store).filter { plan in
      plan.hasPrefix("SCAN")
        && (!plan.contains("USING") || plan.contains("autoindex") || plan.contains("link_"))
    }

    // The newest few rows of run are read, from the end.
    let small = [
      "run", "sync_error", "entity_rule", "dependency", "backlog", "paused_value", "foreign_change",
    ]
    #expect(scans.filter { scan in !small.contains { scan.hasPrefix("SCAN \($0)") } } == [])
  }

  @Test func `a plan that empties little looks at no base`() throws {
    let sample = try quiet()
    let base = "FROM \"base_lead\""
    let person = sample.person("1", ["title": .text("CTO")])
    try sample.pull([sample.lead("l1", ["jobtitle": .empty])], into: SampleLayout.lead)
    let input = try #require(try sample.inputs().first)
    var plan = sample.plan(for: input)
    plan.operations = [
      PlannedOperation(
        side: .marketo, action: .update(ifVersion: nil),
        fields: [
          PlannedField(
            pair: "jobtitle__title", field: "title", source: .empty, sent: .empty,
            predicted: .empty, before: person.fields["title"] ?? .empty, base: nil,
            action: .updated, winner: nil, rule: "")
        ])
    ]
    try sample.store.record([plan], for: sample.leads, run: sample.run, at: SampleStore.now)

    var totals: [PlanTotals] = []
    let few = try sample.store.traced {
      totals = try sample.store.planTotals(countingFilledFrom: 2)
    }
    let many = try sample.store.traced { _ = try sample.store.planTotals(countingFilledFrom: 1) }

    #expect(totals.map(\.emptied) == [["jobtitle__title": 1]])
    #expect(few.filter { $0.contains(base) } == [])
    #expect(many.filter { $0.contains(base) }.count == 1)
    #expect(try plans(of: few, in: sample.store).filter { $0.hasPrefix("SCAN link") } == [])
  }

  @Test func `the errors of a person and of an operation are found by an index`() throws {
    let sample = try quiet()
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CEO")])], into: SampleLayout.lead)
    try sample.planTitle("CEO", for: "l1")
    let statements = try sample.store.traced {
      try sample.link(sample.lead("new"), sample.person("900"))
      try sample.store.prune(before: SampleStore.now, at: SampleStore.now)
    }.filter {
      $0.contains("sync_error") && $0.contains("marketo_id =") || $0.contains("operation AS")
    }

    let plans = try plans(of: statements, in: sample.store)

    #expect(statements.count == 2)
    #expect(
      plans.filter { $0.contains("SEARCH sync_error ") } == [
        "SEARCH sync_error USING INDEX sync_error_marketo (marketo_id=?)",
        "SEARCH sync_error USING COVERING INDEX sync_error_operation (operation_id=?)",
      ])
  }

  @Test func `no statement that wakes dependents or derives roles scans a mirror`() throws {
    func schema(_ object: ObjectType, fields: [Field] = [], feed: FeedKind) -> ObjectSchema {
      ObjectSchema(object, keyField: FieldName("\(object.name)id"), fields: fields, feed: feed)
    }
    let opportunities = schema(.opportunity, feed: .records)
    let people = try SampleStore().leads
    let roles = BoundEntity(
      rule: EntityRule(
        .opportunityRole, dynamics: .derivedRole, marketo: .role, direction: .toMarketo,
        winner: .dynamics, pairs: []), dynamics: .derivedRole,
      marketo: schema(.role, feed: .none), pairs: [], stopped: [])
    let layout = Layout(
      mirrors: [
        people.dynamics, people.marketo, opportunities, roles.dynamics, roles.marketo,
        schema(.contact, feed: .records), schema(.company, feed: .none),
        schema(.connection, feed: .records), schema(.team, feed: .records),
        schema(.connectionRole, fields: [Field("name", .text)], feed: .records),
      ], entities: [people, roles])
    let store = try Store.inMemory()
    try store.migrate()
    try store.prepare(layout)
    let run = try store.openRun(at: SampleStore.now, version: "t", isDry: false)
    let statements = try store.traced {
      try store.clearUnplanned(in: layout)
      try store.forgetAnsweredRequests()
      try store.wakeNamesakes(ofRequesting: people.marketo, and: [], among: [people])
      _ = try store.requestingPersons(in: people.marketo, after: 0, limit: 9)
      try store.wakeDependentsOfCustomers()
      try store.wakeDependentsOfCompanies()
      try store.deriveRoles(in: layout, removesWithOpportunity: true, run: run)
    }

    let scans = try plans(of: statements, in: store).filter { plan in
      let small = [
        "_dirty", "sync_error", "sqlite_master", "sqlite_temp_master", "pragma_table_info",
      ]
      // An index gone through from its first address on is a scan, whatever SQLite calls it.
      return plan.contains("(_email>?)")
        || plan.hasPrefix("SCAN") && !small.contains { plan.contains($0) }
    }

    #expect(scans == [])
  }
}
