import Model
import Store

/// Looks whether every record that is let through has its counterpart in Marketo, of whatever entity.
struct PartnerChecks {
  let sides: EndState
  let store: Store
  let rules: SyncRules

  /// Persons are another check's: some of their records live on as others.
  func violations() throws -> [String] {
    let linked = Set(
      try store.query("SELECT dynamics_id FROM link WHERE marketo_id IS NOT NULL").texts
        .map { $0[0] })
    let listed = Set(try store.query("SELECT dynamics_id FROM sync_error").texts.map { $0[0] })
    return rules.entities.flatMap { rule -> [String] in
      guard rule.marketo != .person, rule.dynamics != .derivedRole else { return [] }
      return (sides.dynamics[rule.dynamics] ?? [:]).filter { id, record in
        record.facts.isIncluded && !linked.contains(id) && !listed.contains(id)
      }.keys.sorted().map { "\(rule.entity) \($0) has no counterpart" }
    }
  }
}
