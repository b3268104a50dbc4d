/// One row that every constraint of its table accepts; parents come before what points to them.
struct ValidRow: Sendable, CustomStringConvertible {
  var table: String
  /// SQL literals by column.
  var values: [(column: String, literal: String)]

  var description: String { table }

  /// The statement that inserts the row, with some values replaced.
  func insert(_ changes: [String: String] = [:]) -> String {
    let columns = values.map(\.column).joined(separator: ", ")
    let literals = values.map { changes[$0.column] ?? $0.literal }.joined(separator: ", ")
    return "INSERT INTO \(table) (\(columns)) VALUES (\(literals))"
  }

  /// The row as a schema takes it that does not have all of its columns yet.
  func only(_ columns: [String]) -> ValidRow {
    var row = self
    row.values.removeAll { !columns.contains($0.column) }
    return row
  }

  static func row(of table: String) -> ValidRow? { all.first { $0.table == table } }

  private init(_ table: String, _ values: KeyValuePairs<String, String>) {
    self.table = table
    self.values = values.map { ($0.key, $0.value) }
  }

  private static let at = "'2026-01-01T00:00:00Z'"

  static let all = [
    ValidRow("migration", ["name": "'0000_test'", "applied_at": at]),
    ValidRow(
      "run",
      [
        "run_id": "1", "started_at": at, "version": "'1'", "is_dry": "0", "records_pulled": "0",
        "records_changed": "0", "links_made": "0", "operations_planned": "0",
        "records_created": "0", "records_updated": "0", "collisions": "0", "rejections": "0",
        "dynamics_calls": "0", "marketo_calls": "0", "recover_ms": "0", "pull_ms": "0",
        "link_ms": "0", "plan_ms": "0", "push_ms": "0",
      ]),
    ValidRow(
      "peer",
      [
        "side": "'dynamics'", "host": "'h'", "organisation": "'o'", "user": "'u'",
        "recorded_at": at,
      ]),
    ValidRow(
      "entity_rule",
      [
        "entity": "'lead'", "dynamics_object": "'lead'", "marketo_object": "'person'",
        "direction": "'both'", "winner": "'marketo'", "create_policy": "'on_request'",
        "delete_policy": "'keep'", "push_order": "0",
      ]),
    ValidRow(
      "field_rule",
      [
        "entity": "'lead'", "pair": "'a__b'", "dynamics_field": "'a'", "marketo_field": "'b'",
        "direction": "'both'", "winner": "'marketo'", "is_active": "1",
      ]),
    ValidRow(
      "unanswered_write", ["dynamics_id": "'l1'", "side": "'marketo'", "times": "1"]),
    ValidRow(
      "dynamics_option",
      ["object": "'lead'", "field": "'source'", "number": "1", "label": "'Web'"]),
    ValidRow(
      "link",
      [
        "link_id": "1", "entity": "'lead'", "dynamics_id": "'l1'", "marketo_id": "'1001'",
        "state": "'active'", "survivor_id": "NULL", "how": "'key'", "linked_at": at,
        "changed_at": at, "run_id": "1",
      ]),
    ValidRow(
      "dependency",
      [
        "dynamics_id": "'l1'", "entity": "'lead'", "need": "'owner'", "needed_object": "'user'",
        "needed_id": "'u1'", "state": "'met'", "run_id": "1",
      ]),
    ValidRow(
      "watermark",
      ["feed": "'f'", "text": "'w'", "is_complete": "1", "run_id": "1", "at": at]),
    ValidRow(
      "watermark_history", ["seq": "1", "feed": "'f'", "text": "'w'", "run_id": "1", "at": at]),
    ValidRow("activity_seen", ["marketo_guid": "'g'", "at": at, "run_id": "1"]),
    ValidRow(
      "operation",
      [
        "operation_id": "1", "run_id": "1", "entity": "'lead'", "dynamics_id": "'l1'",
        "side": "'marketo'", "action": "'create'", "create_key": "'l1'", "status": "'planned'",
      ]),
    ValidRow(
      "operation_field",
      [
        "operation_id": "1", "pair": "'a__b'", "field": "'b'", "action": "'updated'",
        "rule": "'changed'",
      ]),
    ValidRow(
      "sync_error",
      [
        "error_id": "1", "entity": "'lead'", "dynamics_id": "'l1'", "side": "'marketo'",
        "kind": "'rejected'", "pair": "''", "message": "'m'", "content": "''", "tries": "1",
        "first_at": at, "last_at": at, "retry_at": at,
      ]),
    ValidRow(
      "sync_error_candidate", ["error_id": "1", "side": "'marketo'", "record_id": "'1001'"]),
    ValidRow(
      "metadata_document",
      ["side": "'dynamics'", "name": "'n'", "text": "'{}'", "read_at": at]),
    ValidRow(
      "pruning",
      [
        "pruning_id": "1", "at": at, "before": at, "log_rows": "0", "operations": "0",
        "activities": "0", "watermarks": "0", "runs": "0",
      ]),
    ValidRow(
      "outcome_activity",
      [
        "activity_id": "1", "run_id": "1", "marketo_id": "'7001'", "outcome": "'synced'",
        "key": "'k'", "entity": "'lead'", "direction": "'both'", "at": at, "state": "'pending'",
        "silences": "0", "refusals": "0",
      ]),
    ValidRow("told_log", ["one": "1", "seq": "0"]),
    ValidRow(
      "activity_log",
      [
        "seq": "1", "run_id": "1", "at": at, "entity": "'lead'", "action": "'updated'",
        "side": "'marketo'",
      ]),
    ValidRow("run_warning", ["message": "'m'", "run_id": "1", "kind": "'clock'"]),
    ValidRow(
      "adoption",
      [
        "adoption_id": "1", "run_id": "1", "at": at, "side": "'dynamics'", "old_host": "'h'",
        "old_organisation": "'o'", "old_user": "'u'", "new_host": "'h'",
        "new_organisation": "'p'", "new_user": "'u'",
      ]),
    ValidRow(
      "paused_value",
      [
        "dynamics_id": "'l1'", "pair": "'a__b'", "side": "'marketo'", "value": "''",
        "entity": "'lead'", "since": at, "run_id": "1",
      ]),
    ValidRow("foreign_change", ["dynamics_id": "'l1'", "run_id": "1", "at": at]),
    ValidRow(
      "selected_field",
      ["object": "'dynamics_lead'", "field": "'fax'", "type": "'text'", "is_selected": "1"]),
  ]
}
