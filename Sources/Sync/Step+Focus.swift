import Model
import Store

extension Step {
  /// Reads one record on both sides, with what it needs.
  ///
  /// `text` is a Dynamics id, a Marketo id or an e-mail address. Throws ``RunError`` where nothing that
  /// is kept in step answers to it.
  func pull(record text: String) async throws -> Focus {
    var focus = Focus()
    let found = try await dynamicsRecords(named: text, &focus)
    guard !focus.dynamics.isEmpty else {
      throw RunError(
        .unknownName,
        "no record of a configured entity answers to '\(text)'; nothing was written",
        mend: "give the id of a Dynamics record, or of a linked Marketo one; 'dynsync sync-person'"
          + " makes a Dynamics record of a person")
    }
    try await pullNeeds(of: found, &focus)
    try await pullCounterparts(of: focus)
    return focus
  }

  /// Finds and stores the Dynamics records that a person named.
  private func dynamicsRecords(
    named text: String, _ focus: inout Focus
  ) async throws -> [Record] {
    let entities = layout.entities.filter { $0.dynamics.feed == .records }
    if text.contains("@") {
      let persons = entities.filter { $0.rule.marketo == .person }
      return try await pull(persons, by: .email, [text.lowercased()], &focus)
    }
    let linked = try store.links(ofMarketo: [text])[text]
    let id = linked?.dynamicsID ?? GUID(text)?.text
    guard let id else { return [] }
    let known = try store.holders(of: id, among: entities)
    let found = try await pull(known.isEmpty ? entities : known, by: .id, [id], &focus)
    if found.isEmpty, let holder = known.first {
      try store.apply([], missing: [id], to: holder.dynamics, run: run)
      focus.dynamics.insert(id)
    }
    return found
  }

  /// Looks records up in Dynamics and stores them; they come into focus.
  private func pull(
    _ entities: [BoundEntity], by lookup: Lookup, _ values: [String], _ focus: inout Focus
  ) async throws -> [Record] {
    guard !values.isEmpty else { return [] }
    let connector = try connector(.dynamics)
    var all: [Record] = []
    for entity in entities {
      let found = try await connector.find(in: entity.dynamics, by: lookup, values: values)
      note(try store.apply(found, to: entity.dynamics, run: run))
      focus.dynamics.formUnion(found.map(\.id.text))
      all += found
    }
    return all
  }

  /// Reads what the records point to, and what that points to in turn.
  private func pullNeeds(of records: [Record], _ focus: inout Focus) async throws {
    var next = records
    while !next.isEmpty {
      let needed = Set(next.flatMap(\.facts.references)).filter {
        !focus.dynamics.contains($0.id.text)
      }
      next = []
      for (object, references) in Dictionary(grouping: needed, by: \.object).sorted(by: {
        $0.key < $1.key
      }) {
        guard let entity = layout.entity(dynamics: object), entity.dynamics.feed == .records else {
          continue
        }
        next += try await pull([entity], by: .id, references.map(\.id.text).sorted(), &focus)
      }
    }
  }

  /// Reads the Marketo records that are linked to what is in focus.
  private func pullCounterparts(of focus: Focus) async throws {
    let connector = try connector(.marketo)
    let links = try store.links(ofDynamics: focus.dynamics.sorted()).values
    for entity in layout.entities {
      let ids = links.filter { $0.entity == entity.entity && $0.state == .active }
        .compactMap(\.marketoID).sorted()
      if !ids.isEmpty { note(try await read(ids, in: entity.marketo, through: connector)) }
    }
  }

  /// Reads the persons that are to become Dynamics records, with whoever in Dynamics they may be
  /// already.
  func pull(requests: [SyncRequest]) async throws -> Focus {
    var focus = Focus()
    guard let schema = layout.schema(.person) else {
      throw RunError(
        .schema, "no entity of persons is configured", mend: "configure lead or contact")
    }
    let ids = requests.map(\.person.text)
    let found = try await connector(.marketo).find(in: schema, by: .id, values: ids)
    note(try store.apply(found, to: schema, run: run))
    focus.unknownPersons = Set(ids).subtracting(found.map(\.id.text))
    let persons = layout.entities.filter { $0.rule.marketo == .person }
    let links = try store.links(ofMarketo: ids)
    for link in links.values { focus.dynamics.insert(link.dynamicsID) }
    try store.retryRequests(of: ids, at: engine.now())
    let unlinked = found.filter { links[$0.id.text] == nil }
    let own = try persons.flatMap {
      try store.requestedIDs(of: unlinked, as: $0.entity).values.sorted()
    }
    let standing =
      try await pull(persons, by: .id, unlinked.compactMap(\.facts.key) + own, &focus)
      + (engine.rules.match.contains(.email)
        ? try await pull(persons, by: .email, unlinked.compactMap(\.facts.email), &focus) : [])
    try await pullNeeds(of: standing, &focus)
    for request in requests where found.contains(where: { $0.id == request.person }) {
      focus.assignments[request.person.text] = Focus.Assignment(
        request: request, owner: try await owner(request.assignTo))
    }
    for person in try store.unlinkedPersons(focus.assignments.keys.sorted(), in: schema) {
      guard let wish = focus.assignments[person.record.id.text]?.request.entity else { continue }
      focus.dynamics.insert(
        try store.requestInput(for: person, as: wish, at: engine.now()).recordID)
    }
    return focus
  }

  /// The user or team that a person named by id or e-mail address.
  private func owner(_ text: String?) async throws -> Reference? {
    guard let text else { return nil }
    let connector = try connector(.dynamics)
    let lookup: Lookup = text.contains("@") ? .email : .id
    for object in [ObjectType.user, .team] {
      let schema =
        if let held = layout.schema(object) { held } else {
          try await connector.describe(object, selecting: [])
        }
      if let found = try await connector.find(in: schema, by: lookup, values: [text]).first {
        return Reference(object, found.id)
      }
    }
    throw RunError(
      .unknownName, "Dynamics has no user or team '\(text)'; nothing was written",
      mend: "give the id or the e-mail address of a user")
  }
}

extension Facts {
  /// The other Dynamics records that what is written depends on.
  fileprivate var references: [Reference] {
    [
      owner, parent, account.map { Reference(.account, $0) },
      opportunity.map { Reference(.opportunity, $0) },
      originatingLead.map { Reference(.lead, $0) }, convertedTo.map { Reference(.contact, $0) },
    ].compactMap(\.self)
  }
}
