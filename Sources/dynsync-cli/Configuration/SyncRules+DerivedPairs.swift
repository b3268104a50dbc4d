import Model

extension SyncRules {
  /// The rules with what dynsync keeps by itself: the derived pairs behind the mapped ones, and the
  /// roles of opportunities.
  ///
  /// A pair that points to an entity which is not synced is left out: it would wait for ever.
  /// `personKey` is the person field that holds the Dynamics id.
  func withDerivedPairs(personKey: FieldName) -> SyncRules {
    let defaults = EntityDefaults.known(personKey: personKey)
    var rules = self
    for index in rules.entities.indices {
      let rule = rules.entities[index]
      let derived = defaults.first { $0.entity == rule.entity }?.derived ?? []
      rules.entities[index].pairs += fieldPairs(derived, beside: rule.pairs)
    }
    rules.addOpportunityRoles()
    return rules
  }

  /// Puts the roles right behind the opportunities, where persons that can have one are synced.
  private mutating func addOpportunityRoles() {
    guard let place = entities.firstIndex(where: { $0.entity == .opportunity }),
      isSynced([.lead, .contact])
    else { return }
    let role = EntityDefaults.opportunityRole
    entities.insert(
      EntityRule(
        role.entity, dynamics: role.dynamics, marketo: role.marketo, direction: role.direction,
        winner: role.winner, pairs: fieldPairs(role.derived, beside: [])),
      at: place + 1)
    mirrored[.connection] = []
    mirrored[.connectionRole] = ["name"]
  }

  private func fieldPairs(
    _ derived: [DerivedPair], beside mapped: [FieldPair]
  ) -> [FieldPair] {
    derived.filter { isSynced($0.needs) && !$0.isReplaced(by: mapped) }.map {
      FieldPair(.derived($0.derivation), $0.marketo, direction: .toMarketo)
    }
  }

  private func isSynced(_ entities: [Entity]) -> Bool {
    entities.isEmpty || entities.contains { rule(for: $0) != nil }
  }
}
