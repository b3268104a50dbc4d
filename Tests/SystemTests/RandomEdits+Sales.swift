extension RandomEdits {
  /// An edit of an opportunity itself; a closed one takes none in Dynamics until it is reopened.
  mutating func sale(_ place: Int, _ pool: Pool, _ expectation: Expectation) -> RandomDeed {
    guard expectation.twins[place].ties.state == 0 else {
      if next(2) == 0 { return .reopen(place) }
      while true {
        let deed = field(place, expectation)
        if case .field = deed { continue }
        return deed
      }
    }
    switch next(8) {
    case 0: return assign(place, expectation)
    case 1, 2: return .sell(place, to: customer(pool, expectation))
    case 3: return .estimate(place, next(6) == 0 ? nil : "\(1 + next(90_000)).5")
    case 4: return .step(place, next(4) == 0 ? nil : "step \(next(1_000_000))")
    case 5: return .win(place, revenue: next(2) == 0 ? nil : "\(1 + next(90_000)).95")
    case 6: return .lose(place)
    default: return field(place, expectation)
    }
  }

  private mutating func customer(
    _ pool: Pool, _ expectation: Expectation
  ) -> Expectation.Ties.Customer? {
    let kind: Expectation.Kind = next(3) == 0 ? .account : .contact
    return maybe(pool[kind] ?? [], expectation).map {
      Expectation.Ties.Customer(id: $0, isContact: kind == .contact)
    }
  }

  /// A new connection of the opportunity with a person, or an edit of one that it has.
  ///
  /// Half of the time it is of any opportunity, which nobody else edits then.
  mutating func stake(_ place: Int, _ pool: Pool, _ expectation: Expectation) -> RandomDeed {
    let all = expectation.twins.indices.filter { expectation.twins[$0].kind == .opportunity }
    let place = next(2) == 0 ? pick(all) : place
    let persons = (pool[.contact] ?? []) + (pool[.lead] ?? [])
    let stakes = expectation.stakes.indices.filter {
      expectation.stakes[$0].opportunity == expectation.twins[place].id
    }
    let row = next(2)
    guard !stakes.isEmpty, next(8) > 0 else {
      return .connect(
        place, person: pick(persons), role: role(expectation), isTurned: row == 1)
    }
    let stake = pick(stakes)
    return switch next(5) {
    case 0: .recast(stake, row: row, role: role(expectation))
    case 1: .replace(stake, row: row, person: pick(persons))
    case 2: .toggle(stake, row: row)
    case 3: .redirect(stake, row: row, opportunity: pick(pool[.opportunity] ?? []))
    default: .disconnect(stake, row: row)
    }
  }

  /// One of four roles, so that two connections often say the same, or none.
  private mutating func role(_ expectation: Expectation) -> String? {
    next(4) == 0 ? nil : pick(Array(expectation.roleNames.keys.sorted().prefix(4)))
  }
}
