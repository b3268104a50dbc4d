import GRDB
import Model
import Testing

@testable import Store

/// How the log is asked: the filters, and what they cost.
@Suite struct LogQueryTests {
  private func store() throws -> Store {
    let store = try Store.inMemory()
    try store.migrate()
    try store.execute(
      """
      INSERT INTO activity_log (seq, run_id, at, entity, dynamics_id, marketo_id, action, side, field)
      VALUES
        (1, 1, '2026-01-01T00:00:00Z', 'lead', 'l1', NULL, 'created', 'marketo', NULL),
        (2, 1, '2026-01-01T00:00:01Z', 'lead', 'l1', '7001', 'updated', 'marketo', 'a__b'),
        (3, 2, '2026-01-02T00:00:00Z', 'contact', 'c1', '7002', 'updated', 'dynamics', 'a__b'),
        (4, 2, '2026-01-02T00:00:01Z', 'lead', 'l1', '7001', 'collision', 'dynamics', 'c__d'),
        (5, 3, '2026-01-03T00:00:00Z', 'lead', NULL, '7001', 'skipped', NULL, NULL);
      """)
    return store
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var filter: @Sendable (inout LogFilter) -> Void
    var rows: [Int64]
    /// How SQLite finds the rows of the log.
    var plan: String
    var testDescription: String { name }
  }

  private static let newest = "SCAN log"
  private static let cases = [
    Case(name: "all", filter: { _ in }, rows: [1, 2, 3, 4, 5], plan: newest),
    Case(
      name: "a run", filter: { $0.run = 2 }, rows: [3, 4],
      plan: "SEARCH log USING INDEX activity_log_run (run_id=?)"),
    Case(
      name: "a span of time",
      filter: {
        $0.since = Instant("2026-01-01T00:00:01Z")
        $0.until = Instant("2026-01-02T00:00:00Z")
      }, rows: [2, 3], plan: "SEARCH log USING INDEX activity_log_at (at>? AND at<?)"),
    Case(
      name: "a record", filter: { $0.record = .init(dynamicsID: "l1", marketoID: "7001") },
      rows: [1, 2, 4, 5],
      plan: "SEARCH log USING INDEX activity_log_dynamics (dynamics_id=?)"
        + " | SEARCH log USING INDEX activity_log_marketo (marketo_id=?)"),
    Case(
      name: "a record and a run",
      filter: {
        $0.record = .init(dynamicsID: "l1")
        $0.run = 1
      }, rows: [1, 2], plan: "SEARCH log USING INDEX activity_log_run (run_id=?)"),
    Case(
      name: "two actions", filter: { $0.actions = [.collision, .created] }, rows: [1, 4],
      plan: newest),
    Case(name: "a side", filter: { $0.side = .dynamics }, rows: [3, 4], plan: newest),
    Case(name: "an entity", filter: { $0.entity = .contact }, rows: [3], plan: newest),
    Case(name: "a field", filter: { $0.field = "b" }, rows: [2, 3], plan: newest),
  ]

  @Test(arguments: cases)
  func `a filter finds its rows along an index, newest first`(_ item: Case) throws {
    let store = try store()
    var filter = LogFilter()
    item.filter(&filter)
    let query = LogQuery(filter, limit: 10)

    let (rows, plan) = try store.database.read { db in
      let rows = try Row.fetchAll(db, sql: query.sql, arguments: query.arguments)
      let plan = try Row.fetchAll(
        db, sql: "EXPLAIN QUERY PLAN \(query.sql)", arguments: query.arguments)
      return (rows.map { $0["seq"] as Int64 }, plan.map { $0["detail"] as String })
    }

    #expect(rows == item.rows.reversed())
    #expect(plan.filter { $0.contains(" log") }.joined(separator: " | ") == item.plan)
  }

  @Test func `the limit cuts off the oldest`() throws {
    let query = LogQuery(LogFilter(), limit: 2)

    let rows = try store().database.read { db in
      try Row.fetchAll(db, sql: query.sql, arguments: query.arguments)
    }

    #expect(rows.map { $0["seq"] as Int64 } == [5, 4])
  }
}
