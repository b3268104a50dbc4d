import Model
import Store

/// Looks whether linked records agree, by what both services hold and not by what was read of them.
struct AgreementChecks {
  let ledger: [LedgerEntry]
  let sides: EndState
  let store: Store
  let epoch: Int
  let rules: SyncRules

  func violations() throws -> [String] {
    let excused = Set(
      try store.query(
        """
        SELECT dynamics_id, pair FROM sync_error WHERE pair <> '' OR kind = 'rejected'
        UNION SELECT dynamics_id, pair FROM paused_value
        """
      ).texts.map { "\($0[0]) \($0[1])" })
    return try store.query(
      "SELECT entity, dynamics_id, marketo_id FROM link WHERE state = 'active'"
    ).texts.flatMap { link -> [String] in
      guard let rule = rules.rule(for: Entity(rawValue: link[0])),
        let one = sides.dynamics[rule.dynamics]?[link[1]], one.facts.isIncluded,
        // What lives on as a record that is left out waits for it.
        one.facts.mergedInto == nil, one.facts.convertedTo == nil,
        let other = sides.marketo[rule.marketo]?[link[2]], !excused.contains("\(link[1]) ")
      else { return [] }
      return rule.pairs.compactMap { pair in
        guard let name = pair.field(on: .dynamics), !excused.contains("\(link[1]) \(pair.name)"),
          SimulatedField.exists(name), SimulatedField.exists(pair.marketo)
        else { return nil }
        let held = (one.fields[name] ?? .empty, other[pair.marketo] ?? .empty)
        guard !agree(held.0, held.1, name, pair), !isLeft(pair, rule, link[2], held.0) else {
          return nil
        }
        return "\(link[0]) \(link[1]) \(pair.name): '\(held.0.canonicalText ?? "")' and"
          + " '\(held.1.canonicalText ?? "")' stand, and nothing accounts for it"
      }
    }
  }

  /// Whether the two are forms of one value: as typed, as the metadata says, or beyond it.
  private func agree(
    _ one: Value, _ other: Value, _ name: FieldName, _ pair: FieldPair
  ) -> Bool {
    guard name != SimulatedField.optionField else {
      let label = other.canonicalText ?? ""
      return (one.canonicalText ?? "") == (sides.labels[label] ?? label)
    }
    return one.isSameEdit(as: other)
      || SimulatedField.marketo(pair.marketo).storedForm(one).isSameEdit(as: other)
      || SimulatedField.dynamics(name).storedForm(other).isSameEdit(as: one)
  }

  /// Whether somebody edited the Marketo side of a field that goes one way: that stays for a while.
  ///
  /// What another database wrote stays at the first link where Dynamics holds nothing.
  private func isLeft(
    _ pair: FieldPair, _ rule: EntityRule, _ person: String, _ source: Value
  ) -> Bool {
    guard pair.direction == .toMarketo || rule.direction == .toMarketo else { return false }
    let entries = ledger.filter {
      $0.side == .marketo && $0.object == rule.marketo && $0.id == person
        && $0.field == pair.marketo
    }
    guard let last = entries.last, last.author != .human else { return !entries.isEmpty }
    // A late write of the lost database went over what this one had written, and no feed tells that.
    let isOverrun = rule.marketo != .person && entries.contains { $0.epoch == epoch }
    return last.epoch != epoch && (source.isEmpty || isOverrun)
  }
}
