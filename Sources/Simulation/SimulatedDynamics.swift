import Model

/// Dynamics in memory and in virtual time: row versions, a change log, conditional writes.
actor SimulatedDynamics: Connector {
  nonisolated let side = Side.dynamics
  nonisolated let settlingTime = Duration.seconds(0)
  private(set) var rows: [ObjectType: [String: Record]] = [:]
  private(set) var callCount = 0
  private(set) var writeCount = 0
  private var log: [(sequence: Int, object: ObjectType, id: String)] = []
  private var hidden: [(from: Instant, object: ObjectType, id: String)] = []
  private var sequence = 0
  private let world: SimulatedWorld
  private let order: PageOrder

  init(world: SimulatedWorld, order: PageOrder = .forward) {
    self.world = world
    self.order = order
  }

  /// The order in which pages tell rows, which no one may rely on.
  enum PageOrder: Sendable {
    case forward
    case backward
  }

  private static let pageSize = 3
  private static let objects: Set<ObjectType> = [
    .lead, .contact, .account, .user, .team, .opportunity, .connection, .connectionRole,
  ]

  // What people do.

  /// A person's edit, or a new record; `isLate` tells of it only after a while.
  func put(
    _ object: ObjectType, _ id: String, _ fields: [FieldName: Value] = [:],
    facts change: @Sendable (inout Facts) -> Void = { _ in }, isLate: Bool = false
  ) {
    var record = rows[object]?[id] ?? Record(id: .dynamics(id), fields: [:])
    change(&record.facts)
    save(&record, fields, in: object, by: .human, isLate: isLate)
  }

  func delete(_ object: ObjectType, _ id: String) {
    guard rows[object]?.removeValue(forKey: id) != nil else { return }
    tell(object, id, isLate: false)
    guard object == .contact else { return }
    // A look-up at a row that is gone becomes empty.
    for lead in ids(.lead) where rows[.lead]?[lead]?.facts.convertedTo?.text == id {
      put(.lead, lead, facts: { $0.convertedTo = nil })
    }
  }

  func record(_ object: ObjectType, _ id: String) -> Record? { rows[object]?[id] }

  /// The ids of an object's rows, sorted.
  func ids(_ object: ObjectType) -> [String] { (rows[object] ?? [:]).keys.sorted() }

  private func save(
    _ record: inout Record, _ fields: [FieldName: Value], in object: ObjectType,
    by author: LedgerEntry.Author, isLate: Bool = false
  ) {
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      let field = SimulatedField.dynamics(name)
      let stored = SimulatedField.surprise(field.storedForm(value), on: .dynamics)
      let before = record.fields[name] ?? .empty
      guard before != stored else { continue }
      record.fields[name] = stored
      world.note(
        LedgerEntry(
          side: .dynamics, object: object, id: record.id.text, field: name, before: before,
          after: stored, author: author))
    }
    record.facts.email = record.fields["emailaddress1"]?.canonicalText?.lowercased()
    record.facts.changedAt = world.now
    record.facts.changedBy = author == .human ? "human" : "sync"
    sequence += 1
    record.version = "W/\(sequence)"
    rows[object, default: [:]][record.id.text] = record
    tell(object, record.id.text, isLate: isLate)
  }

  private func tell(_ object: ObjectType, _ id: String, isLate: Bool) {
    guard !isLate else {
      hidden.append((world.now + 40, object, id))
      return
    }
    sequence += 1
    log.append((sequence, object, id))
  }

  private func reveal() {
    let due = hidden.filter { $0.from <= world.now }
    hidden.removeAll { $0.from <= world.now }
    for item in due { tell(item.object, item.id, isLate: false) }
  }

  // What the sync does.

  private func begin() async throws -> Fault? {
    callCount += 1
    let fault = try await world.call()
    reveal()
    switch fault {
    case .unavailable:
      world.count(Fault.unavailable.rawValue)
      throw ServiceError(
        .unavailable(retryAfter: nil), side: side, attempt: "call", reason: "it is down")
    default: return fault
    }
  }

  func identify() async throws -> PeerIdentity {
    _ = try await begin()
    return PeerIdentity(side: .dynamics, host: "simulated", organisation: "org", user: "sync")
  }

  func provision(_ objects: [ObjectDefinition]) async throws -> [String] { [] }

  func describe(
    _ object: ObjectType, selecting fields: [FieldName]
  ) async throws -> ObjectSchema {
    guard Self.objects.contains(object) else {
      throw ServiceError(.schema(nil), side: side, attempt: "describe", reason: "no \(object.name)")
    }
    return ObjectSchema(
      object, keyField: FieldName("\(object.name)id"),
      fields: fields.map(SimulatedField.dynamics), feed: .records)
  }

  func changes(in schema: ObjectSchema, after watermark: Watermark?) async throws -> ChangePage {
    let fault = try await begin()
    if fault == .expiredWatermark, watermark != nil {
      world.count(Fault.expiredWatermark.rawValue)
      throw ServiceError(
        .watermarkExpired, side: side, attempt: "read changes", reason: "too long ago")
    }
    let page = try page(schema, after: watermark)
    try world.step()
    return page
  }

  private func page(_ schema: ObjectSchema, after watermark: Watermark?) throws -> ChangePage {
    let object = schema.object
    let words = (watermark?.text ?? "full||\(sequence)").split(
      separator: "|", omittingEmptySubsequences: false)
    func records(_ ids: some Sequence<String>) -> [Record] {
      let found = ids.compactMap { rows[object]?[$0]?.selecting(schema) }
      return order == .forward ? found : found.reversed()
    }
    if words[0] == "full" {
      let ids = ids(object).filter { $0 > words[1] }
      let page = ids.prefix(Self.pageSize)
      let isLast = page.count == ids.count
      let next = isLast ? "since|\(words[2])" : "full|\(page.last ?? "")|\(words[2])"
      return ChangePage(
        records: records(page), isFullRead: true, watermark: Watermark(next, isComplete: isLast))
    }
    guard words[0] == "since", let since = Int(words[1]) else {
      throw ServiceError(.watermarkExpired, side: side, attempt: "read", reason: "not its words")
    }
    let changed = log.filter { $0.object == object && $0.sequence > since }
    let ids = Set(changed.map(\.id)).sorted()
    return ChangePage(
      records: records(ids),
      deletions: ids.filter { rows[object]?[$0] == nil }.map(RecordID.dynamics),
      watermark: Watermark("since|\(sequence)", isComplete: true))
  }

  func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    _ = try await begin()
    guard lookup != .request else { return [] }
    let all = (rows[schema.object] ?? [:]).values.sorted { $0.id < $1.id }
    let found =
      lookup == .email
      ? all.filter { $0.facts.email.map(values.contains) ?? false }
      : all.filter { values.contains($0.id.text) }
    try world.step()
    return found.map { $0.selecting(schema) }
  }

  func history(of ids: [RecordID], since: Instant) async throws -> [Notice] { [] }

  nonisolated func batchSize(for object: ObjectType) -> Int { 3 }

  func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    let fault = try await begin()
    let lost = ServiceError(
      .timedOut, side: side, attempt: "write", reason: "no answer", mayHaveApplied: true)
    switch fault {
    case .throttled:
      world.count(Fault.throttled.rawValue)
      throw ServiceError(
        .unavailable(retryAfter: nil), side: side, attempt: "write", reason: "too many requests")
    case .lostRequest, .lateEffect:
      world.count(Fault.lostRequest.rawValue)
      return writes.map { WriteResult(operation: $0.operation, outcome: .unknown(lost)) }
    default: break
    }
    var results: [WriteResult] = []
    for (place, write) in writes.enumerated() {
      if fault == .partialBatch, place > 0 {
        world.count(Fault.partialBatch.rawValue)
        results.append(WriteResult(operation: write.operation, outcome: .postponed(lost)))
      } else {
        results.append(WriteResult(operation: write.operation, outcome: carryOut(write, schema)))
      }
    }
    try world.step()
    guard fault == .lostAnswer else { return results }
    world.count(Fault.lostAnswer.rawValue)
    return writes.map { WriteResult(operation: $0.operation, outcome: .unknown(lost)) }
  }

  private func carryOut(_ write: Write, _ schema: ObjectSchema) -> WriteResult.Outcome {
    for (name, value) in write.fields where name != .owner {
      let field = SimulatedField.dynamics(name)
      if case .text(let text) = value, let length = field.length, text.utf16.count > length {
        return .rejected(Rejection(code: "0x80044331", message: "too long", field: name))
      }
    }
    switch write.action {
    case .create(let key):
      guard rows[write.object]?[key] == nil else { return .overtaken }
      return save(Record(id: .dynamics(key), fields: [:]), write, schema)
    case .update(let id, let version):
      guard let record = rows[write.object]?[id.text] else { return .gone }
      guard version == nil || record.version == version else { return .overtaken }
      return save(record, write, schema)
    case .delete(let id):
      guard rows[write.object]?[id.text] != nil else { return .gone }
      delete(write.object, id.text)
      return .applied(id: id, record: nil)
    }
  }

  private func save(
    _ record: Record, _ write: Write, _ schema: ObjectSchema
  ) -> WriteResult.Outcome {
    var record = record
    if case .reference(let owner)? = write.fields[.owner] { record.facts.owner = owner }
    save(
      &record, write.fields.filter { $0.key != .owner }, in: write.object,
      by: .sync(write.operation))
    writeCount += 1
    return .applied(id: record.id, record: rows[write.object]?[record.id.text]?.selecting(schema))
  }
}
