import Model

/// Dynamics in memory and in virtual time: row versions, a change log, conditional writes.
actor SimulatedDynamics: Connector {
  nonisolated let side = Side.dynamics
  nonisolated let settlingTime = Duration.seconds(120)
  private(set) var rows: [ObjectType: [String: Record]] = [:]
  private(set) var callCount = 0
  private(set) var writeCount = 0
  private var log: [(sequence: Int, object: ObjectType, id: String)] = []
  private var hidden: [(from: Instant, object: ObjectType, id: String)] = []
  private var sequence = 0
  private var late: [(at: Instant, write: Write, epoch: Int)] = []
  /// The database whose late write is being carried out.
  private var lateEpoch: Int?
  /// The version of each record that the sync was told last.
  private var shown: [String: String] = [:]
  /// Records that were deleted, for those who want them back.
  private var graves: [(object: ObjectType, record: Record)] = []
  private var labels: [FieldName: [Option]] = [:]
  /// The number of each label that an option ever had, as texts.
  private(set) var everyLabel = Dictionary(
    SimulatedField.dynamics(SimulatedField.optionField).options.map {
      ($0.label, String($0.number))
    }
  ) { first, _ in first }
  private var organisation = "org"
  let world: SimulatedWorld
  let objects: SimulatedObjects
  private let order: PageOrder

  init(world: SimulatedWorld, objects: SimulatedObjects, order: PageOrder = .forward) {
    self.world = world
    self.objects = objects
    self.order = order
  }

  /// The order in which pages tell rows, which no one may rely on.
  enum PageOrder: Sendable {
    case forward
    case backward
  }

  private static let pageSize = 3

  // What people do.

  /// Another organisation answers from now on, or the right one again.
  func setOrganisation(_ name: String) { organisation = name }

  /// An option gets another label.
  func relabel(_ name: FieldName, _ number: Int, _ label: String) {
    var options = labels[name] ?? SimulatedField.dynamics(name).options
    for place in options.indices where options[place].number == number {
      options[place].label = label
    }
    labels[name] = options
    everyLabel[label] = String(number)
  }

  func options(of name: FieldName) -> [Option] {
    labels[name] ?? SimulatedField.dynamics(name).options
  }

  /// A record that was deleted comes back, as it was, under its old id or a new one.
  func recreate(_ number: Int, as id: String?) -> Bool {
    guard !graves.isEmpty else { return false }
    let grave = graves[number % graves.count]
    let id = id ?? grave.record.id.text
    guard rows[grave.object]?[id] == nil else { return false }
    put(
      grave.object, id, grave.record.fields,
      facts: {
        $0.owner = grave.record.facts.owner
        $0.account = grave.record.facts.account
      })
    return true
  }

  /// A person's edit, or a new record; `isLate` tells of it only after a while.
  func put(
    _ object: ObjectType, _ id: String, _ fields: [FieldName: Value] = [:],
    facts change: @Sendable (inout Facts) -> Void = { _ in }, isLate: Bool = false
  ) {
    settleLate()
    var record = rows[object]?[id] ?? Record(id: .dynamics(id), fields: [:])
    change(&record.facts)
    save(&record, fields, in: object, by: .human, isLate: isLate)
  }

  func delete(_ object: ObjectType, _ id: String, isLate: Bool = false) {
    settleLate()
    guard let record = rows[object]?.removeValue(forKey: id) else { return }
    world.noteStanding(object, id, false)
    if object == .lead || object == .contact { graves.append((object, record)) }
    tell(object, id, isLate: isLate)
    if object == .contact { clearLookUps(atContact: id) }
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
      let stored = SimulatedField.stored(value, as: field, on: .dynamics, world)
      let before = record.fields[name] ?? .empty
      guard before != stored else { continue }
      record.fields[name] = stored
      world.note(
        LedgerEntry(
          side: .dynamics, object: object, id: record.id.text, field: name, before: before,
          after: stored, author: author, epoch: lateEpoch))
    }
    record.facts.email = record.fields["emailaddress1"]?.canonicalText?.lowercased()
    record.facts.changedAt = world.now
    record.facts.changedBy = author == .human ? "human" : "sync"
    sequence += 1
    record.version = "W/\(sequence)"
    rows[object, default: [:]][record.id.text] = record
    world.noteStanding(object, record.id.text, true)
    tell(object, record.id.text, isLate: isLate)
  }

  private func tell(_ object: ObjectType, _ id: String, isLate: Bool) {
    guard !isLate else {
      hidden.append((world.now + world.lateness(of: id), object, id))
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

  private func begin(isWrite: Bool = false) async throws -> Fault? {
    callCount += 1
    let fault = try await world.call(isWrite: isWrite)
    settleLate()
    reveal()
    guard fault == .unavailable else { return fault }
    world.count(Fault.unavailable.rawValue)
    throw ServiceError(
      .unavailable(retryAfter: nil), side: side, attempt: "call", reason: "it is down")
  }

  /// Carries out what was accepted earlier and is due now, if its precondition still holds.
  func settleLate() {
    let due = late.filter { $0.at <= world.now }
    late.removeAll { $0.at <= world.now }
    for item in due {
      lateEpoch = item.epoch
      _ = carryOut(item.write, isSeen: true)
      lateEpoch = nil
    }
  }

  func identify() async throws -> PeerIdentity {
    _ = try await begin()
    return PeerIdentity(
      side: .dynamics, host: "simulated", organisation: organisation, user: "sync")
  }

  func provision(_ objects: [ObjectDefinition]) async throws -> [String] { [] }

  func describe(
    _ object: ObjectType, selecting fields: [FieldName]
  ) async throws -> ObjectSchema {
    guard objects.dynamics.contains(object) else {
      throw ServiceError(.schema(nil), side: side, attempt: "describe", reason: "no \(object.name)")
    }
    let known = fields.filter(SimulatedField.exists).map { name in
      var field = SimulatedField.dynamics(name)
      field.options = options(of: name)
      return field
    }
    return ObjectSchema(
      object, keyField: FieldName("\(object.name)id"), fields: known, feed: .records)
  }

  func changes(in schema: ObjectSchema, after watermark: Watermark?) async throws -> ChangePage {
    let fault = try await begin()
    if fault == .expiredWatermark, watermark != nil {
      world.count(Fault.expiredWatermark.rawValue)
      throw ServiceError(
        .watermarkExpired, side: side, attempt: "read changes", reason: "too long ago")
    }
    var page = try page(schema, after: watermark)
    page.records = world.misled(page.records, by: fault)
    for record in page.records { show(record, schema.object) }
    tellConversions(page, schema.object)
    if fault == .qualifiedMeanwhile, schema.object == .lead { await qualifyOne(of: page) }
    try world.step()
    return page
  }

  /// Contacts are read first: whoever was told of one finds its lead converted, unless that row is late.
  private func tellConversions(_ page: ChangePage, _ object: ObjectType) {
    if object == .lead {
      world.excuseConversions(of: hidden.filter { $0.object == .lead }.map(\.id))
    }
    guard object == .contact else { return }
    for record in page.records {
      guard let lead = record.facts.originatingLead?.text,
        rows[.lead]?[lead]?.facts.convertedTo == record.id
      else { continue }
      world.tellConversion(of: lead)
    }
  }

  private func show(_ record: Record, _ object: ObjectType) {
    shown["\(object.name) \(record.id.text)"] = record.version
  }

  /// A watermark is bound to the fields that were selected with it.
  private func page(_ schema: ObjectSchema, after watermark: Watermark?) throws -> ChangePage {
    let object = schema.object
    let binding = schema.fields.keys.sorted().map(\.rawValue).joined(separator: ",")
    let whole = (watermark?.text ?? "full||\(sequence)|\(binding)").split(
      separator: "|", omittingEmptySubsequences: false)
    guard whole.last.map(String.init) == binding else {
      throw ServiceError(
        .watermarkExpired, side: side, attempt: "read", reason: "other fields are selected")
    }
    let words = whole.dropLast()
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
        records: records(page), isFullRead: true,
        watermark: Watermark("\(next)|\(binding)", isComplete: isLast))
    }
    guard words[0] == "since", let since = Int(words[1]) else {
      throw ServiceError(.watermarkExpired, side: side, attempt: "read", reason: "not its words")
    }
    let changed = log.filter { $0.object == object && $0.sequence > since }
    let ids = Set(changed.map(\.id)).sorted()
    return ChangePage(
      records: records(ids),
      deletions: ids.filter { rows[object]?[$0] == nil }.map(RecordID.dynamics),
      watermark: Watermark("since|\(sequence)|\(binding)", isComplete: true))
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
    for record in found { show(record, schema.object) }
    try world.step()
    return found.map { $0.selecting(schema) }
  }

  func history(of ids: [RecordID], since: Instant) async throws -> [Notice] { [] }

  nonisolated func batchSize(for object: ObjectType) -> Int { 4 }

  func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    let fault = try await begin(isWrite: true)
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
        continue
      }
      var outcome = carryOut(write)
      if case .applied(let id, _) = outcome {
        if fault == .plugIn { changeBySide(write, id.text) }
        let record = rows[write.object]?[id.text]?.selecting(schema)
        if let record { show(record, write.object) }
        outcome = .applied(id: id, record: record)
      }
      results.append(WriteResult(operation: write.operation, outcome: outcome))
    }
    if fault == .editAfterWrite { typeOver(writes, fault) }
    try world.step()
    guard fault == .lostAnswer else { return results }
    world.count(Fault.lostAnswer.rawValue)
    return unknown
  }

  /// A plug-in changes another field of a record that is saved.
  private func changeBySide(_ write: Write, _ id: String) {
    guard let field = objects.editable(write.object).last(where: { write.fields[$0] == nil }),
      SimulatedField.dynamics(field).type == .text, field != "emailaddress1",
      let record = rows[write.object]?[id]
    else { return }
    world.count(Fault.plugIn.rawValue)
    var changed = record
    save(&changed, [field: .text("V\(900_000 + write.operation)")], in: write.object, by: .human)
  }

  private func carryOut(_ write: Write, isSeen: Bool = false) -> WriteResult.Outcome {
    for (name, value) in write.fields.sorted(by: { $0.key < $1.key }) where name != .owner {
      let field = SimulatedField.dynamics(name)
      if case .text(let text) = value, let length = field.length, text.utf16.count > length {
        world.count("refused")
        world.noteRefusal(RefusedWrite(write, field: name, epoch: lateEpoch))
        return .rejected(Rejection(code: "0x80044331", message: "too long", field: name))
      }
    }
    switch write.action {
    case .create(let key):
      guard rows[write.object]?[key] == nil else { return .overtaken }
      return save(Record(id: .dynamics(key), fields: [:]), write)
    case .update(let id, let version):
      guard let record = rows[write.object]?[id.text] else { return .gone }
      guard version == nil || record.version == version else { return .overtaken }
      if !isSeen, shown["\(write.object.name) \(id.text)"] != record.version {
        world.violate("\(write.object) \(id) was written, and its last version was never read")
      }
      return save(record, write)
    case .delete(let id):
      world.violate("\(write.object) \(id) was deleted: nothing is ever deleted there")
      guard rows[write.object]?[id.text] != nil else { return .gone }
      delete(write.object, id.text)
      return .applied(id: id, record: nil)
    }
  }

  private func save(_ record: Record, _ write: Write) -> WriteResult.Outcome {
    var record = record
    if case .reference(let owner)? = write.fields[.owner] { record.facts.owner = owner }
    save(
      &record, write.fields.filter { $0.key != .owner }, in: write.object,
      by: .sync(write.operation))
    writeCount += 1
    return .applied(id: record.id, record: nil)
  }
}
