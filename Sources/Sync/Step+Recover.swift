import Model
import Store

extension Step {
  /// Settles every write whose outcome is not known, before its record is planned.
  func recover() async throws {
    for entity in layout.entities {
      for side in Side.allCases {
        let schema = try await schemaInDoubt(of: entity, on: side)
        var last: Int64 = 0
        while true {
          let batch = try store.operations(
            "sending", of: entity, on: side, in: schema, after: last, limit: engine.chunk)
          guard let end = batch.last else { break }
          try await recover(batch, of: entity, in: schema)
          engine.report(Progress(.recover, "\(entity.entity) in \(side)", done: batch.count))
          last = end.id
        }
      }
    }
  }

  private func recover(
    _ batch: [StoredOperation], of entity: BoundEntity, in schema: ObjectSchema
  ) async throws {
    let connector = try connector(schema.object.side)
    let presences = try await presences(of: batch, in: schema, through: connector)
    var settlements: [Settlement] = []
    var again: [Int64] = []
    var ambiguous: [Int64] = []
    var waiting: [(operation: Int64, record: Record)] = []
    let silences = try store.silences(of: batch.map(\.id))
    for operation in batch {
      let verdict = RecoveryVerdict.judge(
        operation, presence: presences[operation.id] ?? .absent, now: engine.now(),
        settlesBy: (operation.sentAt ?? engine.now())
          + Int64(connector.settlingTime.components.seconds))
      switch verdict {
      case .applied(let id, let record, let evidence):
        let isAsPredicted = operation.fields.allSatisfy {
          record.fields[$0.field] ?? $0.predicted == $0.predicted
        }
        let altered = isAsPredicted ? nil : try await altered(operation, record, in: schema)
        settlements.append(
          settlement(
            of: operation, id: id, record, normalised: altered ?? [], evidence: evidence))
      case .unclear(let record, let until):
        if let altered = try await altered(operation, record, in: schema) {
          settlements.append(
            settlement(
              of: operation, id: record.id.text, record, normalised: altered,
              evidence: schema.feed == .none
                ? "another form of the value that was sent was found"
                : "the record's history tells it"))
        } else if until == nil {
          again.append(operation.id)
        } else {
          waiting.append((operation.id, record))
        }
      case .removed:
        settlements.append(
          Settlement(
            operation: operation.id,
            outcome: .applied(
              id: operation.target?.text ?? "", seen: nil, isOneWithWrite: false, normalised: []),
            evidence: "it is gone"))
      case .absent where (silences[operation.id]?.times ?? 0) >= BatchCut.mostSilences:
        settlements.append(rejection(of: operation, after: silences[operation.id]))
      case .absent, .gone: again.append(operation.id)
      case .ambiguous: ambiguous.append(operation.id)
      case .tooEarly: break
      }
    }
    try store.settle(settlements, of: entity, run: run, at: engine.now())
    try store.note(seenWhileInDoubt: waiting)
    let targets = batch.filter { again.contains($0.id) }.compactMap(\.target?.text)
    if !targets.isEmpty {
      try await read(targets, in: entity.schema(on: connector.side), through: connector)
    }
    try store.logUnansweredRequests(among: again, run: run, at: engine.now())
    try store.overtake(again, status: "absent", at: engine.now())
    // Linking finds the same records, and lists them.
    try store.overtake(ambiguous, at: engine.now())
  }

  /// The object with every field that was written, though the rules may name some of them no more.
  private func schemaInDoubt(of entity: BoundEntity, on side: Side) async throws -> ObjectSchema {
    let schema = entity.schema(on: side)
    let fields = try store.fieldsInDoubt(of: entity.entity, on: side).subtracting([.owner])
    guard !fields.isSubset(of: schema.fields.keys) else { return schema }
    do {
      return try await connector(side).describe(
        schema.object, selecting: fields.union(schema.fields.keys).sorted())
    } catch let error as ServiceError {
      // A field that the service knows no more tells nothing.
      guard case .schema = error.kind else { throw error }
      return schema
    }
  }

  private func settlement(
    of operation: StoredOperation, id: String, _ record: Record, normalised: Set<FieldName> = [],
    evidence: String
  ) -> Settlement {
    Settlement(
      operation: operation.id,
      outcome: .applied(id: id, seen: record, isOneWithWrite: false, normalised: normalised),
      evidence: evidence)
  }

  /// The service broke at this record alone, time and again: it goes on the error list.
  private func rejection(of operation: StoredOperation, after silence: Silence?) -> Settlement {
    Settlement(
      operation: operation.id,
      outcome: .rejected(
        Rejection(
          code: silence?.code ?? "dynsync:unanswered",
          message:
            "\(silence?.times ?? 0) writes in a row had no answer and were not carried out, the"
            + " last with this record alone")),
      requestID: silence?.requestID, evidence: "it is not there")
  }

  private func presences(
    of batch: [StoredOperation], in schema: ObjectSchema, through connector: any Connector
  ) async throws -> [Int64: Presence] {
    var presences: [Int64: Presence] = [:]
    let targets = batch.compactMap(\.target?.text)
    if !targets.isEmpty {
      let found = try await connector.find(in: schema, by: .id, values: targets)
      let strangers = try strangers(among: found, in: schema)
      let byID = Dictionary(found.map { ($0.id.text, $0) }) { first, _ in first }
      for operation in batch {
        guard let id = operation.target?.text, let record = byID[id], !strangers.contains(id) else {
          continue
        }
        presences[operation.id] = .present(record)
      }
    }
    let keys = batch.compactMap(\.createKey)
    guard !keys.isEmpty else { return presences }
    let lookup: Lookup = schema.object.side == .dynamics ? .id : .key
    let found = Dictionary(
      grouping: try await connector.find(in: schema, by: lookup, values: keys)
    ) { lookup == .id ? $0.id.text : $0.facts.key }
    for operation in batch {
      guard let key = operation.createKey, let records = found[key] else { continue }
      // A key that somebody copied to a record of another does not make that one the new one.
      let others = records.count < 2 ? [] : try linkedToOthers(records, than: operation)
      let candidates = records.filter { !others.contains($0.id) }
      presences[operation.id] =
        candidates.count == 1
        ? .present(candidates[0]) : .several(records.map(\.id).sorted())
    }
    return presences
  }

  private func linkedToOthers(
    _ records: [Record], than operation: StoredOperation
  ) throws -> Set<RecordID> {
    guard operation.side == .marketo else { return [] }
    let links = try store.links(ofMarketo: records.map(\.id.text))
    return Set(
      records.map(\.id).filter { id in
        links[id.text].map { $0.dynamicsID != operation.dynamicsID } ?? false
      })
  }

  /// The fields that the side altered, if evidence beside the values says that a write took effect;
  /// `nil` if nothing says so.
  private func altered(
    _ operation: StoredOperation, _ record: Record, in schema: ObjectSchema
  ) async throws -> Set<FieldName>? {
    if schema.object.side == .dynamics {
      let peer = try store.peer(.dynamics)
      return record.facts.changedBy != nil && record.facts.changedBy == peer?.user ? [] : nil
    }
    guard schema.feed == .notices else {
      return RecoveryVerdict.altered(operation, record, told: nil)
    }
    let notices = try await connector(.marketo).history(
      of: [record.id], since: operation.sentAt ?? engine.now())
    return RecoveryVerdict.altered(operation, record, told: notices)
  }
}

extension StoredOperation {
  /// The key of a create; `nil` for an update.
  var createKey: String? {
    if case .create(let key) = action { key } else { nil }
  }
}
