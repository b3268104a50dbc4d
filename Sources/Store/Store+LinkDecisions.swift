import GRDB
import Model

extension Store {
  /// Carries out what was decided about records without a link, and logs it.
  public func carryOut(
    _ decisions: [LinkDecision], for entity: BoundEntity, run: Int64, at now: Instant
  ) throws {
    try write("link \(entity.entity) records") { db in
      let stamp = Stamp(run: run, at: now)
      let persons = decisions.compactMap(\.person)
      _ = try Self.upsert(persons, into: Mirror(entity.marketo), run: run, markDirty: true, db)
      for decision in decisions {
        try carryOut(decision, for: entity, stamp, db)
      }
    }
  }

  private func carryOut(
    _ decision: LinkDecision, for entity: BoundEntity, _ stamp: Stamp, _ db: Database
  ) throws {
    switch decision {
    case .link(let id, let person, let how):
      try Self.insertLink(
        entity.entity, dynamics: id, marketo: person.id.text, how: how, stamp, db)
      try Self.forgetErrors(of: id, kinds: ["ambiguous"], db)
      try Self.log(
        LogEntry(
          entity.entity, .linked, dynamicsID: id, marketoID: person.id.text,
          rule: "match by \(how.rawValue)"), stamp, db)
    case .takeOver(let contact, let lead):
      try takeOver(contact: contact, lead: lead, entity: entity, stamp, db)
    case .settle(let id, let state, let survivor):
      try settleLink(of: id, state: state, survivor: survivor, entity: entity, stamp, db)
    case .ambiguous(let id, let candidates, let message):
      try Self.record(
        ErrorEntry(
          entity.entity, dynamicsID: id, side: .marketo, kind: .ambiguous, message: message,
          candidates: candidates), stamp, db)
      try Self.clearDirty(id, in: Mirror(entity.dynamics), change: nil, db)
    case .create, .wait: break
    }
  }

  static func insertLink(
    _ entity: Entity, dynamics: String, marketo: String?, state: Link.State = .active,
    survivor: String? = nil, how: Link.How, _ stamp: Stamp, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO link (entity, dynamics_id, marketo_id, state, survivor_id, how, linked_at,
          changed_at, run_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      entity.rawValue, dynamics, marketo, state.rawValue, survivor, how.rawValue,
      stamp.at.text, stamp.at.text, stamp.run,
    ])
    try wakeDependents(of: dynamics, db)
    guard state == .active, let marketo else { return }
    // What was refused of an earlier wish of the same person is settled by now.
    try db.cachedStatement(
      sql: """
        DELETE FROM sync_error WHERE marketo_id = ? AND side = 'dynamics' AND dynamics_id <> ?
        """
    ).execute(arguments: [marketo, dynamics])
  }

  /// The lead's person goes on as the contact: pairs that both map inherit the lead's base.
  private func takeOver(
    contact: String, lead: String, entity: BoundEntity, _ stamp: Stamp, _ db: Database
  ) throws {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM link WHERE dynamics_id = ? AND state = 'active'"),
      arguments: [lead])
    guard let row else { return }
    let person: String? = row["marketo_id"]
    try db.cachedStatement(
      sql: """
        UPDATE link SET state = 'converted', survivor_id = ?, changed_at = ? WHERE link_id = ?
        """
    ).execute(arguments: [contact, stamp.at.text, row["link_id"]])
    try Self.insertLink(
      entity.entity, dynamics: contact, marketo: person, how: .conversion, stamp, db)
    try BaseTable.inherit(
      from: Entity(rawValue: row["entity"]), link: row["link_id"], to: entity, heir: contact,
      link: db.lastInsertedRowID, db)
    try Self.forgetErrors(of: lead, db)
    if let person { try Self.wake(person, object: entity.marketo.object, db) }
    try Self.log(
      LogEntry(
        Entity(rawValue: row["entity"]), .converted, dynamicsID: lead, marketoID: person,
        rule: "qualified",
        message: "the person goes on as \(entity.entity) \(contact)"), stamp, db)
  }

  private func settleLink(
    of id: String, state: Link.State, survivor: String, entity: BoundEntity, _ stamp: Stamp,
    _ db: Database
  ) throws {
    let how: Link.How = state == .converted ? .conversion : .merge
    try Self.insertLink(
      entity.entity, dynamics: id, marketo: nil, state: state, survivor: survivor, how: how,
      stamp, db)
    try Self.forgetErrors(of: id, db)
    try Self.clearDirty(id, in: Mirror(entity.dynamics), change: nil, db)
    try Self.log(
      LogEntry(
        entity.entity, state == .converted ? .converted : .merged, dynamicsID: id,
        rule: state == .converted ? "qualified" : "merged in Dynamics",
        message: "it lives on as \(survivor)"), stamp, db)
  }

  /// Ends the links of persons that are gone in Marketo.
  ///
  /// The Dynamics record stays; a later change of it makes a new person. Persons without a link and
  /// without a wish are nobody's: `forgetsNobody` takes them off the list of what is to be planned.
  public func endLinksOfDeleted(
    in schema: ObjectSchema, forgetsNobody: Bool, run: Int64, at now: Instant
  ) throws {
    let mirror = Mirror(schema)
    try write("end the links of deleted \(schema.object) records") { db in
      // A cross join is read from left to right: from the few dirty rows to their links.
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT link.* FROM \(quoted(mirror.table)) AS m
            CROSS JOIN link ON link.marketo_id = m.\(quoted(mirror.key)) AND link.state = 'active'
            WHERE m._is_dirty = 1 AND m._is_deleted = 1
            """))
      for row in rows {
        let link = Self.link(from: row)
        try Self.end(link.id, of: link.dynamicsID, Stamp(run: run, at: now), db)
        try Self.forgetErrors(of: link.dynamicsID, db)
        try Self.log(
          LogEntry(
            link.entity, .deleted, dynamicsID: link.dynamicsID, marketoID: link.marketoID,
            side: .marketo, rule: "gone in Marketo"), Stamp(run: run, at: now), db)
        if mirror.object == .deal {
          try Self.endRoles(of: link.dynamicsID, Stamp(run: run, at: now), db)
        }
      }
      guard forgetsNobody else { return }
      let isNobody = """
        m._is_dirty = 1 AND (m._sync_as IS NULL OR m._is_deleted = 1) AND NOT EXISTS (
          SELECT 1 FROM link WHERE link.marketo_id = m.\(quoted(mirror.key))
            AND link.state = 'active')
        """
      try forgetRequests(
        of: "SELECT m.\(quoted(mirror.key)) FROM \(quoted(mirror.table)) AS m WHERE \(isNobody)",
        Stamp(run: run, at: now), db)
      try db.cachedStatement(
        sql: "UPDATE \(quoted(mirror.table)) AS m SET _is_dirty = 0 WHERE \(isNobody)"
      ).execute()
    }
  }

  /// Makes one mirror row dirty, as a change that was not planned yet.
  ///
  /// Tells whether there is such a row.
  @discardableResult
  static func wake(_ id: String, object: ObjectType, _ db: Database) throws -> Bool {
    let table = Mirror.table(of: object)
    guard let key = try keyColumn(of: object, db) else { return false }
    try db.cachedStatement(
      sql: "UPDATE \(quoted(table)) SET _is_dirty = 1, _change = ? WHERE \(quoted(key)) = ?"
    ).execute(arguments: [try nextChange(after: 1, db), id])
    return db.changesCount > 0
  }

  /// Makes a record dirty: its Dynamics row, or its person's where it was asked for and never made.
  static func wake(
    _ id: String, marketoID: String?, entity: String, _ db: Database
  ) throws {
    let rule = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT dynamics_object, marketo_object FROM entity_rule WHERE entity = ?"),
      arguments: [entity])
    guard let rule, try !wake(id, object: ObjectType(.dynamics, rule[0]), db) else { return }
    if let marketoID { try wake(marketoID, object: ObjectType(.marketo, rule[1]), db) }
  }

  /// Marks one row as changed just now.
  static func touch(_ id: String, in mirror: Mirror, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        UPDATE \(quoted(mirror.table)) SET _is_dirty = 1, _change = ?
        WHERE \(quoted(mirror.key)) = ?
        """
    ).execute(arguments: [try nextChange(after: 1, db), id])
  }

  /// Clears a dirty mark, unless the row has changed since `change`.
  static func clearDirty(
    _ id: String, in mirror: Mirror, change: Int64?, _ db: Database
  ) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE \(quoted(mirror.table)) SET _is_dirty = 0
        WHERE \(quoted(mirror.key)) = ? AND (? IS NULL OR _change = ?)
        """)
    try statement.execute(arguments: [id, change, change])
  }
}
