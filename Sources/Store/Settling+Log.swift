import GRDB
import Model

extension Settling {
  /// One row for a create, else one for each field; and what was seen to differ from the prediction.
  func log(
    _ applied: Applied, fields: [Row], stored: [String?], _ db: Database
  ) throws {
    if let evidence = settlement.evidence {
      try Store.log(entry(.recovered, applied, rule: evidence), stamp, db)
    }
    if isCreate {
      try Store.log(entry(.created, applied, rule: "new in \(side.opposite)"), stamp, db)
    }
    for (field, stored) in zip(fields, stored) {
      try db.cachedStatement(
        sql: "UPDATE operation_field SET stored_value = ? WHERE operation_id = ? AND pair = ?"
      ).execute(arguments: [
        applied.seen?.fields[FieldName(field["field"])]?.canonicalText ?? stored, id,
        field["pair"],
      ])
      if !isCreate {
        try Store.log(entry(of: field, applied), stamp, db)
      }
      guard stored != field["predicted_value"] as String? else { continue }
      var normalised = entry(
        .normalised, applied, rule: "\(side) stores another form of what it was sent")
      normalised.field = field["pair"]
      normalised.written = field["sent_value"]
      if side == .dynamics {
        normalised.dynamicsValue = stored
      } else {
        normalised.marketoValue = stored
      }
      try Store.log(normalised, stamp, db)
    }
  }

  /// One row for each edit that the write replaced, which was read while the write was under way.
  ///
  /// A service without preconditions carries out late what it was sent before the edit.
  func logOverrun(_ applied: Applied, fields: [Row], _ db: Database) throws {
    guard !isCreate, let seen = applied.seen else { return }
    let standing = try Mirror(entity.schema(on: side)).row(of: applied.target, db)?.record
    for field in fields {
      let name = FieldName(field["field"])
      let known: Set<String> = [
        field["value_before"] ?? "", field["predicted_value"] ?? "", field["sent_value"] ?? "",
        seen.fields[name]?.canonicalText ?? "",
      ]
      let read = [field["stored_value"], standing.map { $0.fields[name]?.canonicalText ?? "" }]
      guard let text = read.compactMap(\.self).last(where: { !known.contains($0) }) else {
        continue
      }
      var entry = entry(of: field, applied)
      entry.action = .collision
      if side == .dynamics { entry.dynamicsValue = text } else { entry.marketoValue = text }
      entry.winner = side.opposite.rawValue
      entry.rule = "the write was under way before the edit"
      try Store.log(entry, stamp, db)
    }
  }

  /// One row for a record that was removed.
  func logRemoval(_ target: String, _ db: Database) throws {
    let rule = entity.dynamics.feed == .derived ? "no longer derived" : "gone in \(side.opposite)"
    var entry = LogEntry(
      entity.entity, .deleted, dynamicsID: dynamicsID, marketoID: target, side: side, rule: rule,
      operation: id, requestID: settlement.requestID)
    entry.message = settlement.evidence
    try Store.log(entry, stamp, db)
  }

  private func entry(_ action: LogAction, _ applied: Applied, rule: String) -> LogEntry {
    LogEntry(
      entity.entity, action, dynamicsID: dynamicsID,
      marketoID: side == .marketo ? applied.target : marketoID, side: side, rule: rule,
      operation: id, requestID: settlement.requestID)
  }

  private func entry(of field: Row, _ applied: Applied) -> LogEntry {
    var entry = entry(
      LogAction(rawValue: field["action"]) ?? .updated, applied, rule: field["rule"])
    entry.field = field["pair"]
    entry.dynamicsBase = field["dynamics_base"]
    entry.marketoBase = field["marketo_base"]
    entry.dynamicsValue = side == .dynamics ? field["value_before"] : field["source_value"]
    entry.marketoValue = side == .marketo ? field["value_before"] : field["source_value"]
    entry.written = field["sent_value"]
    entry.winner = field["winner"]
    entry.message = field["origin"]
    return entry
  }

  /// Puts the refusal on the error list, for the field that is to blame or for the whole write.
  func reject(_ rejection: Rejection, _ db: Database) throws {
    try setStatus("rejected", code: rejection.code, message: rejection.message, db)
    let fields = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM operation_field WHERE operation_id = ?"),
      arguments: [id])
    let blamed = fields.first { $0["field"] == rejection.field?.rawValue }
    let contents = fields.map { row -> String in
      "\(row["pair"] as String)=\(row["sent_value"] as String? ?? "")"
    }
    let content =
      blamed.map { $0["sent_value"] as String? ?? "" }
      ?? contents.sorted().joined(separator: "\n")
    try Store.record(
      ErrorEntry(
        entity.entity, dynamicsID: dynamicsID, marketoID: marketoID, side: side, kind: .rejected,
        pair: blamed?["pair"] ?? "", code: rejection.code, message: rejection.message,
        requestID: settlement.requestID, content: content, operation: id), stamp, db)
    var entry = LogEntry(
      entity.entity, .rejected, dynamicsID: dynamicsID, marketoID: marketoID, side: side,
      rule: "refused by \(side)", operation: id, requestID: settlement.requestID,
      message: rejection.message)
    entry.errorCode = rejection.code
    entry.field = blamed?["pair"]
    entry.written = blamed?["sent_value"]
    try Store.log(entry, stamp, db)
    // The record's other fields are planned again without the one that was refused.
    guard blamed != nil, fields.count > 1 else { return }
    try Store.wake(dynamicsID, marketoID: marketoID, entity: entity.entity.rawValue, db)
  }

  /// What was refused before and went through now is no error any more.
  func forgetErrors(of fields: [Row], _ db: Database) throws {
    for pair in fields.map({ $0["pair"] as String }) + [""] {
      try db.cachedStatement(
        sql: """
          DELETE FROM sync_error
          WHERE dynamics_id = ? AND side = ? AND kind = 'rejected' AND pair = ?
          """
      ).execute(arguments: [dynamicsID, side.rawValue, pair])
    }
  }

  /// Once Marketo knows that the Dynamics record is gone, the link has nothing left to do.
  func endLinkOfDeleted(_ fields: [Row], link: Int64?, _ db: Database) throws {
    let tellsDeletion = fields.contains {
      ($0["pair"] as String).hasPrefix("_\(Derivation.isDeleted.rawValue)__")
        && $0["sent_value"] == "true"
    }
    guard tellsDeletion, let link else { return }
    try Store.end(link, of: dynamicsID, stamp, db)
    try Store.log(
      LogEntry(
        entity.entity, .deleted, dynamicsID: dynamicsID, marketoID: marketoID, side: .marketo,
        rule: "gone in Dynamics", operation: id), stamp, db)
  }
}
