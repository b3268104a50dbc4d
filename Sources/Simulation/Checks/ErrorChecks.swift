import Model
import Store

/// Looks whether everything on the error list has a cause that is there still.
struct ErrorChecks {
  let sides: EndState
  let refusals: [RefusedWrite]
  let epoch: Int
  let store: Store
  let rules: SyncRules
  private var objects: SimulatedObjects { SimulatedObjects(rules) }

  init(
    sides: EndState, refusals: [RefusedWrite], epoch: Int, store: Store, rules: SyncRules
  ) {
    self.sides = sides
    self.refusals = refusals
    self.epoch = epoch
    self.store = store
    self.rules = rules
  }

  private struct Entry {
    var id: String
    var rule: EntityRule
    var row: String
    var person: String
    var side: Side
    var kind: String
    var pair: String
    var content: String
    var operation: Int64?
  }

  func violations() throws -> [String] {
    let links = Dictionary(
      try store.query("SELECT marketo_id, dynamics_id FROM link WHERE state = 'active'").texts
        .map { ($0[0], $0[1]) }
    ) { first, _ in first }
    return try store.query(
      """
      SELECT error_id, entity, dynamics_id, marketo_id, side, kind, pair, content, operation_id
      FROM sync_error
      """
    ).texts.compactMap { row -> String? in
      guard let rule = rules.rule(for: Entity(rawValue: row[1])) else { return nil }
      let entry = Entry(
        id: row[0], rule: rule, row: row[2], person: row[3],
        side: row[4] == Side.dynamics.rawValue ? .dynamics : .marketo, kind: row[5], pair: row[6],
        content: row[7], operation: Int64(row[8]))
      guard let fault = try fault(of: entry, links) else { return nil }
      return "\(row[1]) \(row[2]) is listed as \(row[5]) \(row[6]) '\(row[7])': \(fault)"
    }
  }

  /// Why an entry should not be there; `nil` where it should.
  private func fault(of entry: Entry, _ links: [String: String]) throws -> String? {
    switch entry.kind {
    case "rejected": rejected(entry)
    case "ambiguous": try ambiguous(entry, links)
    case "untranslatable": untranslatable(entry)
    default: manual(entry, links)
    }
  }

  private func rejected(_ entry: Entry) -> String? {
    let pair = entry.rule.pairs.first { $0.name == entry.pair }
    let wasRefused = refusals.contains { refusal in
      refusal.epoch == epoch && refusal.operation == entry.operation && refusal.side == entry.side
        && refusal.field == pair?.field(on: entry.side)
        && (pair == nil || (refusal.value.canonicalText ?? "") == entry.content)
    }
    guard wasRefused else { return "nobody refused it" }
    return pair == nil || holdsContent(entry) ? nil : "its source holds another value by now"
  }

  /// Whether the side from which the value came holds it still.
  private func holdsContent(_ entry: Entry) -> Bool {
    guard let pair = entry.rule.pairs.first(where: { $0.name == entry.pair }),
      let name = pair.field(on: .dynamics)
    else { return true }
    switch entry.side {
    case .marketo:
      guard let record = sides.dynamics[entry.rule.dynamics]?[entry.row] else { return false }
      let held = record.fields[name] ?? .empty
      return name == SimulatedField.optionField
        ? held.canonicalText == sides.labels[entry.content]
        : held.canonicalText == entry.content
    case .dynamics:
      let held = sides.marketo[entry.rule.marketo]?[entry.person]?[pair.marketo]
      return (held?.canonicalText ?? "") == entry.content
    }
  }

  private func ambiguous(_ entry: Entry, _ links: [String: String]) throws -> String? {
    let persons = sides.marketo[entry.rule.marketo] ?? [:]
    for candidate in try store.query(
      "SELECT record_id FROM sync_error_candidate WHERE side = 'marketo' AND error_id = ?",
      [entry.id]
    ).texts where persons[candidate[0]] == nil {
      return "candidate \(candidate[0]) is gone"
    }
    let keyed = persons.filter { $0.value[objects.personKey] == .text(entry.row) }.keys
    if keyed.count > 1 || keyed.contains(where: { links[$0].map { $0 != entry.row } ?? false }) {
      return nil
    }
    let email = [ObjectType.lead, .contact].compactMap { sides.dynamics[$0]?[entry.row] }.first?
      .facts.email
    guard let email else { return "it has no address, and no two carry its key" }
    let taken = Set(links.values)
    let rivals = [ObjectType.lead, .contact].flatMap { sides.dynamics[$0] ?? [:] }.filter {
      $0.value.facts.email == email && !taken.contains($0.key)
    }
    let free = persons.filter {
      $0.value["email"]?.canonicalText?.lowercased() == email && links[$0.key] == nil
    }
    return !free.isEmpty && free.count + rivals.count > 2
      ? nil : "there are \(free.count) persons and \(rivals.count) records of its address"
  }

  private func untranslatable(_ entry: Entry) -> String? {
    guard !entry.pair.isEmpty, entry.side == .dynamics else { return nil }
    if sides.options.contains(entry.content) { return "there is such an option" }
    return holdsContent(entry) ? nil : "its source holds another value by now"
  }

  /// Whether the entry's record is in Dynamics, let through, and nothing but itself.
  private func stands(_ entry: Entry) -> Bool {
    guard let facts = sides.dynamics[entry.rule.dynamics]?[entry.row]?.facts else { return false }
    return facts.isIncluded && facts.mergedInto == nil && facts.convertedTo == nil
      && facts.state != .inactive
  }

  private func manual(_ entry: Entry, _ links: [String: String]) -> String? {
    guard entry.pair.isEmpty else {
      let pair = entry.rule.pairs.first { $0.name == entry.pair }
      return pair?.winner == .manual ? nil : "no rule leaves it to a person"
    }
    if sides.marketo[.person]?[entry.person] == nil {
      // Two persons of ours were merged in Marketo: the one's record has none any more.
      return sides.mergedPersons[entry.person] != nil && stands(entry)
        ? nil : "its person is gone"
    }
    if links[entry.person] != nil { return "its person is linked" }
    guard let record = sides.dynamics[entry.rule.dynamics]?[entry.row] else { return nil }
    return record.facts.mergedInto == nil && record.facts.convertedTo == nil
      ? "it stands for itself" : nil
  }
}
