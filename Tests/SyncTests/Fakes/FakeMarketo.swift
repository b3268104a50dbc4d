import Model

/// Marketo in memory: persons with ids, activities for every change, no preconditions.
actor FakeMarketo: Connector {
  nonisolated let side = Side.marketo
  nonisolated let settlingTime: Duration
  private(set) var rows: [ObjectType: [String: [FieldName: Value]]] = [:]
  private var notices: [Notice] = []
  private var nextID = 1000
  private(set) var callCount = 0
  private(set) var writeCount = 0
  private var losesNextAnswer = false
  /// Stores this field in upper case, which no metadata foretells.
  var shoutedField: FieldName?
  /// Runs just before the next write is carried out: an edit in the window.
  private var beforeWrite: (@Sendable (isolated FakeMarketo) -> Void)?

  init(settlingTime: Duration = .seconds(0)) { self.settlingTime = settlingTime }

  /// Makes look-ups blind for so many calls: rows that become visible late.
  func hide(untilAsked times: Int) { blindCalls = times }
  private var blindCalls = 0

  /// Forgets what happened so far, as a service does after some days.
  func expireWatermarks() { hasExpired = true }
  private var hasExpired = false

  func loseNextAnswer() { losesNextAnswer = true }
  func shout(_ field: FieldName?) { shoutedField = field }
  func onNextWrite(_ edit: @escaping @Sendable (isolated FakeMarketo) -> Void) {
    beforeWrite = edit
  }

  private var afterWrite: (@Sendable (isolated FakeMarketo) -> Void)?
  private var dropsNextWrite = false
  func dropNextWrite() { dropsNextWrite = true }
  func onAfterWrite(_ edit: @escaping @Sendable (isolated FakeMarketo) -> Void) {
    afterWrite = edit
  }
  func blind(_ n: Int) { blindCalls = n }
  var onlyPerson: String? { rows[.person]?.keys.sorted().last }

  /// A person's edit.
  func put(_ id: String, _ fields: [FieldName: Value], isFromAPI: Bool = false) {
    set(id, fields, in: .person, isFromAPI: isFromAPI)
  }

  /// A new person.
  @discardableResult
  func add(_ fields: [FieldName: Value], to object: ObjectType = .person) -> String {
    nextID += 1
    let id = String(nextID)
    rows[object, default: [:]][id] = fields
    tell(id, .created, isFromAPI: false)
    return id
  }

  func delete(_ id: String) {
    rows[.person]?[id] = nil
    tell(id, .deleted, isFromAPI: false)
  }

  func merge(_ loser: String, into winner: String) {
    let lost = rows[.person]?.removeValue(forKey: loser) ?? [:]
    let kept = rows[.person]?[winner] ?? [:]
    put(winner, lost.filter { kept[$0.key, default: .empty].isEmpty })
    tell(winner, .merged(losers: [.marketo(loser)]), isFromAPI: false)
  }

  func value(_ id: String, _ field: FieldName) -> Value? { rows[.person]?[id]?[field] }

  func person(withKey key: String) -> String? {
    rows[.person]?.first { $0.value["dynamicsId"] == .text(key) }?.key
  }

  private func set(
    _ id: String, _ fields: [FieldName: Value], in object: ObjectType, isFromAPI: Bool
  ) {
    for (field, value) in fields.sorted(by: { $0.key < $1.key }) {
      let before = rows[object]?[id]?[field] ?? .empty
      guard before != value else { continue }
      rows[object, default: [:]][id, default: [:]][field] = value
      guard object == .person else { continue }
      tell(id, .changed(field: field, newValue: value.canonicalText), isFromAPI: isFromAPI)
    }
  }

  private func tell(_ id: String, _ event: Notice.Event, isFromAPI: Bool) {
    notices.append(
      Notice(
        id: "g\(notices.count)", record: .marketo(id), event: event, at: Instant(seconds: 0),
        isFromAPI: isFromAPI))
  }

  func identify() async throws -> PeerIdentity {
    PeerIdentity(side: .marketo, host: "fake", organisation: "123-ABC-456", user: "api")
  }

  func provision() async throws -> [FieldName] { [] }

  func describe(_ object: ObjectType, selecting fields: [FieldName]) async throws -> ObjectSchema {
    let key: [ObjectType: FieldName] = [
      .person: "id", .company: "externalCompanyId", .salesPerson: "externalSalesPersonId",
    ]
    return ObjectSchema(
      object, keyField: key[object] ?? "id", fields: fields.map(FakeField.marketo),
      feed: object == .person ? .notices : .none)
  }

  func changes(in schema: ObjectSchema, after watermark: Watermark?) async throws -> ChangePage {
    callCount += 1
    if hasExpired, watermark != nil {
      hasExpired = false
      throw ServiceError(
        .watermarkExpired, side: side, attempt: "read activities", reason: "too long ago")
    }
    let start = watermark.flatMap { Int($0.text) } ?? notices.count
    // An overlap of two: telling twice is allowed.
    let told = watermark == nil ? [] : Array(notices.dropFirst(max(0, start - 2)))
    return ChangePage(
      notices: told, watermark: Watermark(String(notices.count), isComplete: true))
  }

  func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    callCount += 1
    if blindCalls > 0 {
      blindCalls -= 1
      return []
    }
    return (rows[schema.object] ?? [:]).sorted { $0.key < $1.key }
      .map { record($0.key, $0.value, schema.object) }
      .filter { record in
        switch lookup {
        case .id: values.contains(record.id.text)
        case .key: record.facts.key.map(values.contains) ?? false
        case .email: record.facts.email.map(values.contains) ?? false
        }
      }
  }

  private func record(_ id: String, _ fields: [FieldName: Value], _ object: ObjectType) -> Record {
    func text(_ field: FieldName) -> String? { fields[field]?.canonicalText }
    return Record(
      id: .marketo(id), fields: fields,
      facts: Facts(
        email: text("email")?.lowercased(),
        account: text("externalCompanyId").map(RecordID.marketo),
        key: object == .person ? text("dynamicsId") : id, type: text("dynamicsType")))
  }

  func history(of ids: [RecordID], since: Instant) async throws -> [Notice] {
    callCount += 1
    return notices.suffix(8).filter { ids.contains($0.record) }
  }

  nonisolated func batchSize(for object: ObjectType) -> Int { 4 }

  func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    callCount += 1
    if let edit = beforeWrite {
      beforeWrite = nil
      edit(self)
    }
    if dropsNextWrite {
      dropsNextWrite = false
      let lost = ServiceError(
        .timedOut, side: side, attempt: "write", reason: "lost", mayHaveApplied: true)
      return writes.map { WriteResult(operation: $0.operation, outcome: .unknown(lost)) }
    }
    let results = writes.map { WriteResult(operation: $0.operation, outcome: outcome(of: $0)) }
    if let edit = afterWrite, writes.contains(where: { $0.object == .person }) {
      afterWrite = nil
      edit(self)
    }
    guard losesNextAnswer else { return results }
    losesNextAnswer = false
    let lost = ServiceError(
      .timedOut, side: side, attempt: "write", reason: "lost", mayHaveApplied: true)
    return writes.map { WriteResult(operation: $0.operation, outcome: .unknown(lost)) }
  }

  private func outcome(of write: Write) -> WriteResult.Outcome {
    var fields = write.fields
    for (field, value) in fields where field == shoutedField {
      if case .text(let text) = value { fields[field] = .text(text.uppercased()) }
    }
    writeCount += 1
    switch write.action {
    case .create(let key):
      let standing = write.object == .person ? person(withKey: key) : key
      let id = standing ?? add([:])
      set(id, fields, in: write.object, isFromAPI: true)
      if fields.isEmpty { rows[write.object, default: [:]][id] = [:] }
      return .applied(id: .marketo(id), record: nil)
    case .update(let id, _):
      guard rows[write.object]?[id.text] != nil else { return .gone }
      set(id.text, fields, in: write.object, isFromAPI: true)
      return .applied(id: id, record: nil)
    case .delete: return .gone
    }
  }
}
