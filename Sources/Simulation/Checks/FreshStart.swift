import Model
import Store

/// Whether a new database over the two services as they stand should find nothing to write.
struct FreshStart {
  let store: Store
  let sides: EndState
  let rules: SyncRules

  /// Only where the two are in step by what the metadata says, and the database knows of nothing that a
  /// new one would have to decide anew: no error, no wait, no record whose link was ended.
  func isDue() throws -> Bool {
    for question in [
      "SELECT count(*) FROM sync_error", "SELECT count(*) FROM backlog",
      "SELECT count(*) FROM link WHERE state <> 'active'",
    ] where try store.query(question).texts != [["0"]] {
      return false
    }
    let links = try store.query("SELECT entity, dynamics_id, marketo_id FROM link").texts
    return links.allSatisfy { link in
      guard let rule = rules.rule(for: Entity(rawValue: link[0])) else { return false }
      guard rule.dynamics != .derivedRole else { return true }
      guard let one = sides.dynamics[rule.dynamics]?[link[1]], one.facts.isIncluded,
        let other = sides.marketo[rule.marketo]?[link[2]]
      else { return false }
      return rule.pairs.allSatisfy { isInStep($0, one, other) }
    }
  }

  private func isInStep(
    _ pair: FieldPair, _ one: Record, _ other: [FieldName: Value]
  ) -> Bool {
    guard let name = pair.field(on: .dynamics) else { return true }
    let held = one.fields[name] ?? .empty
    let target = other[pair.marketo] ?? .empty
    guard name != SimulatedField.optionField else {
      let label = target.canonicalText ?? ""
      return held.isEmpty && target.isEmpty
        || sides.options.contains(label) && held.canonicalText == sides.labels[label]
    }
    return SimulatedField.marketo(pair.marketo).storedForm(held) == target
      || SimulatedField.dynamics(name).storedForm(target) == held
  }
}
