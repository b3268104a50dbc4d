extension Expectation {
  /// What the first sync makes of ties, once Marketo's ids of the persons are known.
  mutating func begin() {
    for index in twins.indices {
      twins[index].derived = source(twins[index])
      twins[index].agreedDerived = twins[index].derived
    }
  }

  /// What a run should make of the edits since the last one.
  mutating func settle() {
    for index in twins.indices {
      let source = source(twins[index])
      if twins[index].kind.isPerson {
        merge(&twins[index])
        follow(source, &twins[index])
      } else {
        overwrite(&twins[index], source)
      }
    }
  }

  private func merge(_ twin: inout Twin) {
    for (index, pair) in twin.kind.pairs.enumerated() {
      let (one, other) = (twin.dynamics[index], twin.marketo[index])
      let changed = (
        dynamics: one != twin.agreedDynamics[index], marketo: other != twin.agreedMarketo[index]
      )
      let agree =
        toMarketo(one, pair, twin.kind) == other || toDynamics(other, pair, twin.kind) == one
      guard changed.dynamics || changed.marketo else { continue }
      if !agree {
        let dynamicsWins =
          changed.dynamics && changed.marketo ? twin.kind == .contact : changed.dynamics
        if dynamicsWins {
          twin.marketo[index] = toMarketo(one, pair, twin.kind)
        } else {
          twin.dynamics[index] = toDynamics(other, pair, twin.kind)
        }
      }
      twin.agreedDynamics[index] = twin.dynamics[index]
      twin.agreedMarketo[index] = twin.marketo[index]
    }
  }

  /// A person's owner and company follow Dynamics where it changes them.
  ///
  /// Marketo cannot take a person out of a company: the last one stays.
  private func follow(_ source: [String?], _ twin: inout Twin) {
    for (index, value) in source.enumerated() where value != twin.agreedDerived[index] {
      if value == nil, twin.kind.derived[index] == "externalCompanyId" { continue }
      twin.derived[index] = value
      twin.agreedDerived[index] = value
    }
  }

  /// One-way records: an edit in Marketo stays until Dynamics changes, which overwrites all.
  private func overwrite(_ twin: inout Twin, _ source: [String?]) {
    guard twin.dynamics != twin.agreedDynamics || source != twin.agreedDerived else { return }
    for (index, pair) in twin.kind.pairs.enumerated() {
      twin.marketo[index] = toMarketo(twin.dynamics[index], pair, twin.kind)
    }
    twin.agreedDynamics = twin.dynamics
    twin.agreedMarketo = twin.marketo
    twin.derived = source
    twin.agreedDerived = source
  }
}
