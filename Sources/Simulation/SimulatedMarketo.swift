import Model

/// Marketo in memory and in virtual time: activities, no preconditions, writes that take effect late.
actor SimulatedMarketo: Connector {
  nonisolated let side = Side.marketo
  nonisolated let settlingTime = Duration.seconds(120)
  private(set) var rows: [ObjectType: [String: [FieldName: Value]]] = [:]
  private(set) var callCount = 0
  private(set) var writeCount = 0
  /// Values that a write replaced without anybody having seen them: the window that a service without
  /// preconditions leaves open.
  private(set) var unseen: [LedgerEntry] = []
  private var notices: [(visibleFrom: Instant, notice: Notice)] = []
  private var late: [(at: Instant, write: Write, epoch: Int)] = []
  /// The database whose late write is being carried out.
  private var lateEpoch: Int?
  /// Persons that are part of others now, each with whom.
  private(set) var merged: [String: String] = [:]
  private var lastSeen: [String: [FieldName: Value]] = [:]
  private var lastLook: [String: Instant] = [:]
  private var changedAt: [String: Instant] = [:]
  private var nextID = 1000
  private var organisation = "123-ABC-456"
  nonisolated let world: SimulatedWorld
  nonisolated let objects: SimulatedObjects
  nonisolated let activities: SimulatedActivities

  init(world: SimulatedWorld, objects: SimulatedObjects) {
    self.world = world
    self.objects = objects
    activities = SimulatedActivities(world: world)
  }

  private nonisolated var personKey: FieldName { objects.personKey }

  // What people do.

  /// Another subscription answers from now on, or the right one again.
  func setOrganisation(_ name: String) { organisation = name }

  /// A person's edit, or one of another program that signs in as the sync does (`isFromAPI`).
  func put(
    _ object: ObjectType, _ id: String, _ fields: [FieldName: Value], isLate: Bool = false,
    isFromAPI: Bool = false
  ) {
    settleLate()
    guard rows[object]?[id] != nil else { return }
    set(id, fields, in: object, by: .human, isLate: isLate, isFromAPI: isFromAPI)
  }

  @discardableResult
  func add(_ fields: [FieldName: Value]) -> String {
    settleLate()
    let id = newID()
    set(id, fields, in: .person, by: .human)
    return id
  }

  func delete(_ id: String, isLate: Bool = false) {
    settleLate()
    guard rows[.person]?.removeValue(forKey: id) != nil else { return }
    dropRoles(of: id)
    tell(id, .deleted, by: .human, isLate: isLate)
  }

  /// The winner's empty fields take the loser's values.
  func merge(_ loser: String, into winner: String, isLate: Bool = false) {
    settleLate()
    guard loser != winner, let kept = rows[.person]?[winner],
      let lost = rows[.person]?.removeValue(forKey: loser)
    else { return }
    set(
      winner, lost.filter { !$0.value.isEmpty && kept[$0.key, default: .empty].isEmpty },
      in: .person, by: .human)
    dropRoles(of: loser)
    merged[loser] = winner
    tell(winner, .merged(losers: [.marketo(loser)]), by: .human, isLate: isLate)
  }

  func ids(_ object: ObjectType) -> [String] { (rows[object] ?? [:]).keys.sorted() }

  func fields(_ object: ObjectType, _ id: String) -> [FieldName: Value]? { rows[object]?[id] }

  private func newID() -> String {
    nextID += 1
    rows[.person, default: [:]][String(nextID)] = [:]
    tell(String(nextID), .created, by: .human)
    return String(nextID)
  }

  private func dropRoles(of person: String) {
    for key in ids(.role) where RoleKey(key)?.person == person { rows[.role]?[key] = nil }
  }

  private func set(
    _ id: String, _ fields: [FieldName: Value], in object: ObjectType,
    by author: LedgerEntry.Author, isLate: Bool = false, isFromAPI: Bool = false
  ) {
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      let field = SimulatedField.marketo(name)
      let stored = SimulatedField.stored(value, as: field, on: .marketo, world)
      let before = rows[object]?[id]?[name] ?? .empty
      guard before != stored else { continue }
      rows[object, default: [:]][id, default: [:]][name] = stored
      changedAt["\(object.name) \(id)"] = world.now
      let entry = LedgerEntry(
        side: .marketo, object: object, id: id, field: name, before: before, after: stored,
        author: author, epoch: lateEpoch)
      if author != .human, lastSeen["\(object.name) \(id)"]?[name, default: .empty] != before {
        unseen.append(entry)
      }
      world.note(entry)
      guard object == .person else { continue }
      tell(
        id, .changed(field: name, newValue: stored.canonicalText), by: author,
        isRequest: name == objects.requestField && !stored.isEmpty, isLate: isLate,
        isFromAPI: isFromAPI)
    }
  }

  private func tell(
    _ id: String, _ event: Notice.Event, by author: LedgerEntry.Author, isRequest: Bool = false,
    isLate: Bool = false, isFromAPI: Bool = false
  ) {
    let notice = Notice(
      id: "g\(notices.count)", record: .marketo(id), event: event, at: world.now,
      isFromAPI: isFromAPI || author != .human, isRequest: isRequest)
    notices.append((isLate ? world.now + world.lateness(of: notice.id) : world.now, notice))
  }

  // What the sync does.

  private func begin(isWrite: Bool = false) async throws -> Fault? {
    callCount += 1
    let fault = try await world.call(isWrite: isWrite)
    settleLate()
    guard fault == .unavailable else { return fault }
    world.count(Fault.unavailable.rawValue)
    throw ServiceError(
      .unavailable(retryAfter: nil), side: side, attempt: "call", reason: "it is down")
  }

  /// Carries out what was accepted earlier and is due now.
  func settleLate() {
    let due = late.filter { $0.at <= world.now }
    late.removeAll { $0.at <= world.now }
    for item in due {
      lateEpoch = item.epoch
      _ = carryOut(item.write)
      lateEpoch = nil
    }
  }

  func identify() async throws -> PeerIdentity {
    _ = try await begin()
    return PeerIdentity(side: .marketo, host: "simulated", organisation: organisation, user: "api")
  }

  func provision(_ objects: [ObjectDefinition]) async throws -> [String] { [] }

  func describe(
    _ object: ObjectType, selecting fields: [FieldName]
  ) async throws -> ObjectSchema {
    guard let keyField = objects.keys[object] else {
      throw ServiceError(.schema(nil), side: side, attempt: "describe", reason: "no \(object.name)")
    }
    return ObjectSchema(
      object, keyField: keyField,
      fields: fields.filter(SimulatedField.exists).map(SimulatedField.marketo),
      feed: object == .person ? .notices : .none, parent: objects.parents[object])
  }

  /// The feed reads from an overlap before its watermark, so that what became visible late is told.
  func changes(in schema: ObjectSchema, after watermark: Watermark?) async throws -> ChangePage {
    let fault = try await begin()
    if fault == .expiredWatermark, watermark != nil {
      world.count(Fault.expiredWatermark.rawValue)
      throw ServiceError(
        .watermarkExpired, side: side, attempt: "read activities", reason: "too long ago")
    }
    let now = world.now
    guard let watermark else {
      return ChangePage(watermark: Watermark(String(now.seconds), isComplete: true))
    }
    guard let since = Int64(watermark.text) else {
      throw ServiceError(.watermarkExpired, side: side, attempt: "read", reason: "not its words")
    }
    let told = notices.filter { $0.visibleFrom <= now && $0.notice.at.seconds >= since - 600 }
    try world.step()
    return ChangePage(
      notices: world.misled(told.map(\.notice), by: fault),
      watermark: Watermark(String(now.seconds), isComplete: true))
  }

  func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    _ = try await begin()
    let found = (rows[schema.object] ?? [:]).sorted { $0.key < $1.key }
      .map { record($0.key, $0.value, schema) }
      .filter { record in
        switch lookup {
        case .id: values.contains(record.id.text)
        case .key: record.facts.key.map(values.contains) ?? false
        case .email: record.facts.email.map(values.contains) ?? false
        case .request: record.facts.syncAs.map { values.contains($0.lowercased()) } ?? false
        }
      }
    for record in found {
      let name = "\(schema.object.name) \(record.id.text)"
      lastSeen[name] = rows[schema.object]?[record.id.text]
      lastLook[name] = world.now
    }
    try world.step()
    return found
  }

  private func record(
    _ id: String, _ fields: [FieldName: Value], _ schema: ObjectSchema
  ) -> Record {
    func text(_ field: FieldName) -> String? { fields[field]?.canonicalText }
    let whole = Record(
      id: .marketo(id), fields: fields,
      facts: Facts(
        email: text("email")?.lowercased(),
        owner: text("externalSalesPersonId").map { Reference(.salesPerson, .marketo($0)) },
        account: text("externalCompanyId").map(RecordID.marketo),
        key: schema.object == .person ? text(personKey) : id, type: text(objects.typeField),
        syncAs: text(objects.requestField), changedAt: changedAt["\(schema.object.name) \(id)"]))
    return whole.selecting(schema)
  }

  func history(of ids: [RecordID], since: Instant) async throws -> [Notice] {
    _ = try await begin()
    return notices.filter { $0.visibleFrom <= world.now && $0.notice.at >= since }
      .map(\.notice).filter { ids.contains($0.record) }
  }

  nonisolated func batchSize(for object: ObjectType) -> Int { 4 }

  func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    let fault = try await begin(isWrite: true)
    checkLooks(before: writes)
    let lost = ServiceError(
      .timedOut, side: side, attempt: "write", reason: "no answer", mayHaveApplied: true)
    let unknown = writes.map { WriteResult(operation: $0.operation, outcome: .unknown(lost)) }
    switch fault {
    case .throttled:
      world.count(Fault.throttled.rawValue)
      throw ServiceError(
        .unavailable(retryAfter: nil), side: side, attempt: "write", reason: "too many requests")
    case .lostRequest:
      world.count(Fault.lostRequest.rawValue)
      return unknown
    case .lateEffect:
      world.count(Fault.lateEffect.rawValue)
      late += writes.map {
        (world.now + 1 + world.lateness(of: "\($0.operation)") / 5, $0, world.epoch)
      }
      return unknown
    default: break
    }
    if fault == .editBeforeWrite { typeOver(writes, fault) }
    var results: [WriteResult] = []
    for (place, write) in writes.enumerated() {
      if fault == .partialBatch, place > 0 {
        world.count(Fault.partialBatch.rawValue)
        results.append(WriteResult(operation: write.operation, outcome: .postponed(lost)))
      } else {
        let outcome = carryOut(write)
        if fault == .plugIn, case .applied(let id, _) = outcome { changeBySide(write, id.text) }
        results.append(WriteResult(operation: write.operation, outcome: outcome))
      }
    }
    if fault == .editAfterWrite { typeOver(writes, fault) }
    try world.step()
    guard fault == .lostAnswer else { return results }
    world.count(Fault.lostAnswer.rawValue)
    return unknown
  }

  /// A service without preconditions is looked at just before it is written; no person is made for a
  /// lead that is known to be a contact.
  private func checkLooks(before writes: [Write]) {
    for write in writes {
      if write.object == .person, case .create(let key) = write.action,
        world.isToldConversion(of: key)
      {
        world.violate("a person was made for lead \(key), whose contact had been read")
      }
      guard case .update(let id, _) = write.action, rows[write.object]?[id.text] != nil else {
        continue
      }
      let look = lastLook["\(write.object.name) \(id.text)"]
      if look.map({ world.now.seconds - $0.seconds > 20 }) ?? true {
        world.violate("\(write.object) \(id) was written without a look just before")
      }
    }
  }

  /// A person changes a field that is written just before or after.
  private func typeOver(_ writes: [Write], _ fault: Fault?) {
    for write in writes {
      guard case .update(let id, _) = write.action, rows[write.object]?[id.text] != nil,
        write.object == .person, let field = objects.firstText(of: write), let fault
      else { continue }
      world.count(fault.rawValue)
      return put(write.object, id.text, [field: .text("V\(700_000 + write.operation)")])
    }
  }

  /// A smart campaign changes another field of a person that is saved.
  private func changeBySide(_ write: Write, _ id: String) {
    guard write.object == .person,
      let field = objects.editable(.person).last(where: { write.fields[$0] == nil }),
      SimulatedField.marketo(field).type == .text, field != "email"
    else { return }
    world.count(Fault.plugIn.rawValue)
    set(id, [field: .text("V\(800_000 + write.operation)")], in: .person, by: .human)
  }

  private func carryOut(_ write: Write) -> WriteResult.Outcome {
    for (name, value) in write.fields.sorted(by: { $0.key < $1.key }) {
      if case .text(let text) = value, text.contains("refused") {
        world.count("refused")
        world.noteRefusal(RefusedWrite(write, field: name, epoch: lateEpoch))
        return .rejected(Rejection(code: "1003", message: "not allowed", field: name))
      }
    }
    let object = write.object
    switch write.action {
    case .create(let key): return create(write, key: key)
    case .update(let id, _):
      guard rows[object]?[id.text] != nil else { return .gone }
      writeCount += 1
      set(id.text, write.fields, in: object, by: .sync(write.operation))
      return .applied(id: id, record: nil)
    case .delete(let id):
      if lateEpoch == nil { checkRemoval(object, id.text) }
      guard rows[object]?.removeValue(forKey: id.text) != nil else { return .gone }
      writeCount += 1
      return .applied(id: id, record: nil)
    }
  }

  private func create(_ write: Write, key: String) -> WriteResult.Outcome {
    let object = write.object
    if object == .role, let role = RoleKey(key) {
      guard rows[.person]?[role.person] != nil, rows[.deal]?[role.opportunity] != nil else {
        world.noteRefusal(RefusedWrite(write, field: nil, epoch: lateEpoch))
        return .rejected(Rejection(code: "1004", message: "lead not found"))
      }
    }
    var id = key
    if object == .person {
      id =
        rows[.person]?.sorted { $0.key < $1.key }
        .first { $0.value[personKey] == .text(key) }?.key ?? newID()
    } else if rows[object]?[id] == nil {
      rows[object, default: [:]][id] = [:]
    }
    writeCount += 1
    lastSeen["\(object.name) \(id)"] = rows[object]?[id]
    var fields = write.fields
    if object == .person { fields[personKey] = .text(key) }
    set(id, fields, in: object, by: .sync(write.operation))
    return .applied(id: .marketo(id), record: nil)
  }
}
