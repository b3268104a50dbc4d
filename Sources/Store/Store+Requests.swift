import GRDB
import Model

/// A Marketo person that is to become a Dynamics record.
public struct RequestInput: Hashable, Sendable {
  public var person: MirrorRow
  /// The id that the record gets: the same for the same request, however often it is tried.
  public var recordID: String
  /// The user or team that stands for the person's sales person in Dynamics.
  public var owner: Reference?
  public var refusals: [Refusal]
}

extension Store {
  /// The next persons without a link that ask, in a field of their own, to become Dynamics records,
  /// but for those who may be a record that stands.
  public func requestingPersons(
    in schema: ObjectSchema, after change: Int64, limit: Int
  ) throws -> [MirrorRow] {
    try persons(
      in: schema, where: "m._is_dirty = 1 AND m._sync_as IS NOT NULL AND m._change > ?",
      arguments: [change], limit: limit)
  }

  /// The held persons of the given ids that have no link and are not about to get one, but for those
  /// who may be a record that stands.
  public func unlinkedPersons(
    _ ids: [String], in schema: ObjectSchema
  ) throws -> [MirrorRow] {
    guard !ids.isEmpty else { return [] }
    return try persons(
      in: schema, where: "m.\(quoted(schema.keyField.rawValue)) IN (\(placeholders(ids.count)))",
      arguments: StatementArguments(ids), limit: ids.count)
  }

  /// Makes the living records without a link dirty that have the e-mail address of an unlinked
  /// person who asks to become one, in a field of its own or as one of `ids`.
  public func wakeNamesakes(
    ofRequesting schema: ObjectSchema, and ids: [String], among entities: [BoundEntity]
  ) throws {
    let mirror = Mirror(schema)
    // The plus keeps SQLite from going through the index of all addresses.
    let asks = """
      m._is_deleted = 0 AND +m._email IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM link WHERE link.marketo_id = m.\(quoted(mirror.key)) AND link.state = 'active')
      """
    let named = """
      UNION SELECT m._email FROM \(quoted(mirror.table)) AS m
      WHERE m.\(quoted(mirror.key)) IN (\(placeholders(ids.count))) AND \(asks)
      """
    try write("look for the records of persons that ask") { db in
      let emails = try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT m._email FROM \(quoted(mirror.table)) AS m
            WHERE m._is_dirty = 1 AND m._sync_as IS NOT NULL AND \(asks)
            \(ids.isEmpty ? "" : named)
            """), arguments: StatementArguments(ids))
      for email in emails {
        for entity in entities { try Self.wakeUnlinked(email, in: Mirror(entity.dynamics), db) }
      }
    }
  }

  private static func wakeUnlinked(
    _ email: String, in mirror: Mirror, _ db: Database
  ) throws {
    let ids = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT d.\(quoted(mirror.key)) FROM \(quoted(mirror.table)) AS d
          WHERE d._email = ? AND d._is_dirty = 0 AND d._is_deleted = 0 AND d._is_included = 1
            AND NOT EXISTS (SELECT 1 FROM link WHERE link.dynamics_id = d.\(quoted(mirror.key))
              AND link.state IN ('active', 'converted', 'merged'))
          """), arguments: [email])
    for id in ids { try touch(id, in: mirror, db) }
  }

  private func persons(
    in schema: ObjectSchema, where condition: String, arguments: StatementArguments, limit: Int
  ) throws -> [MirrorRow] {
    let mirror = Mirror(schema)
    return try read("list the persons that are to become Dynamics records") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT \(mirror.selection(alias: "m")) FROM \(quoted(mirror.table)) AS m
            WHERE \(condition) AND m._is_deleted = 0
              AND NOT EXISTS (SELECT 1 FROM link
                WHERE link.marketo_id = m.\(quoted(mirror.key)) AND link.state = 'active')
              AND NOT EXISTS (SELECT 1 FROM operation
                WHERE operation.marketo_id = m.\(quoted(mirror.key)) AND operation.action = 'create'
                  AND \(Self.isOpen))
              AND NOT EXISTS (SELECT 1 FROM sync_error_candidate AS candidate
                WHERE candidate.side = 'marketo' AND candidate.record_id = m.\(quoted(mirror.key)))
            ORDER BY m._change LIMIT ?
            """), arguments: arguments + [limit]
      ).compactMap { try mirror.row(from: $0, at: 0) }
    }
  }

  /// What planning a request needs beside the person.
  public func requestInput(
    for person: MirrorRow, as entity: Entity, at now: Instant
  ) throws -> RequestInput {
    try read("prepare a request") { db in
      let id = try Self.requestedID(person.record, entity, db)
      return RequestInput(
        person: person, recordID: id, owner: try Self.dynamicsOwner(of: person, db),
        refusals: try Self.refusals(of: [id], at: now, db)[id] ?? [])
    }
  }

  /// The ids that records of persons get who are asked for as `entity`, by the person's id.
  public func requestedIDs(
    of persons: [Model.Record], as entity: Entity
  ) throws -> [String: String] {
    guard !persons.isEmpty else { return [:] }
    return try read("work out the ids of requests") { db in
      Dictionary(
        try persons.map { ($0.id.text, try Self.requestedID($0, entity, db)) }
      ) { first, _ in first }
    }
  }

  /// An id that no ended link of the person has: a fresh record never takes an old one's place.
  private static func requestedID(
    _ person: Model.Record, _ entity: Entity, _ db: Database
  ) throws -> String {
    let organisation = try String.fetchOne(
      db.cachedStatement(sql: "SELECT organisation FROM peer WHERE side = 'marketo'"))
    let ended = try Set(
      String.fetchAll(
        db.cachedStatement(
          sql: "SELECT dynamics_id FROM link WHERE marketo_id = ? AND state <> 'active'"),
        arguments: [person.id.text]))
    var predecessor = person.facts.key
    while true {
      let id = RequestedID(
        person: person.id.text, as: entity, organisation: organisation ?? "",
        predecessor: predecessor
      ).text
      guard ended.contains(id) else { return id }
      predecessor = id
    }
  }

  private static func dynamicsOwner(
    of person: MirrorRow, _ db: Database
  ) throws -> Reference? {
    guard let owner = person.record.facts.owner else { return nil }
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT entity_rule.dynamics_object, link.dynamics_id FROM link
          JOIN entity_rule ON entity_rule.entity = link.entity
          WHERE link.marketo_id = ? AND link.state = 'active' AND entity_rule.marketo_object = ?
          """), arguments: [owner.id.text, ObjectType.salesPerson.name])
    return row.map { Reference(ObjectType(.dynamics, $0[0]), .dynamics($0[1])) }
  }

  /// Notes that a linked person was asked for, which changes nothing.
  public func logNeedlessRequest(
    _ link: Link, as entity: Entity, run: Int64, at now: Instant
  ) throws {
    try write("note a request") { db in
      try Self.log(
        LogEntry(
          link.entity, .skipped, dynamicsID: link.dynamicsID, marketoID: link.marketoID,
          side: .dynamics, rule: "asked to sync as \(entity): it is linked already"),
        Stamp(run: run, at: now), db)
    }
  }

  /// Takes refused requests off the error list whose persons are linked by now, to another record
  /// than the one that was asked for.
  public func forgetAnsweredRequests() throws {
    try write("forget requests that were answered") { db in
      try db.cachedStatement(
        sql: """
          DELETE FROM sync_error WHERE side = 'dynamics' AND EXISTS (
            SELECT 1 FROM link WHERE link.marketo_id = sync_error.marketo_id
              AND link.state = 'active' AND link.dynamics_id <> sync_error.dynamics_id)
          """
      ).execute()
    }
  }

  /// Lets what Dynamics refused of the given persons be tried at once.
  public func retryRequests(of persons: [String], at now: Instant) throws {
    try write("let requests be tried again") { db in
      try db.cachedStatement(
        sql: """
          UPDATE sync_error SET retry_at = ?
          WHERE side = 'dynamics' AND marketo_id IN (\(placeholders(persons.count)))
            AND NOT EXISTS (SELECT 1 FROM link
              WHERE link.marketo_id = sync_error.marketo_id AND link.state = 'active')
          """
      ).execute(arguments: [now.text] + StatementArguments(persons))
    }
  }

  /// Logs of creates in Dynamics that never took effect that nobody asks for them any more: a command did
  /// once, and not the person.
  public func logUnansweredRequests(
    among operations: [Int64], run: Int64, at now: Instant
  ) throws {
    guard !operations.isEmpty else { return }
    try write("log requests without an answer") { db in
      guard let key = try Self.keyColumn(of: .person, db) else { return }
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT operation_id, entity, dynamics_id, marketo_id FROM operation
            JOIN \(quoted(Mirror.table(of: .person))) ON \(quoted(key)) = marketo_id
            WHERE operation_id IN (\(placeholders(operations.count)))
              AND side = 'dynamics' AND action = 'create' AND _sync_as IS NULL
            ORDER BY operation_id
            """), arguments: StatementArguments(operations))
      for row in rows {
        var entry = LogEntry(
          Entity(rawValue: row["entity"]), .skipped, dynamicsID: row["dynamics_id"],
          marketoID: row["marketo_id"], side: .dynamics,
          rule: "the answer was lost, and nothing was made", operation: row["operation_id"])
        entry.message = "ask again with 'dynsync sync-person'"
        try Self.log(entry, Stamp(run: run, at: now), db)
      }
    }
  }
}
