import Model

extension SyncRules {
  /// The rules with the pairs that dynsync keeps by itself behind the mapped ones.
  ///
  /// A pair that points to an entity which is not synced is left out: it would wait for ever.
  /// `personKey` is the person field that holds the Dynamics id.
  func withDerivedPairs(personKey: FieldName) -> SyncRules {
    let defaults = EntityDefaults.known(personKey: personKey)
    var rules = self
    for index in rules.entities.indices {
      let entity = rules.entities[index].entity
      let derived = defaults.first { $0.entity == entity }?.derived ?? []
      rules.entities[index].pairs += derived.filter { isSynced($0.needs) }.map {
        FieldPair(.derived($0.derivation), $0.marketo, direction: .toMarketo)
      }
    }
    return rules
  }

  private func isSynced(_ entity: Entity?) -> Bool {
    entity.map { rule(for: $0) != nil } ?? true
  }
}
