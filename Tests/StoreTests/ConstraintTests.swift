import GRDB
import Testing

@testable import Store

/// Each constraint of the static schema is tripped once.
@Suite struct ConstraintTests {
  private func filled() throws -> Store {
    let store = try Store.inMemory()
    try store.migrate()
    for row in ValidRow.all { try store.execute(row.insert()) }
    return store
  }

  /// What SQLite answers to a statement; `nil` where it accepts it.
  private func refusal(of sql: String, by store: Store) throws -> String? {
    do {
      try store.execute(sql)
      return nil
    } catch let error as StoreError {
      #expect(error.kind == .refused)
      return error.reason
    }
  }

  @Test func `every table of the static schema has a valid row here`() throws {
    let tables = try filled().rows(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")

    #expect(Set(tables.map { $0[0] }) == Set(ValidRow.all.map(\.table) + ["change_sequence"]))
  }

  @Test func `every table is strict`() throws {
    let loose = try filled().rows(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
        + " AND name NOT LIKE 'sqlite_%'")

    #expect(loose == [])
  }

  @Test(arguments: ValidRow.all)
  func `a column that must have a value refuses none`(_ row: ValidRow) throws {
    let store = try filled()
    let columns = try store.rows(
      """
      SELECT name FROM pragma_table_info('\(row.table)')
      WHERE ("notnull" = 1 OR pk > 0) AND NOT (pk = 1 AND type = 'INTEGER')
      """)

    for column in columns.map({ $0[0] }) {
      try #require(row.values.contains { $0.column == column }, "\(row.table).\(column)")
      let refusal = try refusal(of: row.insert([column: "NULL"]), by: store)
      #expect(refusal == "NOT NULL constraint failed: \(row.table).\(column)")
    }
  }

  @Test(arguments: ValidRow.all)
  func `a row that stands already is refused`(_ row: ValidRow) throws {
    let refusal = try refusal(of: row.insert(), by: try filled())

    #expect(refusal?.hasPrefix("UNIQUE constraint failed: \(row.table).") == true)
  }

  private static let uniques: [(String, [String: String], String)] = [
    ("link", ["link_id": "2", "marketo_id": "'1002'"], "link.dynamics_id"),
    ("link", ["link_id": "2", "dynamics_id": "'l2'"], "link.marketo_id"),
    (
      "sync_error", ["error_id": "2"],
      "sync_error.dynamics_id, sync_error.side, sync_error.kind, sync_error.pair"
    ),
  ]

  @Test(arguments: uniques)
  func `a second row for what there can be one of is refused`(
    _ table: String, _ changes: [String: String], _ columns: String
  ) throws {
    let row = try #require(ValidRow.row(of: table))

    let refusal = try refusal(of: row.insert(changes), by: try filled())

    #expect(refusal == "UNIQUE constraint failed: \(columns)")
  }

  @Test func `a record may have any number of links that are not active`() throws {
    let store = try filled()
    let row = try #require(ValidRow.row(of: "link"))

    for (id, state) in [(2, "unlinked"), (3, "deleted"), (4, "unlinked")] {
      #expect(
        try refusal(of: row.insert(["link_id": "\(id)", "state": "'\(state)'"]), by: store) == nil)
    }
  }

  @Test(arguments: ValidRow.all)
  func `a row that points to nothing is refused`(_ row: ValidRow) throws {
    let store = try filled()
    let keys = try store.rows("SELECT \"from\" FROM pragma_foreign_key_list('\(row.table)')")

    for (number, column) in keys.map({ $0[0] }).enumerated() {
      var changes = [column: row.table == "field_rule" ? "'nobody'" : "4711"]
      if let own = row.values.first, own.column != column { changes[own.column] = "\(9 + number)" }
      if row.table == "link" { changes["state"] = "'unlinked'" }
      if row.table == "outcome_activity" { changes["key"] = "'other'" }
      if row.table == "dependency" || row.table == "watermark" {
        changes[row.values[0].column] = "'other'"
      }
      let refusal = try refusal(of: row.insert(changes), by: store)
      #expect(refusal == "FOREIGN KEY constraint failed", "\(row.table).\(column)")
    }
  }

  private static let checks: [(String, [String: String])] = [
    ("run", ["is_dry": "2"]),
    ("peer", ["side": "'else'"]),
    ("entity_rule", ["direction": "'sideways'"]),
    ("field_rule", ["direction": "'sideways'"]),
    ("field_rule", ["is_active": "2"]),
    ("link", ["state": "'lost'"]),
    ("link", ["how": "'guess'"]),
    ("link", ["marketo_id": "NULL"]),
    ("link", ["state": "'merged'", "survivor_id": "NULL"]),
    ("dependency", ["state": "'hoping'"]),
    ("watermark", ["is_complete": "2"]),
    ("operation", ["side": "'else'"]),
    ("operation", ["action": "'drop'"]), ("unanswered_write", ["side": "'other'"]),
    ("operation", ["status": "'done'"]),
    ("operation", ["create_key": "NULL"]),
    ("sync_error", ["side": "'else'"]),
    ("sync_error", ["kind": "'odd'"]),
    ("sync_error_candidate", ["side": "'else'"]),
    ("activity_log", ["action": "'odd'"]),
    ("activity_log", ["side": "'else'"]),
    ("run_warning", ["kind": "'odd'"]),
    ("outcome_activity", ["outcome": "'odd'"]),
    ("outcome_activity", ["direction": "'odd'"]),
    ("outcome_activity", ["state": "'odd'"]),
    ("told_log", ["one": "2"]),
    ("adoption", ["side": "'else'"]),
    ("paused_value", ["side": "'else'"]),
    ("selected_field", ["is_selected": "2"]),
    ("metadata_document", ["side": "'else'"]),
  ]

  @Test(arguments: checks)
  func `a value outside its check is refused`(_ table: String, _ changes: [String: String]) throws {
    let row = try #require(ValidRow.row(of: table))

    let refusal = try refusal(of: row.insert(changes), by: try filled())

    #expect(refusal?.hasPrefix("CHECK constraint failed: ") == true, "\(refusal ?? "accepted")")
  }

  @Test func `the change sequence has one row`() throws {
    let refusal = try refusal(
      of: "INSERT INTO change_sequence (only, value) VALUES (2, 0)", by: try filled())

    #expect(refusal == "CHECK constraint failed: only = 1")
  }

  @Test func `no check is without a test`() throws {
    let schema = try filled().dump()

    #expect(schema.ranges(of: "CHECK (").count == Self.checks.count + 1)
  }

  @Test func `an operation takes its fields with it, and an error its candidates`() throws {
    let store = try filled()
    try store.execute("DELETE FROM operation; DELETE FROM sync_error")

    #expect(try store.rows("SELECT count(*) FROM operation_field") == [["0"]])
    #expect(try store.rows("SELECT count(*) FROM sync_error_candidate") == [["0"]])
  }
}
