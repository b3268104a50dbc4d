import Model

/// Dynamics in memory: row versions, a change log with deletions, conditional writes.
actor FakeDynamics: Connector {
  nonisolated let side = Side.dynamics
  nonisolated let settlingTime = Duration.seconds(0)
  private(set) var rows: [ObjectType: [String: Record]] = [:]
  private var log: [(sequence: Int, object: ObjectType, id: String)] = []
  private var sequence = 0
  private(set) var callCount = 0
  private(set) var writeCount = 0
  /// Refuses a text of this content, as a plug-in would.
  var poison: String?
  /// Carries out the next write and then loses the answer.
  var losesNextAnswer = false
  private let pageSize: Int

  init(pageSize: Int = 3) { self.pageSize = pageSize }

  func setPoison(_ text: String?) { poison = text }
  func loseNextAnswer() { losesNextAnswer = true }

  /// A person's edit, or a new record.
  func put(_ object: ObjectType, _ id: String, _ fields: [FieldName: Value], _ facts: Facts? = nil)
  {
    var record = rows[object]?[id] ?? Record(id: .dynamics(id), fields: [:])
    record.fields.merge(fields) { _, new in new }
    if let facts { record.facts = facts }
    store(record, object)
  }

  func forget(_ object: ObjectType, _ id: String, _ field: FieldName) {
    guard var record = rows[object]?[id] else { return }
    record.fields[field] = nil
    record.fields["telephone1"] = .text("x")
    store(record, object)
  }

  func delete(_ object: ObjectType, _ id: String) {
    rows[object]?[id] = nil
    sequence += 1
    log.append((sequence, object, id))
  }

  func value(_ object: ObjectType, _ id: String, _ field: FieldName) -> Value? {
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

  func identify() async throws -> PeerIdentity {
    PeerIdentity(side: .dynamics, host: "fake", organisation: "org", user: "sync")
  }

  func provision() async throws -> [FieldName] { [] }

  func describe(_ object: ObjectType, selecting fields: [FieldName]) async throws -> ObjectSchema {
    ObjectSchema(
      object, keyField: FieldName("\(object.name)id"), fields: fields.map(FakeField.dynamics),
      feed: .records)
  }

  func changes(in schema: ObjectSchema, after watermark: Watermark?) async throws -> ChangePage {
    callCount += 1
    let object = schema.object
    let parts = (watermark?.text ?? "full||\(sequence)").split(
      separator: "|", omittingEmptySubsequences: false)
    if parts[0] == "full" {
      let ids = (rows[object] ?? [:]).keys.sorted().filter { $0 > parts[1] }
      let page = ids.prefix(pageSize)
      let isLast = page.count == ids.count
      let next = isLast ? "since|\(parts[2])" : "full|\(page.last ?? "")|\(parts[2])"
      return ChangePage(
        records: page.compactMap { rows[object]?[$0] }, isFullRead: true,
        watermark: Watermark(next, isComplete: isLast))
    }
    let since = Int(parts[1]) ?? 0
    let changed = log.filter { $0.object == object && $0.sequence > since }
    let ids = Set(changed.map(\.id)).sorted()
    return ChangePage(
      records: ids.compactMap { rows[object]?[$0] },
      deletions: ids.filter { rows[object]?[$0] == nil }.map(RecordID.dynamics),
      watermark: Watermark("since|\(sequence)", isComplete: true))
  }

  func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    callCount += 1
    let all = (rows[schema.object] ?? [:]).values.sorted { $0.id < $1.id }
    return lookup == .email
      ? all.filter { $0.facts.email.map(values.contains) ?? false }
      : all.filter { values.contains($0.id.text) }
  }

  func history(of ids: [RecordID], since: Instant) async throws -> [Notice] { [] }

  nonisolated func batchSize(for object: ObjectType) -> Int { 4 }

  func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    callCount += 1
    let results = writes.map { WriteResult(operation: $0.operation, outcome: outcome(of: $0)) }
    guard losesNextAnswer else { return results }
    losesNextAnswer = false
    let lost = ServiceError(
      .timedOut, side: side, attempt: "write", reason: "lost", mayHaveApplied: true)
    return writes.map { WriteResult(operation: $0.operation, outcome: .unknown(lost)) }
  }

  private func outcome(of write: Write) -> WriteResult.Outcome {
    guard case .update(let id, let version) = write.action else { return .overtaken }
    guard var record = rows[write.object]?[id.text] else { return .gone }
    guard version == nil || record.version == version else { return .overtaken }
    for (field, value) in write.fields {
      if let poison, value == .text(poison) {
        return .rejected(Rejection(code: "0x80044331", message: "too long", field: field))
      }
      record.fields[field] = FakeField.dynamics(field).storedForm(value)
    }
    store(record, write.object)
    writeCount += 1
    return .applied(id: id, record: rows[write.object]?[id.text])
  }
}

/// The metadata of the fakes' fields.
enum FakeField {
  static func dynamics(_ name: FieldName) -> Field {
    switch name.rawValue {
    case "donotbulkemail": Field(name, .boolean)
    case "leadsourcecode":
      Field(name, .option, options: [Option(1, "Advertisement"), Option(8, "Web")])
    case "revenue": Field(name, .decimal, scale: 2)
    default: Field(name, .text, length: 100, text: TextStorage(trimsTrailing: true))
    }
  }

  static func marketo(_ name: FieldName) -> Field {
    switch name.rawValue {
    case "unsubscribed", "dynamicsIsDeleted": Field(name, .boolean)
    case "annualRevenue": Field(name, .decimal)
    case "company": Field(name, .text, isOfCompany: true)
    default: Field(name, .text, length: 255)
    }
  }
}
