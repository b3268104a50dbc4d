import GRDB
import Model

extension Store {
  /// Takes `peer` for the one that was recorded before, in one transaction.
  ///
  /// Links, bases and mirrors stay. How far the side's feeds were read is forgotten, so that the next
  /// run reads everything; what no feed tells is marked to be looked up.
  public func adopt(
    _ peer: PeerIdentity, inPlaceOf known: PeerIdentity, version: String, at now: Instant
  ) throws {
    try write("record who the services are") { db in
      try db.cachedStatement(
        sql: """
          INSERT INTO run (started_at, finished_at, exit_code, version, message)
          VALUES (?, ?, 0, ?, ?)
          """
      ).execute(arguments: [
        now.text, now.text, version,
        "adopted another \(peer.difference(from: known)) of \(peer.side)",
      ])
      let run = db.lastInsertedRowID
      try db.cachedStatement(
        sql: """
          INSERT INTO adoption (run_id, at, side, old_host, old_organisation, old_user, new_host,
            new_organisation, new_user)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        run, now.text, peer.side.rawValue, known.host, known.organisation, known.user,
        peer.host, peer.organisation, peer.user,
      ])
      try Self.record(peer, at: now, db)
      try Self.forgetFeeds(of: peer.side, db)
      try Self.dropDocuments(of: peer.side, db)
      if peer.side == .marketo, peer.organisation != known.organisation {
        try Self.dropActivities(at: now, db)
      }
    }
  }

  /// Whether a side was adopted and no run went to its end with every entity since.
  public func isNewlyAdopted(_ side: Side) throws -> Bool {
    try read("look for an adoption") { db in
      try Bool.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT EXISTS (SELECT 1 FROM adoption WHERE side = ? AND run_id > coalesce(
              (SELECT max(run_id) FROM run WHERE \(Self.isWhole)), 0))
            """), arguments: [side.rawValue]) ?? false
    }
  }

  /// Whether a row of `run` is one that went to its end with every entity.
  static let isWhole = "(is_dry = 0 AND exit_code IN (0, 2) AND message IS NULL)"

  /// In another subscription the persons' numbers are other persons': nothing of the past is told there.
  private static func dropActivities(at now: Instant, _ db: Database) throws {
    try db.cachedStatement(
      sql: "UPDATE outcome_activity SET state = 'gone', settled_at = ? WHERE \(isOpenActivity)"
    ).execute(arguments: [now.text])
    try db.cachedStatement(
      sql: "UPDATE told_log SET seq = (SELECT coalesce(max(seq), 0) FROM activity_log)"
    ).execute()
  }

  private static func forgetFeeds(of side: Side, _ db: Database) throws {
    try db.cachedStatement(
      sql: "DELETE FROM watermark WHERE feed LIKE ? ESCAPE '\\' OR feed LIKE ? ESCAPE '\\'"
    ).execute(arguments: ["\(side)\\_%", "sweep \(side)\\_%"])
    guard side == .marketo else { return }
    let objects = try String.fetchAll(
      db.cachedStatement(
        sql: "SELECT DISTINCT marketo_object FROM entity_rule ORDER BY marketo_object"))
    for object in objects {
      let table = Mirror.table(of: ObjectType(.marketo, object))
      guard try db.tableExists(table) else { continue }
      try db.cachedStatement(sql: "UPDATE \(quoted(table)) SET _is_stale = 1 WHERE _is_deleted = 0")
        .execute()
    }
  }
}
