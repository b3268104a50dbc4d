import Model
import Store

/// Looks at what was made in Dynamics: at somebody's wish, once, and each wish was answered.
struct RequestChecks {
  let ledger: [LedgerEntry]
  let sides: EndState
  let stores: [Store]
  let rules: SyncRules
  private var wish: FieldName { SimulatedObjects(rules).requestField }

  init(ledger: [LedgerEntry], sides: EndState, stores: [Store], rules: SyncRules) {
    self.ledger = ledger
    self.sides = sides
    self.stores = stores
    self.rules = rules
  }

  func violations() throws -> [String] {
    var found: [String] = []
    var made: [String: Set<String>] = [:]
    for (epoch, store) in stores.enumerated() {
      let creates = Dictionary(
        try store.query(
          """
          SELECT operation_id, entity, dynamics_id, marketo_id FROM operation
          WHERE side = 'dynamics' AND action = 'create'
          """
        ).texts.map { ($0[0], $0) }
      ) { first, _ in first }
      var seen: Set<String> = []
      for (place, entry) in ledger.enumerated()
      where entry.side == .dynamics && entry.epoch == epoch {
        guard case .sync(let number) = entry.author, let create = creates[String(number)],
          rules.rule(for: Entity(rawValue: create[1]))?.create == .onRequest,
          seen.insert(create[0]).inserted
        else { continue }
        made[create[3], default: []].insert(create[2])
        if !isWished(create[3], before: place) {
          found.append("\(create[1]) \(create[2]) was made, and person \(create[3]) did not ask")
        }
      }
    }
    return found + twins(made) + (try open())
  }

  /// Whether the last word of a person's wish was one.
  private func isWished(_ person: String, before place: Int) -> Bool {
    let last = ledger[..<place].last {
      $0.object == .person && $0.id == person && $0.field == wish
    }
    return last.map { !$0.after.isEmpty && $0.author == .human } ?? false
  }

  private func twins(_ made: [String: Set<String>]) -> [String] {
    made.sorted { $0.key < $1.key }.compactMap { person, ids in
      let living = ids.filter { id in
        [ObjectType.lead, .contact].contains {
          guard let facts = sides.dynamics[$0]?[id]?.facts else { return false }
          return facts.mergedInto == nil && facts.convertedTo == nil
        }
      }
      return living.count < 2
        ? nil : "person \(person) became \(living.sorted().joined(separator: " and "))"
    }
  }

  /// Wishes that were neither granted nor refused; a record that is left out is left alone.
  private func open() throws -> [String] {
    guard let store = stores.last else { return [] }
    let listed = Set(
      try store.query(
        """
        SELECT marketo_id FROM sync_error UNION SELECT record_id FROM sync_error_candidate
        """
      ).texts.map { $0[0] })
    let links = Dictionary(
      try store.query("SELECT marketo_id, dynamics_id FROM link WHERE state = 'active'").texts
        .map { ($0[0], $0[1]) }
    ) { first, _ in first }
    return (sides.marketo[.person] ?? [:]).sorted { $0.key < $1.key }.compactMap { id, fields in
      guard !fields[wish, default: .empty].isEmpty, !listed.contains(id) else { return nil }
      if let own = links[id],
        [ObjectType.lead, .contact].contains(where: {
          sides.dynamics[$0]?[own]?.facts.isIncluded == false
        })
      {
        return nil
      }
      return "person \(id) asks to become a record, and nobody answers"
    }
  }
}
