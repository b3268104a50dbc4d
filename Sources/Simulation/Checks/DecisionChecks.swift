import Model
import Store

/// Looks at what was decided: collisions went to whom the rules say, and rows of custom entities hang on
/// the right person.
struct DecisionChecks {
  let sides: EndState
  let store: Store
  let rules: SyncRules
  /// The pairs whose rules somebody changed on the way.
  var changedPairs: Set<String> = []

  func violations() throws -> [String] { try winners() + parents() }

  private func winners() throws -> [String] {
    try store.query(
      """
      SELECT entity, dynamics_id, field, winner FROM activity_log
      WHERE action = 'collision' AND field IS NOT NULL AND winner IS NOT NULL
        AND rule <> 'the write was under way before the edit'
      """
    ).texts.compactMap { row in
      guard let rule = rules.rule(for: Entity(rawValue: row[0])),
        let pair = rule.pairs.first(where: { $0.name == row[2] }), !changedPairs.contains(pair.name)
      else { return nil }
      let winner = pair.winner ?? rule.winner
      guard winner == .dynamics || winner == .marketo, row[3] != winner.rawValue else { return nil }
      return "\(row[0]) \(row[1]) \(row[2]): \(row[3]) won a collision, and not \(winner)"
    }
  }

  private func parents() throws -> [String] {
    let partners = Dictionary(
      try store.query("SELECT dynamics_id, marketo_id FROM link WHERE state = 'active'").texts
        .map { ($0[0], $0[1]) }
    ) { first, _ in first }
    return rules.entities.flatMap { entity -> [String] in
      guard let custom = entity.custom else { return [] }
      return (sides.dynamics[entity.dynamics] ?? [:]).sorted { $0.key < $1.key }.compactMap {
        id, record in
        guard let own = partners[id], let held = sides.marketo[entity.marketo]?[own],
          let parent = record.facts.parent, let partner = partners[parent.id.text]
        else { return nil }
        return held[custom.linkField]?.canonicalText == partner
          ? nil : "\(entity.entity) \(id) hangs on another than \(partner)"
      }
    }
  }
}
