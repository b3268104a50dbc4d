import Model

/// Dynamics in memory: row versions, a change log with deletions, conditional writes.
package actor FakeDynamics: Connector {
  package nonisolated let side = Side.dynamics
  package nonisolated let settlingTime = Duration.seconds(0)
  package private(set) var rows: [ObjectType: [String: Record]] = [:]
  private var log: [(sequence: Int, object: ObjectType, id: String)] = []
  private var sequence = 0
  package private(set) var callCount = 0
  package private(set) var writeCount = 0
  /// Refuses a text of this content, as a plug-in would.
  private var poison: String?
  /// Refuses this user as an owner.
  private var refusedOwner: String?
  /// Carries out the next write and then loses the answer.
  private var losesNextAnswer = false
  private var trouble = CallTrouble()

  /// Breaks at whole calls from now on that carry a text.
  package func setTrouble(_ trouble: CallTrouble) { self.trouble = trouble }
  private let pageSize: Int

  package init(pageSize: Int = 3) { self.pageSize = pageSize }

  private var organisation = "org"
  private var user = "sync"
  private var hasExpired = false
  private var isBlind = false
  private var types: [FieldName: FieldType] = [:]

  /// Another organisation, or another user, answers from now on.
  package func answer(asOrganisation organisation: String = "org", user: String = "sync") {
    self.organisation = organisation
    self.user = user
  }

  /// Reads must be full ones until `isOver`.
  package func expireWatermarks(isOver: Bool = false) { hasExpired = !isOver }

  /// Full reads hold no rows while it is blind, as for a user who lost a right.
  package func blind(_ isBlind: Bool) { self.isBlind = isBlind }

  /// Goes back to a copy of its rows in which nothing of its changes is known.
  package func goBack() {
    sequence = 0
    log = []
  }

  /// Gives a field another type.
  package func retype(_ field: FieldName, _ type: FieldType) { types[field] = type }

  package func refuseOwner(_ id: String?) { refusedOwner = id }
  package func setPoison(_ text: String?) { poison = text }
  package func loseNextAnswer() { losesNextAnswer = true }

  /// A person's edit, or a new record.
  package func put(
    _ object: ObjectType, _ id: String, _ fields: [FieldName: Value], _ facts: Facts? = nil
  ) {
    var record = rows[object]?[id] ?? Record(id: .dynamics(id), fields: [:])
    record.fields.merge(fields) { _, new in new }
    if let facts { record.facts = facts }
    store(record, object)
  }

  /// Shows the record without a field from now on, as to a user who may not see it.
  package func conceal(_ object: ObjectType, _ id: String, _ field: FieldName) {
    guard var record = rows[object]?[id] else { return }
    concealed[id, default: []].insert(field)
    record.fields["telephone1"] = .text("x")
    store(record, object)
  }

  private var concealed: [String: Set<FieldName>] = [:]

  /// The record as the sync user sees it.
  private func shown(_ record: Record, _ schema: ObjectSchema) -> Record {
    var shown = record.selecting(schema)
    for field in concealed[record.id.text] ?? [] { shown.fields[field] = nil }
    return shown
  }

  package func delete(_ object: ObjectType, _ id: String) {
    rows[object]?[id] = nil
    sequence += 1
    log.append((sequence, object, id))
  }

  package func value(_ object: ObjectType, _ id: String, _ field: FieldName) -> Value? {
    rows[object]?[id]?.fields[field]
  }

  private func store(_ record: Record, _ object: ObjectType) {
    sequence += 1
    var stored = record
    stored.version = "W/\(sequence)"
    if case .text(let email) = stored.fields["emailaddress1"] {
      stored.facts.email = email.lowercased()
    }
    rows[object, default: [:]][record.id.text] = stored
    log.append((sequence, object, record.id.text))
  }

  package func identify() async throws -> PeerIdentity {
    PeerIdentity(side: .dynamics, host: "fake", organisation: organisation, user: user)
  }

  package func provision(_ objects: [ObjectDefinition]) async throws -> [String] { [] }

  package func describe(_ object: ObjectType, selecting fields: [FieldName]) async throws
    -> ObjectSchema
  {
    let known: Set<ObjectType> = [
      .lead, .contact, .account, .user, .team, .opportunity, .connection, .connectionRole,
      ObjectType(.dynamics, "new_subscription"), ObjectType(.dynamics, "new_licence"),
    ]
    guard known.contains(object) else {
      throw ServiceError(.schema(nil), side: side, attempt: "describe", reason: "no \(object.name)")
    }
    return ObjectSchema(
      object, keyField: FieldName("\(object.name)id"),
      fields: fields.filter(FakeField.exists).map {
        var field = FakeField.dynamics($0)
        field.type = types[$0] ?? field.type
        return field
      }, feed: .records)
  }

  package func changes(in schema: ObjectSchema, after watermark: Watermark?) async throws
    -> ChangePage
  {
    callCount += 1
    let object = schema.object
    if hasExpired, watermark?.isComplete == true {
      throw ServiceError(.watermarkExpired, side: side, attempt: "read", reason: "too long ago")
    }
    let parts = (watermark?.text ?? "full||\(sequence)").split(
      separator: "|", omittingEmptySubsequences: false)
    if parts[0] == "full" {
      let seen = isBlind ? [:] : rows[object] ?? [:]
      let ids = seen.keys.sorted().filter { $0 > parts[1] }
      let page = ids.prefix(pageSize)
      let isLast = page.count == ids.count
      let next = isLast ? "since|\(parts[2])" : "full|\(page.last ?? "")|\(parts[2])"
      return ChangePage(
        records: page.compactMap { rows[object]?[$0].map { shown($0, schema) } }, isFullRead: true,
        watermark: Watermark(next, isComplete: isLast))
    }
    guard parts[0] == "since", let since = Int(parts[1]) else {
      throw ServiceError(.watermarkExpired, side: side, attempt: "read", reason: "not its words")
    }
    guard since <= sequence else {
      throw ServiceError(.watermarkExpired, side: side, attempt: "read", reason: "it went back")
    }
    let changed = log.filter { $0.object == object && $0.sequence > since }
    let ids = Set(changed.map(\.id)).sorted()
    return ChangePage(
      records: ids.compactMap { rows[object]?[$0].map { shown($0, schema) } },
      deletions: ids.filter { rows[object]?[$0] == nil }.map(RecordID.dynamics),
      watermark: Watermark("since|\(sequence)", isComplete: true))
  }

  package func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    guard lookup != .request else { return [] }
    callCount += 1
    let all = (rows[schema.object] ?? [:]).values.sorted { $0.id < $1.id }
    let found =
      lookup == .email
      ? all.filter { $0.facts.email.map(values.contains) ?? false }
      : all.filter { values.contains($0.id.text) }
    return found.map { $0.selecting(schema) }
  }

  package func history(of ids: [RecordID], since: Instant) async throws -> [Notice] { [] }

  package nonisolated func batchSize(for object: ObjectType) -> Int { 4 }

  package func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    callCount += 1
    if let results = try trouble.results(of: writes, side) { return results }
    let results = writes.map {
      WriteResult(operation: $0.operation, outcome: outcome(of: $0, schema))
    }
    guard losesNextAnswer else { return results }
    losesNextAnswer = false
    let lost = ServiceError(
      .timedOut, side: side, attempt: "write", reason: "lost", mayHaveApplied: true)
    return writes.map { WriteResult(operation: $0.operation, outcome: .unknown(lost)) }
  }

  private func outcome(of write: Write, _ schema: ObjectSchema) -> WriteResult.Outcome {
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
    _ before: Record, _ write: Write, _ schema: ObjectSchema
  ) -> WriteResult.Outcome {
    var record = before
    if case .reference(let owner)? = write.fields[.owner] {
      guard owner.id.text != refusedOwner else {
        return .rejected(Rejection(code: "0x80040229", message: "no such owner", field: .owner))
      }
      record.facts.owner = owner
    }
    for (field, value) in write.fields where field != .owner {
      if let poison, value == .text(poison) {
        return .rejected(Rejection(code: "0x80044331", message: "too long", field: field))
      }
      record.fields[field] = FakeField.dynamics(field).storedForm(value)
    }
    store(record, write.object)
    writeCount += 1
    return .applied(id: record.id, record: rows[write.object]?[record.id.text]?.selecting(schema))
  }
}

extension Record {
  /// The record with the fields that a schema selects, each of them: one that was never set is empty.
  fileprivate func selecting(_ schema: ObjectSchema) -> Record {
    var record = self
    record.fields = schema.fields.keys.reduce(into: [:]) { $0[$1] = fields[$1] ?? .empty }
    return record
  }
}
