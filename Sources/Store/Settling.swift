import GRDB
import Model

/// Storing the outcome of one operation.
struct Settling {
  let id: Int64
  let side: Side
  let dynamicsID: String
  let marketoID: String?
  let isCreate: Bool
  let isDelete: Bool
  let run: Int64
  let dynamicsChange: Int64?
  let marketoChange: Int64?
  let entity: BoundEntity
  let settlement: Settlement
  let stamp: Stamp

  init(_ row: Row, entity: BoundEntity, settlement: Settlement, stamp: Stamp) {
    id = row["operation_id"]
    side = row["side"] as String == Side.dynamics.rawValue ? .dynamics : .marketo
    dynamicsID = row["dynamics_id"]
    marketoID = row["marketo_id"]
    isCreate = row["action"] == "create"
    isDelete = row["action"] == "delete"
    run = row["run_id"]
    dynamicsChange = row["dynamics_change"]
    marketoChange = row["marketo_change"]
    self.entity = entity
    self.settlement = settlement
    self.stamp = stamp
  }

  func store(_ db: Database) throws {
    // A rejection with evidence is the recovery's own: the service still has not answered.
    let isAnswered =
      if case .applied = settlement.outcome { true } else { settlement.evidence == nil }
    if isAnswered { try Store.forgetSilence(of: dynamicsID, on: side, db) }
    switch settlement.outcome {
    case .rejected(let rejection): try reject(rejection, db)
    case .applied(let target, _, _, _) where isDelete: try remove(target, db)
    case .applied(let target, let seen, let isOneWithWrite, let normalised):
      try apply(
        Applied(
          target: target, seen: seen, isOneWithWrite: isOneWithWrite, normalised: normalised), db)
    }
    try clearDirty(db)
  }

  /// The record is gone on the written side: its link ends, and what stands for it may be made anew.
  private func remove(_ target: String, _ db: Database) throws {
    try setStatus("applied", db)
    let link = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT link_id FROM link WHERE dynamics_id = ? AND marketo_id = ? AND state = 'active'
          """), arguments: [dynamicsID, target])
    if let link { try Store.end(link, of: dynamicsID, stamp, db) }
    try db.cachedStatement(
      sql: """
        UPDATE \(quoted(Mirror(entity.schema(on: side)).table))
        SET _is_deleted = 1, _is_dirty = 0, _is_stale = 0, _last_changed = ?
        WHERE \(quoted(entity.schema(on: side).keyField.rawValue)) = ?
        """
    ).execute(arguments: [stamp.run, target])
    try Store.forgetErrors(of: dynamicsID, db)
    try logRemoval(target, db)
    guard entity.dynamics.feed == .derived else { return }
    try Store.wakeRoles(besides: dynamicsID, db)
  }

  struct Applied {
    var target: String
    var seen: Model.Record?
    var isOneWithWrite: Bool
    var normalised: Set<FieldName>
  }

  private func apply(_ applied: Applied, _ db: Database) throws {
    try setStatus("applied", db)
    let fields = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM operation_field WHERE operation_id = ?"),
      arguments: [id])
    let taken = isCreate ? try linkCreated(applied.target, db) : nil
    let link = try Int64.fetchOne(
      db.cachedStatement(
        sql: "SELECT link_id FROM link WHERE dynamics_id = ? AND state = 'active'"),
      arguments: [dynamicsID])
    let stored = fields.map { storedText(of: $0, applied) }
    try logOverrun(applied, fields: fields, db)
    try refreshMirror(applied, fields: fields, db)
    if let link {
      try BaseTable.move(
        zip(fields, stored).filter { !isOwnerOfRequest($0.0) }.map { field, stored in
          let source: String = field["source_value"] ?? ""
          return side == .dynamics
            ? (field["pair"], stored ?? "", source) : (field["pair"], source, stored ?? "")
        }, entity: entity.entity, link: link, db)
    }
    if isCreate, side == .marketo, let link, let seen = applied.seen {
      try agreeOnEmpty(seen, link: link, db)
    }
    if let taken, side == .marketo { try giveBack(to: taken, applied, fields, stored, db) }
    try log(applied, fields: fields, stored: stored, db)
    try forgetErrors(of: fields, db)
    try endLinkOfDeleted(fields, link: link, db)
  }

  /// The owner of a record that was requested is derived like any other's once it stands.
  private func isOwnerOfRequest(_ field: Row) -> Bool {
    FieldName(field["field"]) == .owner
  }

  /// Links the new record, unless it is known to be another's: then a person must look.
  ///
  /// Tells that other's link.
  private func linkCreated(_ target: String, _ db: Database) throws -> Link? {
    let created = side == .marketo ? target : marketoID ?? ""
    let standing = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT link_id, entity, dynamics_id, marketo_id, state FROM link
          WHERE state = 'active' AND (dynamics_id = ? OR marketo_id = ?)
          """), arguments: [dynamicsID, created]
    ).map(Store.link)
    guard !standing.contains(where: { $0.dynamicsID == dynamicsID }) else { return nil }
    guard let other = standing.first else {
      try Store.insertLink(
        entity.entity, dynamics: dynamicsID, marketo: created,
        how: side == .marketo ? .created : .request, stamp, db)
      return nil
    }
    try Store.record(
      ErrorEntry(
        entity.entity, dynamicsID: dynamicsID, side: .marketo, kind: .ambiguous,
        message: "the Marketo record that carries its key is linked to \(other.entity)"
          + " \(other.dynamicsID); clear the key that was copied",
        candidates: [.marketo(created)]), stamp, db)
    return other
  }

  /// A create sends values alone: the fields that both sides hold empty agree as well.
  private func agreeOnEmpty(_ seen: Model.Record, link: Int64, _ db: Database) throws {
    let mirror = Mirror(entity.dynamics)
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(mirror.selection(alias: "t")) FROM \(quoted(mirror.table)) AS t
          WHERE t.\(quoted(mirror.key)) = ?
          """), arguments: [dynamicsID])
    guard let source = try row.flatMap({ try mirror.row(from: $0, at: 0) })?.record else { return }
    let empty = entity.pairs.filter { pair in
      guard case .field(let name) = pair.pair.source else { return false }
      return (source.fields[name] ?? .empty).isEmpty
        && (seen.fields[pair.pair.marketo] ?? .empty).isEmpty
    }
    try BaseTable.move(
      empty.map { ($0.pair.name, "", "") }, entity: entity.entity, link: link, db)
  }

  /// The written side's new base: what it stored where that is known, else what it should store.
  private func storedText(of field: Row, _ applied: Applied) -> String? {
    let name = FieldName(field["field"])
    let isKnown = applied.isOneWithWrite || applied.normalised.contains(name)
    guard isKnown, let seen = applied.seen?.fields[name] else { return field["predicted_value"] }
    return seen.canonicalText
  }

  /// Replaces the mirror row with what was read, and marks it dirty if more moved than was written.
  private func refreshMirror(_ applied: Applied, fields: [Row], _ db: Database) throws {
    let mirror = Mirror(entity.schema(on: side))
    guard let seen = applied.seen else {
      return try Store.markForReading(applied.target, in: mirror, run: stamp.run, db)
    }
    let written = Dictionary(
      fields.map { (FieldName($0["field"]), storedText(of: $0, applied)) }
    ) { _, last in last }
    let before = try mirror.row(of: applied.target, db)
    let moved = hasMoved(seen, since: before, written: written, mirror: mirror)
    _ = try Store.upsert([seen], into: mirror, run: stamp.run, markDirty: moved, db)
    // A record that was asked for is new to us: Marketo is still to be told its id.
    if moved || isCreate && side == .dynamics {
      return try Store.touch(applied.target, in: mirror, db)
    }
    let planned = side == .dynamics ? dynamicsChange : marketoChange
    guard let before, before.change == planned else { return }
    try db.cachedStatement(
      sql: """
        UPDATE \(quoted(mirror.table)) SET _change = ?, _is_dirty = ?
        WHERE \(quoted(mirror.key)) = ?
        """
    ).execute(arguments: [before.change, before.isDirty, applied.target])
  }

  private func hasMoved(
    _ seen: Model.Record, since before: MirrorRow?, written: [FieldName: String?], mirror: Mirror
  ) -> Bool {
    let own = Set(entity.pairs.compactMap { $0.pair.field(on: side) })
    for field in mirror.fields where own.contains(field.name) {
      guard let now = seen.fields[field.name] else { continue }
      if let expected = written[field.name] {
        if now.canonicalText != (expected?.isEmpty == true ? nil : expected) { return true }
      } else if now != before?.record.fields[field.name] ?? .empty {
        return true
      }
    }
    guard side == .dynamics, let before else { return false }
    return seen.facts.comparableTexts.dropFirst() != before.record.facts.comparableTexts.dropFirst()
  }

  /// A record is clean once none of its operations is open, unless its rows moved meanwhile.
  ///
  /// After another run's operation it stays dirty: that run may have planned more for the record than
  /// it came to send.
  private func clearDirty(_ db: Database) throws {
    guard run == stamp.run else { return }
    let isOpen = try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM operation
            WHERE dynamics_id = ? AND status IN ('planned', 'sending'))
          """), arguments: [dynamicsID])
    guard isOpen != true else { return }
    if let dynamicsChange {
      try Store.clearDirty(dynamicsID, in: Mirror(entity.dynamics), change: dynamicsChange, db)
    }
    if let marketoID, let marketoChange {
      try Store.clearDirty(marketoID, in: Mirror(entity.marketo), change: marketoChange, db)
    }
  }

  func setStatus(
    _ status: String, code: String? = nil, message: String? = nil, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        UPDATE operation SET status = ?, settled_at = ?, request_id = ?, error_code = ?,
          message = ? WHERE operation_id = ?
        """
    ).execute(arguments: [status, stamp.at.text, settlement.requestID, code, message, id])
  }
}
