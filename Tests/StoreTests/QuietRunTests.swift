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
    }

    let scans = try plans(of: statements, in: sample.store).filter { plan in
      plan.hasPrefix("SCAN")
        && (!plan.contains("USING") || plan.contains("autoindex") || plan.contains("link_"))
    }

    let small = ["sync_error", "entity_rule", "dependency", "backlog"]
    #expect(scans.filter { scan in !small.contains { scan.hasPrefix("SCAN \($0)") } } == [])
  }
}
