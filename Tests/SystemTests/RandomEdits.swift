/// Edits by people, drawn from a seed: the same seed makes the same edits.
struct RandomEdits {
  private var state: UInt64
  /// A record that is edited again in Marketo, so that the edit meets one that says nothing new.
  private var again: Int?

  init(seed: UInt64) { state = seed }

  /// The few records of a round, by kind, so that edits meet.
  typealias Pool = [Expectation.Kind: [Int]]

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[next(choices.count)] }

  /// Draws the records of a round: half of the sales have connections, and half of the persons and
  /// accounts are those of the sales.
  mutating func pool(_ expectation: Expectation) -> Pool {
    var pool: Pool = [:]
    for (kind, count) in [
      (Expectation.Kind.user, 2), (.team, 2), (.account, 3), (.lead, 4), (.contact, 4),
      (.opportunity, 3), (.subscription, 4),
    ] {
      let all = expectation.twins.indices.filter { expectation.twins[$0].kind == kind }
      pool[kind] = (0..<count).map { _ in pick(all) }
    }
    let connected = Set(expectation.stakes.compactMap { expectation.places[$0.opportunity] })
    pool[.opportunity]? += (0..<3).map { _ in pick(connected.sorted()) }
    for index in (pool[.opportunity] ?? []) + (pool[.subscription] ?? []) {
      let ties = expectation.twins[index].ties
      for id in [ties.customer?.id, ties.contact].compactMap(\.self) {
        guard let place = expectation.places[id] else { continue }
        pool[expectation.twins[place].kind, default: []].append(place)
      }
    }
    return pool
  }

  /// The next edit of something in `pool`.
  mutating func deed(_ pool: Pool, _ expectation: Expectation) -> RandomDeed {
    if let place = again {
      again = nil
      return marketoField(place, expectation)
    }
    if next(14) == 0, let deed = agreement(pool, expectation) { return deed }
    let kinds: [Expectation.Kind] =
      [.user, .team] + Array(repeating: .account, count: 4)
      + Array(repeating: .lead, count: 6) + Array(repeating: .contact, count: 12)
      + Array(repeating: .subscription, count: 8) + Array(repeating: .opportunity, count: 28)
    let kind = pick(kinds)
    let place = pick(pool[kind] ?? [])
    switch kind {
    case .user, .team: return field(place, expectation)
    case .account, .lead:
      return next(4) == 0 ? assign(place, expectation) : field(place, expectation)
    case .contact:
      switch next(4) {
      case 0: return assign(place, expectation)
      case 1:
        let customers = (pool[.contact] ?? []).filter { isCustomer($0, expectation) }
        let mover = customers.isEmpty || next(3) == 0 ? place : pick(customers)
        return .moveContact(mover, account: maybe(pool[.account] ?? [], expectation))
      default: return field(place, expectation)
      }
    case .subscription:
      return next(3) == 0
        ? .subscribe(place, contact: maybe(pool[.contact] ?? [], expectation))
        : field(place, expectation)
    case .opportunity:
      return next(5) < 2
        ? stake(place, pool, expectation) : sale(place, pool, expectation)
    }
  }

  private func isCustomer(_ place: Int, _ expectation: Expectation) -> Bool {
    let id = expectation.twins[place].id
    return expectation.twins.contains { $0.ties.customer?.id == id }
  }

  mutating func assign(_ place: Int, _ expectation: Expectation) -> RandomDeed {
    .assign(place, owner: owner(expectation))
  }

  /// A user or a team, equally often.
  mutating func owner(_ expectation: Expectation) -> Int {
    let kind: Expectation.Kind = next(2) == 0 ? .user : .team
    return pick(expectation.twins.indices.filter { expectation.twins[$0].kind == kind })
  }

  /// The id of one of the records, or none.
  mutating func maybe(_ places: [Int], _ expectation: Expectation) -> String? {
    next(6) == 0 ? nil : expectation.twins[pick(places)].id
  }

  /// An edit of a field that both sides know, or of one that follows from Dynamics.
  mutating func field(_ place: Int, _ expectation: Expectation) -> RandomDeed {
    next(2) == 0
      ? marketoField(place, expectation) : field(place, isInMarketo: false, expectation)
  }

  private mutating func marketoField(_ place: Int, _ expectation: Expectation) -> RandomDeed {
    if next(4) == 0, let deed = derived(place, expectation) { return deed }
    return field(place, isInMarketo: true, expectation)
  }

  private mutating func field(
    _ place: Int, isInMarketo: Bool, _ expectation: Expectation
  ) -> RandomDeed {
    let twin = expectation.twins[place]
    let pairs = twin.kind.pairs
    let pair = pick(pairs.indices.filter { Self.isEditable(pairs[$0]) })
    let value = value(twin, pairs[pair], isInMarketo: isInMarketo, expectation)
    return isInMarketo
      ? .marketoField(place, pair: pair, value) : .field(place, pair: pair, value)
  }

  /// The edit in Marketo that says what somebody has just said in Dynamics.
  private mutating func agreement(_ pool: Pool, _ expectation: Expectation) -> RandomDeed? {
    let places = Set(pool.values.joined()).filter {
      expectation.twins[$0].dynamics != expectation.twins[$0].agreedDynamics
    }
    guard !places.isEmpty else { return nil }
    let place = pick(places.sorted())
    let twin = expectation.twins[place]
    let changed = twin.dynamics.indices.filter { twin.dynamics[$0] != twin.agreedDynamics[$0] }
    let pair = pick(changed)
    again = place
    let value = expectation.toMarketo(twin.dynamics[pair], twin.kind.pairs[pair], twin.kind)
    return .marketoField(place, pair: pair, value)
  }

  private mutating func derived(_ place: Int, _ expectation: Expectation) -> RandomDeed? {
    let twin = expectation.twins[place]
    // A person who is moved to another company shows the company's values.
    let fields = twin.kind.derived.indices.filter {
      !twin.kind.isPerson || twin.kind.derived[$0] != "externalCompanyId"
    }
    guard !fields.isEmpty else { return nil }
    let field = pick(fields)
    let value: String =
      switch twin.kind.derived[field] {
      case "externalSalesPersonId": expectation.twins[owner(expectation)].id
      case "externalCompanyId": pick(expectation.twins.filter { $0.kind == .account }).id
      case "leadId": String(pick(expectation.twins.compactMap(\.person)))
      case "amount": "\(1 + next(90_000)).75"
      case "stage": "edit \(next(1_000_000))"
      default: String(next(2) == 0)
      }
    return .derivedField(place, field: field, value)
  }

  private static func isEditable(_ pair: Mapping.Pair) -> Bool {
    let names: Set = [
      "jobtitle", "telephone1", "address1_city", "description", "donotphone", "leadsourcecode",
      "leadqualitycode", "revenue", "title", "websiteurl",
    ]
    switch pair.kind {
    case .name, .percent, .day: return true
    case .state: return false
    default: return names.contains(pair.dynamics) || pair.dynamics.hasPrefix("new_")
    }
  }

  private mutating func value(
    _ twin: Expectation.Twin, _ field: Mapping.Pair, isInMarketo: Bool,
    _ expectation: Expectation
  ) -> String? {
    switch field.kind {
    case .flag: return next(2) == 0 ? "true" : "false"
    case .choice, .state:
      let labels = expectation.labels["\(twin.kind.rawValue).\(field.dynamics)"] ?? [:]
      let choice = pick(labels.sorted { $0.key < $1.key })
      return isInMarketo ? choice.value : choice.key
    case .money:
      // Marketo keeps what Dynamics rounds.
      let isExact = !isInMarketo || twin.kind == .subscription
      return isExact ? "\(1 + next(90_000)).25" : "\(1 + next(90_000)).\(100 + next(900))5"
    case .percent: return String(next(101))
    case .day: return next(6) == 0 ? nil : "2027-0\(1 + next(9))-1\(next(10))"
    case .name: return "edit \(next(1_000_000))"
    case .text, .whole:
      if next(6) == 0 { return nil }
      let word = "edit \(next(1_000_000))"
      return isInMarketo && next(4) == 0 ? "\(word)  " : word
    }
  }
}
