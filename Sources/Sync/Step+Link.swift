import Model
import Store

extension Step {
  /// Finds the counterparts of records that have none yet.
  ///
  /// Contacts come before leads, so that a conversion is seen from the contact; both come after what
  /// they point to, since a new link wakes who waited for it.
  func link() async throws {
    for schema in layout.mirrors where schema.object.side == .marketo {
      try store.endLinksOfDeleted(
        in: schema, forgetsNobody: focus == nil, run: run, at: engine.now())
    }
    try store.forgetAnsweredRequests()
    if engine.rules.match.contains(.email) { try wakeNamesakes() }
    try store.wakeDependentsOfCustomers()
    try store.wakeDependentsOfCompanies()
    try store.deriveRoles(
      in: layout,
      removesWithOpportunity: layout.entity(.opportunity)?.rule.onDelete == .propagate, run: run)
    for entity in entities.sorted(by: { Self.place($0) < Self.place($1) }) {
      var last: Int64 = 0
      var done = 0
      while true {
        try checkStop()
        let rows = try store.unlinkedRecords(of: entity, after: last, limit: engine.chunk)
        guard let end = rows.last?.change else { break }
        let linker = Linker(match: engine.rules.match)
        let chosen = rows.filter { focus?.contains($0) ?? true }
        let findings = try await findings(for: chosen, of: entity)
        let decisions = chosen.map { linker.decide($0, of: entity.entity, findings) }
        try store.carryOut(decisions, for: entity, run: run, at: engine.now())
        tally.add { $0.linksMade += decisions.count(where: \.makesLink) }
        done += rows.count
        engine.report(Progress(.link, "\(entity.entity)", done: done))
        last = end
      }
    }
    try followSuccessions()
  }

  /// Linked leads and contacts that were merged, or became a contact with a person of its own.
  private func followSuccessions() throws {
    let persons = layout.entities.filter { $0.rule.marketo == .person }
    for entity in persons where entities.contains(where: { $0.entity == entity.entity }) {
      try store.followSuccessions(
        of: entity, among: persons, only: { focus?.dynamics.contains($0) ?? true }, run: run,
        at: engine.now())
    }
  }

  /// Whoever asks to become a record may be the one that a record without a person waits for.
  private func wakeNamesakes() throws {
    guard let schema = layout.schema(.person) else { return }
    let persons = layout.entities.filter { $0.rule.marketo == .person }
    try store.wakeNamesakes(
      ofRequesting: schema, and: focus?.assignments.keys.sorted() ?? [], among: persons)
  }

  private static func place(_ entity: BoundEntity) -> Int {
    [.contact, .lead].firstIndex(of: entity.entity) ?? -1
  }

  private func findings(
    for rows: [MirrorRow], of entity: BoundEntity
  ) async throws -> Linker.Findings {
    var findings = Linker.Findings()
    let facts = rows.map(\.record.facts)
    let persons = layout.entities.filter { $0.rule.marketo == entity.rule.marketo }
    findings.held = try store.livingRecords(facts.compactMap(\.convertedTo?.text), of: persons)
    findings.linksByDynamics = try store.links(
      ofDynamics: facts.compactMap(\.originatingLead?.text))
    for row in rows where row.record.facts.mergedInto != nil {
      let id = row.record.id.text
      findings.mergeSurvivors[id] = try store.mergeSurvivor(of: id, in: entity)
    }
    let candidates = rows.map(\.record).filter {
      $0.facts.mergedInto == nil && $0.facts.convertedTo == nil
    }
    try await findByKey(candidates, of: entity, &findings)
    try await findByRequest(candidates, of: entity, &findings)
    try await findByEmail(candidates, of: entity, among: persons, &findings)
    let found =
      [findings.byKey, findings.byEmail].flatMap { $0.values.flatMap(\.self) }
      + findings.byRequest.values
    findings.linksByMarketo = try store.links(ofMarketo: found.map(\.id.text))
    if entity.rule.dynamics == .derivedRole { leaveTwins(in: &findings) }
    findings.livingKeys = try store.livingRecords(
      found.compactMap(\.facts.key), of: persons, asThemselves: true)
    return findings
  }

  private func findByKey(
    _ records: [Record], of entity: BoundEntity, _ findings: inout Linker.Findings
  ) async throws {
    let isRole = entity.rule.dynamics == .derivedRole
    let keys =
      isRole
      ? try store.roleKeys(of: records)
      : Dictionary(records.map { ($0.id.text, $0.id.text) }) { first, _ in first }
    guard !keys.isEmpty else { return }
    let connector = try connector(.marketo)
    let found = try await connector.find(
      in: entity.marketo, by: .key, values: Set(keys.values).sorted())
    let byKey = Dictionary(grouping: found) { $0.facts.key ?? "" }
    for (id, key) in keys { findings.byKey[id] = byKey[key] }
  }

  /// A record that was made at a person's request says so by its id, even where its link was lost.
  private func findByRequest(
    _ records: [Record], of entity: BoundEntity, _ findings: inout Linker.Findings
  ) async throws {
    guard entity.rule.marketo == .person else { return }
    let byKey = findings.byKey
    let asking = records.filter { byKey[$0.id.text] == nil }.compactMap { record in
      RequestedID.person(in: record.id.text).map { (record.id.text, $0) }
    }
    guard !asking.isEmpty else { return }
    let connector = try connector(.marketo)
    let found = try await connector.find(
      in: entity.marketo, by: .id, values: Set(asking.map(\.1)).sorted())
    let persons = Dictionary(found.map { ($0.id.text, $0) }) { first, _ in first }
    let ids = try store.requestedIDs(of: found, as: entity.entity)
    for (id, person) in asking where ids[person] == id { findings.byRequest[id] = persons[person] }
  }

  /// Two rows may say that one person has one role: what stands for the one is nothing of the other.
  private func leaveTwins(in findings: inout Linker.Findings) {
    let links = findings.linksByMarketo
    findings.byKey = findings.byKey.mapValues { $0.filter { links[$0.id.text] == nil } }
  }

  private func findByEmail(
    _ records: [Record], of entity: BoundEntity, among persons: [BoundEntity],
    _ findings: inout Linker.Findings
  ) async throws {
    guard entity.marketo.feed == .notices, engine.rules.match.contains(.email) else { return }
    let byKey = findings.byKey
    let emails = Set(
      records.filter { byKey[$0.id.text] == nil }.compactMap(\.facts.email)
    ).sorted()
    guard !emails.isEmpty else { return }
    let connector = try connector(.marketo)
    for record in try await connector.find(in: entity.marketo, by: .email, values: emails) {
      guard let email = record.facts.email else { continue }
      findings.byEmail[email, default: []].append(record)
    }
    findings.unlinkedByEmail = try store.unlinkedRecords(withEmails: emails, of: persons)
  }
}

extension LinkDecision {
  /// Whether two standing records are joined.
  var makesLink: Bool {
    switch self {
    case .link, .takeOver: true
    default: false
    }
  }
}
