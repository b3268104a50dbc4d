import Model

/// Marketo in memory: persons with ids, activities for every change, no preconditions.
package actor FakeMarketo: Connector {
  package nonisolated let side = Side.marketo
  package nonisolated let settlingTime: Duration
  package private(set) var rows: [ObjectType: [String: [FieldName: Value]]] = [:]
  private var notices: [Notice] = []
  private var nextID = 1000
  package private(set) var callCount = 0
  package private(set) var writeCount = 0
  private var losesNextAnswer = false
  private var trouble = CallTrouble()

  /// Breaks at whole calls from now on that carry a text.
  package func setTrouble(_ trouble: CallTrouble) { self.trouble = trouble }
  /// Stores this field in upper case, which no metadata foretells.
  private var shoutedField: FieldName?
  /// Runs just before the next write is carried out: an edit in the window.
  private var beforeWrite: (@Sendable (isolated FakeMarketo) -> Void)?

  /// A custom object that hangs on persons.
  package static let subscription = ObjectType(.marketo, "subscription_c")
  /// A custom object that hangs on companies.
  package static let licence = ObjectType(.marketo, "licence_c")

  /// When everything happens: the tests' clocks start here.
  private static let moment = Instant(seconds: 1_767_225_600)

  /// What persons' logs are told.
  package nonisolated let log: FakeOutcomeLog

  package init(settlingTime: Duration = .seconds(0)) {
    self.settlingTime = settlingTime
    log = FakeOutcomeLog(settlingTime: settlingTime)
  }

  /// Makes look-ups blind for so many calls: rows that become visible late.
  package func hide(untilAsked times: Int) { blindCalls = times }
  private var blindCalls = 0

  /// Shows these records no more, and no write reaches them, as for a user who lost a partition.
  package func conceal(_ ids: Set<String>) { concealed = ids }
  private var concealed: Set<String> = []

  /// Forgets what happened so far, as a service does after some days.
  package func expireWatermarks() { hasExpired = true }
  private var hasExpired = false

  private var subscription = "123-ABC-456"
  /// Another subscription answers from now on.
  package func answer(asSubscription subscription: String) { self.subscription = subscription }

  /// Forgets its activities and goes back to its start, as a copy does.
  package func goBack() { notices = [] }

  package func loseNextAnswer() { losesNextAnswer = true }
  package func shout(_ field: FieldName?) { shoutedField = field }
  package func onNextWrite(_ edit: @escaping @Sendable (isolated FakeMarketo) -> Void) {
    beforeWrite = edit
  }

  /// Runs just before the feed is asked next.
  package func onNextChanges(_ edit: @escaping @Sendable (isolated FakeMarketo) -> Void) {
    beforeChanges = edit
  }
  private var beforeChanges: (@Sendable (isolated FakeMarketo) -> Void)?

  private var afterWrite: (@Sendable (isolated FakeMarketo) -> Void)?
  private var dropsNextWrite = false
  /// Loses the next write before it takes effect, and its answer.
  package func dropNextWrite() { dropsNextWrite = true }
  /// Runs just after the next write of persons, before it is read back.
  package func onAfterWrite(_ edit: @escaping @Sendable (isolated FakeMarketo) -> Void) {
    afterWrite = edit
  }
  /// The newest person.
  package var newestPerson: String? { rows[.person]?.keys.sorted().last }

  /// A person's edit.
  package func put(
    _ id: String, _ fields: [FieldName: Value], in object: ObjectType = .person,
    isFromAPI: Bool = false
  ) {
    set(id, fields, in: object, isFromAPI: isFromAPI)
  }

  /// A new person.
  @discardableResult
  package func add(_ fields: [FieldName: Value], to object: ObjectType = .person) -> String {
    nextID += 1
    let id = String(nextID)
    rows[object, default: [:]][id] = fields
    tell(id, .created, isFromAPI: false)
    return id
  }

  package func delete(_ id: String, in object: ObjectType = .person) {
    rows[object]?[id] = nil
    guard object == .person else { return }
    tell(id, .deleted, isFromAPI: false)
  }

  package func merge(_ loser: String, into winner: String) {
    mergeUntold(loser, into: winner)
    tellOfMerge(loser, into: winner)
  }

  /// Merges two persons, of which the feed tells later.
  package func mergeUntold(_ loser: String, into winner: String) {
    let lost = rows[.person]?.removeValue(forKey: loser) ?? [:]
    let kept = rows[.person]?[winner] ?? [:]
    put(winner, lost.filter { kept[$0.key, default: .empty].isEmpty })
  }

  package func tellOfMerge(_ loser: String, into winner: String) {
    tell(winner, .merged(losers: [.marketo(loser)]), isFromAPI: false)
  }

  package func value(_ id: String, _ field: FieldName) -> Value? { rows[.person]?[id]?[field] }

  package func person(withKey key: String) -> String? {
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
      tell(
        id, .changed(field: field, newValue: value.canonicalText), isFromAPI: isFromAPI,
        isRequest: field == "dynamicsSyncAs" && !value.isEmpty)
    }
  }

  private func tell(
    _ id: String, _ event: Notice.Event, isFromAPI: Bool, isRequest: Bool = false
  ) {
    notices.append(
      Notice(
        id: "g\(notices.count)", record: .marketo(id), event: event, at: Self.moment,
        isFromAPI: isFromAPI, isRequest: isRequest))
  }

  package func identify() async throws -> PeerIdentity {
    PeerIdentity(side: .marketo, host: "fake", organisation: subscription, user: "api")
  }

  package func provision(_ objects: [ObjectDefinition]) async throws -> [String] { [] }

  package func describe(_ object: ObjectType, selecting fields: [FieldName]) async throws
    -> ObjectSchema
  {
    let key: [ObjectType: FieldName] = [
      .person: "id", .company: "externalCompanyId", .salesPerson: "externalSalesPersonId",
      .deal: "externalOpportunityId", .role: "role_key", Self.subscription: "dynamicsId",
      Self.licence: "dynamicsId",
    ]
    guard let keyField = key[object] else {
      throw ServiceError(.schema(nil), side: side, attempt: "describe", reason: "no \(object.name)")
    }
    return ObjectSchema(
      object, keyField: keyField,
      fields: fields.filter(FakeField.exists).map(FakeField.marketo),
      feed: object == .person ? .notices : .none,
      parent: Self.parents[object])
  }

  private static let parents = [
    subscription: ParentField("leadId", of: .person),
    licence: ParentField("companyNumber", of: .company),
  ]

  package func changes(in schema: ObjectSchema, after watermark: Watermark?) async throws
    -> ChangePage
  {
    callCount += 1
    beforeChanges?(self)
    beforeChanges = nil
    if hasExpired, watermark != nil {
      hasExpired = false
      throw ServiceError(
        .watermarkExpired, side: side, attempt: "read activities", reason: "too long ago")
    }
    var told: [Notice] = []
    if let watermark {
      guard let start = Int(watermark.text), start <= notices.count else {
        throw ServiceError(.watermarkExpired, side: side, attempt: "read", reason: "not its words")
      }
      // An overlap of two: telling twice is allowed.
      told = Array(notices.dropFirst(max(0, start - 2)))
    }
    return ChangePage(
      notices: told, watermark: Watermark(String(notices.count), isComplete: true))
  }

  package func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    callCount += 1
    if blindCalls > 0, lookup != .request {
      blindCalls -= 1
      return []
    }
    return (rows[schema.object] ?? [:]).filter { !concealed.contains($0.key) }
      .sorted { $0.key < $1.key }
      .map { record($0.key, $0.value, schema) }
      .filter { record in
        switch lookup {
        case .id: values.contains(record.id.text)
        case .key: record.facts.key.map(values.contains) ?? false
        case .email: record.facts.email.map(values.contains) ?? false
        case .request: record.facts.syncAs.map(values.contains) ?? false
        }
      }
  }

  /// The record with every selected field: one that was never set is empty.
  private func record(
    _ id: String, _ fields: [FieldName: Value], _ schema: ObjectSchema
  ) -> Record {
    func text(_ field: FieldName) -> String? { fields[field]?.canonicalText }
    return Record(
      id: .marketo(id),
      fields: schema.fields.keys.reduce(into: [:]) { $0[$1] = fields[$1] ?? .empty },
      facts: Facts(
        email: text("email")?.lowercased(),
        owner: text("externalSalesPersonId").map { Reference(.salesPerson, .marketo($0)) },
        account: text("externalCompanyId").map(RecordID.marketo),
        key: schema.object == .person ? text("dynamicsId") : id, type: text("dynamicsType"),
        syncAs: text("dynamicsSyncAs")))
  }

  package func history(of ids: [RecordID], since: Instant) async throws -> [Notice] {
    callCount += 1
    return notices.suffix(8).filter { ids.contains($0.record) }
  }

  package nonisolated func batchSize(for object: ObjectType) -> Int { 4 }

  package func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult] {
    callCount += 1
    if let results = try trouble.results(of: writes, side) { return results }
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
      let id = standing ?? (write.object == .person ? add([:]) : key)
      if write.object == .person { fields["dynamicsId"] = .text(key) }
      rows[write.object, default: [:]][id, default: [:]] = rows[write.object]?[id] ?? [:]
      set(id, fields, in: write.object, isFromAPI: true)
      return .applied(id: .marketo(id), record: nil)
    case .update(let id, _):
      guard rows[write.object]?[id.text] != nil, !concealed.contains(id.text) else { return .gone }
      set(id.text, fields, in: write.object, isFromAPI: true)
      return .applied(id: id, record: nil)
    case .delete(let id):
      guard rows[write.object]?[id.text] != nil else { return .gone }
      rows[write.object]?[id.text] = nil
      if write.object == .person { tell(id.text, .deleted, isFromAPI: true) }
      return .applied(id: id, record: nil)
    }
  }
}
