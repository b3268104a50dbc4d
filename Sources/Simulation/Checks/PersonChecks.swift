import Model
import Store

/// Looks at what dynsync writes to persons by itself: whose they are, what they are, who owns them.
struct PersonChecks {
  let ledger: [LedgerEntry]
  let sides: EndState
  let store: Store
  let rules: SyncRules
  private var objects: SimulatedObjects { SimulatedObjects(rules) }

  init(ledger: [LedgerEntry], sides: EndState, store: Store, rules: SyncRules) {
    self.ledger = ledger
    self.sides = sides
    self.store = store
    self.rules = rules
  }

  private struct Linked {
    var rule: EntityRule
    var row: String
    var person: String
    var record: Record
    var held: [FieldName: Value]
  }

  func violations() throws -> [String] {
    let links = try store.query("SELECT entity, dynamics_id, marketo_id, state FROM link").texts
    let active = links.filter { $0[3] == "active" }
    let partners = Dictionary(active.map { ($0[1], $0[2]) }) { first, _ in first }
    let listed = Set(
      try store.query(
        "SELECT dynamics_id, pair FROM sync_error WHERE pair <> '' OR kind = 'rejected'"
      ).texts.map { "\($0[0]) \($0[1])" })
    let linked = active.compactMap { link -> Linked? in
      guard let rule = rules.rule(for: Entity(rawValue: link[0])), rule.marketo == .person,
        !listed.contains("\(link[1]) "), let record = sides.dynamics[rule.dynamics]?[link[1]],
        record.facts.isIncluded, let held = sides.marketo[.person]?[link[2]]
      else { return nil }
      return Linked(
        rule: rule, row: link[1], person: link[2], record: record, held: held)
    }
    return linked.flatMap { link in
      link.rule.pairs.compactMap { pair in
        listed.contains("\(link.row) \(pair.name)") ? nil : check(pair, link, partners)
      }
    } + untold(links, Set(active.map { $0[2] }), listed)
  }

  private func check(
    _ pair: FieldPair, _ link: Linked, _ partners: [String: String]
  ) -> String? {
    guard case .derived(let derivation) = pair.source else { return nil }
    let facts = link.record.facts
    let expected: Value?
    switch derivation {
    case .key: expected = .text(link.row)
    case .type: expected = .text(link.rule.entity.rawValue)
    case .isDeleted: expected = .boolean(false)
    case .owner: expected = facts.owner.map { counterpart(of: $0.id.text, partners) }
    case .account: expected = facts.account.map { counterpart(of: $0.text, partners) }
    default: expected = nil
    }
    let held = link.held[pair.marketo] ?? .empty
    guard let expected, !held.isSameEdit(as: expected), !isLeft(derivation, pair, link) else {
      return nil
    }
    return "\(link.rule.entity) \(link.row) \(pair.name): '\(held.canonicalText ?? "")' stands, not"
      + " '\(expected.canonicalText ?? "")'"
  }

  private func counterpart(of id: String, _ partners: [String: String]) -> Value {
    partners[id].map(Value.text) ?? .empty
  }

  /// Whether somebody changed a value in Marketo that is not put right before Dynamics changes.
  private func isLeft(_ derivation: Derivation, _ pair: FieldPair, _ link: Linked) -> Bool {
    guard !derivation.isEnforced else { return false }
    return ledger.last {
      $0.side == .marketo && $0.object == .person && $0.id == link.person
        && $0.field == pair.marketo
    }?.author == .human
  }

  /// Persons whose record is gone, who are nobody else's, and do not say so.
  private func untold(
    _ links: [[String]], _ taken: Set<String>, _ listed: Set<String>
  ) -> [String] {
    links.compactMap { link in
      guard let rule = rules.rule(for: Entity(rawValue: link[0])), rule.marketo == .person,
        ["deleted", "active"].contains(link[3]), sides.dynamics[rule.dynamics]?[link[1]] == nil,
        let held = sides.marketo[.person]?[link[2]], !listed.contains("\(link[1]) "),
        let mark = rule.pairs.first(where: { $0.source == .derived(.isDeleted) })?.marketo
      else { return nil }
      if link[3] == "active" { return "\(link[0]) \(link[1]) is gone, and linked still" }
      return taken.contains(link[2]) || held[mark] == .boolean(true)
        ? nil : "\(link[0]) \(link[1]) is gone, and person \(link[2]) does not say so"
    }
  }
}
