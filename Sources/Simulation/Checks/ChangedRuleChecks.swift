import Model
import Store

/// Looks whether a run kept to the rules that somebody had changed for it.
struct ChangedRuleChecks {
  let change: RuleChange
  let store: Store
  let rules: SyncRules
  /// The last run before the change; the one after it is looked at, if it came to its first row.
  let last: Int

  init(change: RuleChange, store: Store, rules: SyncRules) throws {
    self.change = change
    self.store = store
    self.rules = rules
    last =
      try store.query("SELECT coalesce(max(run_id), 0) FROM run").texts.first
      .flatMap { $0.first.flatMap { Int($0) } } ?? 0
  }

  /// A pair that was taken out is written nowhere, one that goes one way not in Dynamics.
  func violations() throws -> [String] {
    guard change.kind != .otherWinner, let name = change.name(in: rules) else { return [] }
    return try store.query(
      """
      SELECT side, entity, dynamics_id FROM operation JOIN operation_field USING (operation_id)
      WHERE run_id > ? AND pair = ?
      """, [String(last), name]
    ).texts.filter { change.kind == .removed || $0[0] == Side.dynamics.rawValue }.map {
      "\($0[1]) \($0[2]) \(name): written in \($0[0]) by a run whose rules forbid it"
    }
  }
}
