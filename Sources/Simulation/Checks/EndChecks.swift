import Model
import Store

/// Looks at both sides when all is quiet: nothing lost, nothing doubled, everything derived right.
struct EndChecks {
  let ledger: [LedgerEntry]
  let sides: EndState
  let store: Store
  let stores: [Store]
  let rules: SyncRules
  var objects: SimulatedObjects { SimulatedObjects(rules) }

  private struct Pairing {
    var entity: Entity
    var dynamicsID: String
    var marketoID: String
  }

  func violations() throws -> [String] {
    let links = try store.query(
      "SELECT entity, dynamics_id, marketo_id FROM link WHERE state = 'active'"
    ).texts.map { Pairing(entity: Entity(rawValue: $0[0]), dynamicsID: $0[1], marketoID: $0[2]) }
    let own = Dictionary(links.map { ($0.dynamicsID, $0.marketoID) }) { first, _ in first }
    let partners = try heirs(own)
    return try lostEdits(links) + doubles() + roles(partners) + opportunities(partners)
      + unlinked(partners) + outlived(links)
      + MergeChecks(sides: sides, store: store, stores: stores).violations()
  }

  /// The partners with those of records that live on as others: their survivors'.
  private func heirs(_ own: [String: String]) throws -> [String: String] {
    let survivors = Dictionary(
      try store.query(
        "SELECT dynamics_id, survivor_id FROM link WHERE state IN ('merged', 'converted')"
      ).texts.map { ($0[0], $0[1]) }
    ) { _, last in last }
    var partners = own
    for start in survivors.keys where own[start] == nil {
      var seen: Set<String> = []
      var now = start
      while let next = survivors[now], own[now] == nil, seen.insert(now).inserted { now = next }
      partners[start] = own[now]
    }
    return partners
  }

  // Nothing lost.

  /// For each field of each pair that was one all the time: the last edit of each side arrived, was
  /// followed by one that knew it, or lost with a line in the log.
  private func lostEdits(_ links: [Pairing]) throws -> [String] {
    let decisions = try DecidedEdits(stores)
    let overwritten = try OverwrittenWrites(ledger, stores)
    let settled = try excused()
    var found: [String] = []
    for link in links where try isSteady(link) {
      guard let rule = rules.rule(for: link.entity), rule.direction == .both else { continue }
      for pair in rule.pairs where pair.direction == .both {
        guard let one = pair.field(on: .dynamics), let other = pair.field(on: .marketo),
          !settled.contains("\(link.dynamicsID) \(pair.name)"),
          !settled.contains("\(link.dynamicsID) ")
        else { continue }
        let lost = lost(link, one, other).filter { edit in
          !overwritten.areUndone(by: edit)
            && !decisions.hasLost(edit, of: link.dynamicsID, pair.name) { numbered($0, one) }
            && !(wasHeld(edit, link, one, other)
              && decisions.knew(edit, of: link.dynamicsID, pair.name) { numbered($0, one) })
        }
        found += lost.map {
          "\(link.entity) \(link.dynamicsID) \(pair.name): the edit"
            + " '\($0.after.canonicalText ?? "")' in \($0.side) is lost without a line in the log"
        }
      }
    }
    return found
  }

  /// Records and fields on the error list, which wait for a person.
  private func excused() throws -> Set<String> {
    Set(
      try store.query(
        "SELECT dynamics_id, pair FROM sync_error WHERE pair <> '' OR kind = 'rejected'"
      ).texts.map { "\($0[0]) \($0[1])" })
  }

  /// Whether the two were never linked to others or merged, live, and are let through the filter.
  private func isSteady(_ link: Pairing) throws -> Bool {
    guard let facts = sides.dynamics.values.compactMap({ $0[link.dynamicsID] }).first?.facts,
      facts.isIncluded, facts.mergedInto == nil, facts.convertedTo == nil,
      facts.originatingLead == nil, !sides.mergedPersons.values.contains(link.marketoID)
    else { return false }
    let others = try store.query(
      """
      SELECT count(*) FROM link
      WHERE (dynamics_id = ? OR marketo_id = ?) AND NOT (dynamics_id = ? AND marketo_id = ?)
      """, [link.dynamicsID, link.marketoID, link.dynamicsID, link.marketoID]
    ).texts
    let moved = try store.query(
      "SELECT count(*) FROM activity_log WHERE dynamics_id = ? AND action IN ('merged', 'deleted')",
      [link.dynamicsID]
    ).texts
    return others == [["0"]] && moved == [["0"]]
  }

  /// A label, of whatever time, as the number of its option.
  private func numbered(_ text: String, _ field: FieldName) -> String {
    field == SimulatedField.optionField ? sides.labels[text] ?? text : text
  }

  /// What happened to the two fields of a linked pair, in its order; options as numbers.
  private func history(
    of link: Pairing, _ one: FieldName, _ other: FieldName
  ) -> [(offset: Int, element: LedgerEntry)] {
    ledger.enumerated().compactMap { place, entry in
      let isOurs =
        switch entry.side {
        case .dynamics: entry.id == link.dynamicsID && entry.field == one
        case .marketo:
          entry.object == .person && entry.id == link.marketoID && entry.field == other
        }
      guard isOurs else { return nil }
      var entry = entry
      if one == SimulatedField.optionField {
        entry.after = .text(numbered(entry.after.canonicalText ?? "", one))
      }
      return (place, entry)
    }
  }

  /// Whether one of the sides had held before what was typed.
  private func wasHeld(
    _ edit: LedgerEntry, _ link: Pairing, _ one: FieldName, _ other: FieldName
  ) -> Bool {
    let entries = history(of: link, one, other)
    let typed = entries.last { $0.element.side == edit.side && $0.element.author == .human }
    return edit.after.isEmpty
      || entries.contains {
        $0.offset < typed?.offset ?? 0 && $0.element.after.isSameEdit(as: edit.after)
      }
  }

  private func lost(
    _ link: Pairing, _ one: FieldName, _ other: FieldName
  ) -> [LedgerEntry] {
    let entries = history(of: link, one, other)
    return Side.allCases.compactMap { side in
      guard
        let last = entries.last(where: { $0.element.side == side && $0.element.author == .human })
      else { return nil }
      // A new database knows nothing of what was typed and read before it.
      guard last.element.epoch == stores.count - 1 else { return nil }
      let ends = Side.allCases.compactMap { side in
        entries.last { $0.element.side == side }?.element.after
      }
      if ends.allSatisfy({ $0.isSameEdit(as: last.element.after) }) { return nil }
      // The other side held the same, or came to: whoever edited on knew it.
      if let met = meeting(of: last, in: entries) {
        let isEditedOn = entries.contains {
          $0.offset > met && $0.element.side == side.opposite && $0.element.author == .human
        }
        if isEditedOn { return nil }
      }
      let isUnseen = sides.unseen.contains {
        $0.id == last.element.id && $0.field == last.element.field
          && $0.before == last.element.after
      }
      return isUnseen ? nil : last.element
    }
  }

  /// When the other side held what was typed: since then where it came there later, else from the start.
  private func meeting(
    of edit: (offset: Int, element: LedgerEntry), in entries: [(offset: Int, element: LedgerEntry)]
  ) -> Int? {
    let others = entries.filter { $0.element.side == edit.element.side.opposite }
    let arrived = others.first {
      $0.offset > edit.offset && $0.element.after.isSameEdit(as: edit.element.after)
    }
    if let arrived { return arrived.offset }
    let stood = others.last { $0.offset < edit.offset }
    // A record that somebody filled first had been made with the field empty.
    if stood == nil, edit.element.after.isEmpty, others.first?.element.author == .human {
      return edit.offset
    }
    return stood?.element.after.isSameEdit(as: edit.element.after) == true ? edit.offset : nil
  }

  // Nothing doubled.

  private func doubles() -> [String] {
    let made = ledger.filter {
      $0.object == .person && $0.field == objects.personKey && $0.author != .human
        && $0.before.isEmpty
    }
    // A new database cannot know whose key somebody typed over.
    let typed =
      stores.count == 1
      ? []
      : Set(ledger.filter { $0.author == .human && $0.field == objects.personKey }.map(\.id))
    let living = made.filter {
      !typed.contains($0.id)
        && sides.marketo[.person]?[$0.id]?[objects.personKey] == $0.after
    }
    let byKey = Dictionary(grouping: living) { $0.after.canonicalText ?? "" }
    return byKey.filter { Set($0.value.map(\.id)).count > 1 }.keys.sorted().map {
      "two persons were made for \($0)"
    }
  }

  /// A record that lives on as another, which is let through, has no person of its own.
  private func outlived(_ links: [Pairing]) -> [String] {
    let persons = (sides.dynamics[.lead] ?? [:]).merging(sides.dynamics[.contact] ?? [:]) {
      one, _ in
      one
    }
    return links.compactMap { link in
      var seen: Set<String> = []
      var now = link.dynamicsID
      while let facts = persons[now]?.facts, let next = facts.mergedInto ?? facts.convertedTo,
        seen.insert(now).inserted
      {
        now = next.text
      }
      guard now != link.dynamicsID, let end = persons[now], end.facts.isIncluded,
        end.facts.mergedInto == nil
      else { return nil }
      return "\(link.entity) \(link.dynamicsID) lives on as \(now), and is linked still"
    }
  }

  /// Every living lead and contact that stands for itself has a person, or is on the error list.
  private func unlinked(_ partners: [String: String]) throws -> [String] {
    let listed = Set(
      try store.query("SELECT DISTINCT dynamics_id FROM sync_error").texts.map { $0[0] })
    let ended = Set(
      try store.query("SELECT DISTINCT dynamics_id FROM link WHERE state <> 'active'").texts
        .map { $0[0] })
    return [ObjectType.lead, .contact].flatMap { object in
      (sides.dynamics[object] ?? [:]).filter { id, record in
        let facts = record.facts
        return partners[id] == nil && facts.isIncluded && facts.mergedInto == nil
          && facts.convertedTo == nil && !listed.contains(id) && !ended.contains(id)
      }.keys.sorted().map { "\(object) \($0) has no person" }
    }
  }

  // Everything derived right.

  private func roles(_ partners: [String: String]) -> [String] {
    (sides.dynamics[.opportunity] ?? [:]).sorted { $0.key < $1.key }.flatMap { id, record in
      guard partners[id] != nil else { return [String]() }
      var expected: Set<String> = []
      func add(_ person: Reference?, _ role: String) {
        guard let person, person.object == .contact, let partner = partners[person.id.text] else {
          return
        }
        expected.insert("\(id)/\(partner)/\(role)")
      }
      add(record.facts.parent, "Customer")
      for connection in (sides.dynamics[.connection] ?? [:]).values
      where connection.facts.opportunity?.text == id {
        add(
          connection.facts.parent,
          connection.facts.role == nil ? "Stakeholder" : "Decision Maker")
      }
      let held = Set(
        (sides.marketo[.role] ?? [:]).keys.filter { RoleKey($0)?.opportunity == id })
      // A new database does not know the roles that persons had who are no longer the contacts'.
      let isRight = stores.count > 1 ? held.isSuperset(of: expected) : held == expected
      return isRight
        ? [] : ["opportunity \(id) has roles \(held.sorted()), not \(expected.sorted())"]
    }
  }

  private func opportunities(_ partners: [String: String]) -> [String] {
    (sides.dynamics[.opportunity] ?? [:]).sorted { $0.key < $1.key }.flatMap { id, record in
      guard partners[id] != nil, let held = sides.marketo[.deal]?[id] else { return [String]() }
      var account: RecordID?
      switch record.facts.parent {
      case let parent? where parent.object == .account: account = parent.id
      case let parent? where parent.object == .contact:
        account = sides.dynamics[.contact]?[parent.id.text]?.facts.account
      default: break
      }
      var found: [String] = []
      if let account, partners[account.text] == nil { return found }
      let company = account.map { Value.text($0.text) } ?? .empty
      // At a first link an empty field takes nothing away.
      let isLeft = stores.count > 1 && company.isEmpty
      if held["externalCompanyId", default: .empty] != company, !isLeft {
        found.append("opportunity \(id) has another company than its customer's")
      }
      let amount = record.facts.amount.map(Value.decimal) ?? .empty
      if held["amount", default: .empty] != SimulatedField.marketo("amount").storedForm(amount) {
        found.append("opportunity \(id) has another amount")
      }
      return found
    }
  }
}
