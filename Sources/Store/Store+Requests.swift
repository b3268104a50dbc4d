import Crypto
import Foundation
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
  /// The next persons without a link that ask, in a field of their own, to become Dynamics records.
  public func requestingPersons(
    in schema: ObjectSchema, after change: Int64, limit: Int
  ) throws -> [MirrorRow] {
    try persons(
      in: schema, where: "m._is_dirty = 1 AND m._sync_as IS NOT NULL AND m._change > ?",
      arguments: [change], limit: limit)
  }

  /// The held persons of the given ids that have no link and are not about to get one.
  public func unlinkedPersons(
    _ ids: [String], in schema: ObjectSchema
  ) throws -> [MirrorRow] {
    try persons(
      in: schema, where: "m.\(quoted(schema.keyField.rawValue)) IN (\(placeholders(ids.count)))",
      arguments: StatementArguments(ids), limit: ids.count)
  }

  private func persons(
    in schema: ObjectSchema, where condition: String, arguments: StatementArguments, limit: Int
  ) throws -> [MirrorRow] {
    let mirror = Mirror(schema)
    return try read("list the persons that are to become Dynamics records") { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(mirror.selection(alias: "m")) FROM \(quoted(mirror.table)) AS m
          WHERE \(condition) AND m._is_deleted = 0
            AND NOT EXISTS (SELECT 1 FROM link
              WHERE link.marketo_id = m.\(quoted(mirror.key)) AND link.state = 'active')
            AND NOT EXISTS (SELECT 1 FROM operation
              WHERE operation.marketo_id = m.\(quoted(mirror.key)) AND operation.action = 'create'
                AND \(Self.isOpen))
          ORDER BY m._change LIMIT ?
          """, arguments: arguments + [limit]
      ).compactMap { try mirror.row(from: $0, at: 0) }
    }
  }

  /// What planning a request needs beside the person.
  public func requestInput(
    for person: MirrorRow, as entity: Entity, at now: Instant
  ) throws -> RequestInput {
    try read("prepare a request") { db in
      let id = try Self.requestedID(person.record.id.text, entity, db)
      return RequestInput(
        person: person, recordID: id, owner: try Self.dynamicsOwner(of: person, db),
        refusals: try Self.refusals(of: [id], at: now, db)[id] ?? [])
    }
  }

  /// A name-based GUID (version 8) of the subscription, the person and how many records of it have
  /// ended: a repeated request finds the record of the first.
  private static func requestedID(
    _ person: String, _ entity: Entity, _ db: Database
  ) throws -> String {
    let organisation = try String.fetchOne(
      db, sql: "SELECT organisation FROM peer WHERE side = 'marketo'")
    let ended = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM link WHERE marketo_id = ? AND state <> 'active'",
      arguments: [person])
    let name = "dynsync request \(organisation ?? "")/\(person)/\(entity)/\(ended ?? 0)"
    var bytes = Array(SHA256.hash(data: Array(name.utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0f | 0x80
    bytes[8] = bytes[8] & 0x3f | 0x80
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    var text = ""
    for (place, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(place) { text.append("-") }
      text.append(digit)
    }
    return text
  }

  private static func dynamicsOwner(
    of person: MirrorRow, _ db: Database
  ) throws -> Reference? {
    guard let owner = person.record.facts.owner else { return nil }
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT entity_rule.dynamics_object, link.dynamics_id FROM link
        JOIN entity_rule ON entity_rule.entity = link.entity
        WHERE link.marketo_id = ? AND link.state = 'active' AND entity_rule.marketo_object = ?
        """, arguments: [owner.id.text, ObjectType.salesPerson.name])
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

  /// What became of a person's request in `run`: its link and whether this run made the record, or
  /// what refused it.
  public func requestState(
    of person: String, run: Int64
  ) throws -> (link: Link?, isNew: Bool, refusal: Rejection?) {
    try read("look what became of a request") { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM link WHERE marketo_id = ? AND state = 'active'",
        arguments: [person])
      let error = try Row.fetchOne(
        db,
        sql: """
          SELECT code, message FROM sync_error WHERE marketo_id = ? AND side = 'dynamics'
          ORDER BY last_at DESC LIMIT 1
          """, arguments: [person])
      let isNew = row.map { $0["how"] == Link.How.request.rawValue && $0["run_id"] == run }
      return (
        row.map(Self.link), isNew ?? false,
        error.map { Rejection(code: $0["code"] ?? "", message: $0["message"]) }
      )
    }
  }
}
