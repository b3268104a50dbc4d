import GRDB
import Model
import Synchronization
import Testing

@testable import Store

/// What `prune` removes, and above all what it leaves.
@Suite struct PruneTests {
  private static let cut = Instant("2025-06-01T00:00:00Z") ?? SampleStore.now

  /// Two linked leads with decisions of two years; the times are in the order of the numbers.
  private func aged() throws -> Store {
    let store = try Store.inMemory()
    try store.migrate()
    try store.execute(
      """
      INSERT INTO run (run_id, started_at, version, exit_code, message) VALUES
        (1, '2024-01-01T00:00:00Z', '1', 0, NULL), (2, '2024-02-01T00:00:00Z', '1', 1, NULL),
        (3, '2024-03-01T00:00:00Z', '1', 0, NULL), (4, '2024-04-01T00:00:00Z', '1', 1, NULL),
        (5, '2026-01-01T00:00:00Z', '1', 1, NULL);
      INSERT INTO link (link_id, entity, dynamics_id, marketo_id, state, how, linked_at, changed_at,
        run_id) VALUES (1, 'lead', 'l1', '7001', 'active', 'key', '', '', 1);
      INSERT INTO operation (operation_id, run_id, entity, dynamics_id, side, action, create_key,
        status, settled_at, sent_at) VALUES
        (1, 1, 'lead', 'l1', 'marketo', 'create', 'l1', 'applied', '2024-01-01T00:00:01Z', NULL),
        (2, 3, 'lead', 'l1', 'marketo', 'update', NULL, 'applied', '2024-03-01T00:00:01Z', NULL),
        (3, 3, 'lead', 'l1', 'marketo', 'update', NULL, 'applied', '2024-03-01T00:00:02Z', NULL),
        (4, 3, 'lead', 'l2', 'marketo', 'update', NULL, 'rejected', '2024-03-01T00:00:03Z', NULL),
        (5, 3, 'lead', 'l3', 'marketo', 'update', NULL, 'sending', NULL, '2024-03-01T00:00:03Z'),
        (6, 3, 'lead', 'l4', 'marketo', 'update', NULL, 'overtaken', NULL, '2024-03-01T00:00:03Z'),
        (7, 5, 'lead', 'l1', 'marketo', 'update', NULL, 'applied', '2026-01-01T00:00:01Z', NULL);
      INSERT INTO operation_field (operation_id, pair, field, action, rule)
        SELECT operation_id, 'a__b', 'b', 'updated', '' FROM operation;
      INSERT INTO sync_error (entity, dynamics_id, side, kind, message, operation_id, first_at,
        last_at, retry_at) VALUES ('lead', 'l2', 'marketo', 'rejected', 'm', 4, '', '', '');
      INSERT INTO activity_log (seq, run_id, at, entity, dynamics_id, marketo_id, action, field,
        operation_id) VALUES
        (1, 1, '2024-01-01T00:00:01Z', 'lead', 'l1', '7001', 'created', NULL, 1),
        (2, 3, '2024-03-01T00:00:01Z', 'lead', 'l1', '7001', 'updated', 'a__b', 2),
        (3, 3, '2024-03-01T00:00:01Z', 'lead', 'l1', '7001', 'updated', 'c__d', 2),
        (4, 3, '2024-03-01T00:00:02Z', 'lead', 'l1', '7001', 'updated', 'a__b', 3),
        (5, 3, '2024-03-01T00:00:02Z', 'lead', 'l1', '7001', 'updated', 'c__d', 3),
        (6, 3, '2024-03-01T00:00:02Z', 'lead', 'l1', '7001', 'normalised', 'a__b', 3),
        (7, 3, '2024-03-01T00:00:03Z', 'lead', NULL, '7009', 'skipped', NULL, NULL),
        (8, 3, '2024-03-01T00:00:04Z', 'lead', NULL, '7009', 'skipped', NULL, NULL),
        (9, 5, '2026-01-01T00:00:01Z', 'lead', 'l1', '7001', 'updated', 'a__b', 7);
      INSERT INTO watermark_history (seq, feed, text, run_id, at) VALUES
        (1, 'f', 'w1', 1, '2024-01-01T00:00:00Z'), (2, 'f', 'w2', 3, '2024-03-01T00:00:00Z'),
        (3, 'f', 'w3', 5, '2026-01-01T00:00:00Z'), (4, 'g', 'w4', 1, '2024-01-01T00:00:00Z');
      """)
    return store
  }

  private func state(of store: Store) throws -> [[String]] {
    try [
      "SELECT seq FROM activity_log", "SELECT operation_id FROM operation",
      "SELECT operation_id FROM operation_field", "SELECT seq FROM watermark_history",
      "SELECT run_id FROM run",
    ].map { sql in try store.rows("\(sql) ORDER BY 1").map { $0[0] } }
  }

  private static let left = [
    ["1", "4", "5", "6", "8", "9"], ["1", "3", "4", "5", "7"], ["1", "3", "4", "5", "7"],
    ["2", "3", "4"], ["1", "3", "5"],
  ]

  @Test(arguments: [1, 2, 5000])
  func `the last decision of each kind stays, and what is needed`(limit: Int) throws {
    let store = try aged()

    let pruning = try store.prune(before: Self.cut, at: SampleStore.now, limit: limit)

    var expected = Pruning(at: SampleStore.now, before: Self.cut)
    (expected.logRows, expected.operations, expected.watermarks, expected.runs) = (3, 2, 1, 2)
    #expect(pruning == expected)
    #expect(try state(of: store) == Self.left)
    #expect(
      try store.rows("SELECT at, before, log_rows, operations, watermarks, runs FROM pruning")
        == [["2026-01-01T00:00:00Z", "2025-06-01T00:00:00Z", "3", "2", "1", "2"]])
    #expect(try store.rows("PRAGMA foreign_key_check") == [])
    #expect(try store.rows("PRAGMA foreign_keys") == [["1"]])
  }

  @Test func `activities go by their age, but for open ones and the newest`() throws {
    let store = try aged()
    try store.execute(
      """
      INSERT INTO outcome_activity (activity_id, run_id, marketo_id, outcome, key, entity, direction,
        at, state, settled_at) VALUES
        (1, 3, '7001', 'synced', 'a', 'lead', 'both', '', 'written', '2024-03-01T00:00:03Z'),
        (2, 3, '7002', 'synced', 'b', 'lead', 'both', '', 'sending', NULL),
        (3, 3, '7003', 'refused', 'c', 'lead', 'both', '', 'gone', '2024-03-01T00:00:03Z'),
        (4, 3, '7004', 'synced', 'd', 'lead', 'both', '', 'written', '2024-03-01T00:00:03Z');
      """)

    let pruning = try store.prune(before: Self.cut, at: SampleStore.now, limit: 1)

    #expect(pruning.activities == 2)
    #expect(try store.rows("SELECT activity_id FROM outcome_activity") == [["2"], ["4"]])
    #expect(try store.rows("SELECT activities FROM pruning") == [["2"]])
  }

  @Test func `a dry one tells the same and removes nothing`() throws {
    let store = try aged()
    let before = try state(of: store)

    var pruning = Pruning(at: SampleStore.now, before: Self.cut)
    let statements = try store.traced {
      pruning = try store.prune(before: Self.cut, at: SampleStore.now, isDry: true)
    }

    #expect(statements.filter { $0.hasPrefix("DELETE") || $0.hasPrefix("UPDATE") } == [])
    #expect(try store.rows("SELECT name FROM temp.sqlite_master") == [])

    #expect(
      [pruning.logRows, pruning.operations, pruning.watermarks, pruning.runs] == [3, 2, 1, 2])
    #expect(try state(of: store) == before)
    #expect(try store.rows("SELECT * FROM pruning") == [])
    #expect(try store.rows("PRAGMA foreign_keys") == [["1"]])
  }

  @Test func `nothing to prune leaves no trace`() throws {
    let store = try aged()
    try store.prune(before: Self.cut, at: SampleStore.now)

    let second = try store.prune(before: Self.cut, at: SampleStore.now)

    #expect(second.isEmpty)
    #expect(try store.rows("SELECT count(*) FROM pruning") == [["1"]])
  }

  private struct Died: Error {}

  @Test(arguments: 0..<12)
  func `one that dies at any step is gone on with`(step: Int) throws {
    let writes = Mutex(0)
    let dying = try Store.inMemory {
      let write = writes.withLock { count in
        defer { count += 1 }
        return count
      }
      if write == step { throw Died() }
    }
    try aged().database.backup(to: dying.database)

    do { _ = try dying.prune(before: Self.cut, at: SampleStore.now, limit: 3) } catch is Died {}
    let again = try Store.inMemory()
    try dying.database.backup(to: again.database)
    _ = try again.prune(before: Self.cut, at: SampleStore.now, limit: 3)

    #expect(try state(of: again) == Self.left)
    #expect(try again.rows("SELECT sum(log_rows), sum(operations) FROM pruning") == [["3", "2"]])
  }

  @Test func `each row is compared with its record's alone`() throws {
    let store = try aged()
    let statements = try store.traced {
      try store.prune(before: Self.cut, at: SampleStore.now)
    }
    let deletes = statements.filter { $0.hasPrefix("DELETE FROM activity_log") }

    let plans = try store.database.write { db in
      try deletes.flatMap { try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \($0)") }
        .map { $0["detail"] as String }
    }

    #expect(
      plans.filter { $0.contains("later") } == [
        "SEARCH later USING INDEX activity_log_dynamics (dynamics_id=? AND rowid>?)",
        "SEARCH later USING INDEX activity_log_marketo (marketo_id=? AND rowid>?)",
      ])
    #expect(plans.filter { $0.hasPrefix("SCAN") } == [])
  }

  @Test func `a shrunk file holds what it held`() throws {
    let store = try aged()
    try store.prune(before: Self.cut, at: SampleStore.now)

    try store.shrink()

    #expect(try state(of: store) == Self.left)
    #expect(try store.rows("PRAGMA freelist_count") == [["0"]])
  }
}
