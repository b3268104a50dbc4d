import Model
import Store

extension BatchPush {
  /// Which written fields the side is known to have altered itself.
  ///
  /// A read-back that differs from the prediction is a person's edit, unless the field's history says
  /// that the write left it. That history begins before the write, as the service has a clock of its
  /// own, and may hold what came after the read-back.
  func normalised(
    _ results: [WriteResult], operations: [Int64: StoredOperation], seen: [String: Record]
  ) async throws -> [Int64: Set<FieldName>] {
    var doubtful: [Int64: (id: String, isNew: Bool, fields: [StoredOperation.StoredField])] = [:]
    for result in results {
      guard case .applied(let id, nil) = result.outcome, let record = seen[id.text],
        let operation = operations[result.operation]
      else { continue }
      let fields = operation.fields.filter {
        (record.fields[$0.field] ?? .empty) != $0.predicted
      }
      if !fields.isEmpty { doubtful[operation.id] = (id.text, operation.createKey != nil, fields) }
    }
    guard !doubtful.isEmpty else { return [:] }
    let notices = try await connector.history(
      of: doubtful.values.map { RecordID(side, $0.id) }.sorted(),
      since: step.engine.now() - Int64(connector.settlingTime.components.seconds))
    return doubtful.mapValues { id, isNew, fields in
      Set(
        fields.filter { field in
          isOurs(
            field, now: seen[id]?.fields[field.field] ?? .empty, id: id, isNew: isNew, notices)
        }.map(\.field))
    }
  }

  private func isOurs(
    _ field: StoredOperation.StoredField, now value: Value, id: String, isNew: Bool,
    _ notices: [Notice]
  ) -> Bool {
    let told = notices.filter { notice in
      guard notice.record.text == id, case .changed(field.field, _) = notice.event else {
        return false
      }
      return true
    }
    // What a record is created with is no change of it.
    guard !told.isEmpty else {
      return value == field.before || isNew && value.resembles(field.predicted)
    }
    guard let cause = told.last(where: { $0.tells(value) }), cause.isFromAPI else { return false }
    return told.count == 1 || cause.isWrite(of: field.predicted)
  }
}
