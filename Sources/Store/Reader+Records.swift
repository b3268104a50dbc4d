import GRDB
import Model

extension Reader {
  /// The records that `text` names: a Dynamics id, a Marketo id or key, or an e-mail address.
  public func records(named text: String) throws -> [RecordMatch] {
    let wanted = text.lowercased()
    return try read("look up the record") { db in
      let ids = wanted.contains("@") ? try Self.ids(withEmail: wanted, db) : [wanted, text]
      let marks = placeholders(ids.count)
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT * FROM link
            WHERE dynamics_id IN (\(marks)) OR marketo_id IN (\(marks))
            ORDER BY link_id DESC
            """), arguments: StatementArguments(ids + ids))
      let linked = rows.map { row in
        RecordMatch(
          entity: row["entity"], dynamicsID: row["dynamics_id"], marketoID: row["marketo_id"],
          linkState: row["state"], how: row["how"], linkedAt: row["linked_at"],
          survivorID: row["survivor_id"])
      }
      let known = Set(linked.flatMap { [$0.dynamicsID, $0.marketoID].compactMap(\.self) })
      return linked + (try Self.unlinked(ids.filter { !known.contains($0) }, db))
    }
  }

  private static func ids(withEmail email: String, _ db: Database) throws -> [String] {
    var ids: [String] = []
    for table in try mirrors(db) {
      let key = try String.fetchOne(
        db.cachedStatement(sql: "SELECT name FROM pragma_table_info(?) WHERE cid = 0"),
        arguments: [table])
      guard let key else { continue }
      ids += try String.fetchAll(
        db.cachedStatement(sql: "SELECT \(quoted(key)) FROM \(quoted(table)) WHERE _email = ?"),
        arguments: [email])
    }
    return ids
  }

  /// Records that are known without ever having had a link: from the mirrors' own keys.
  private static func unlinked(_ ids: [String], _ db: Database) throws -> [RecordMatch] {
    guard !ids.isEmpty else { return [] }
    var matches: [RecordMatch] = []
    for table in try mirrors(db) where table.hasPrefix("\(Side.dynamics)_") {
      let key = try String.fetchOne(
        db.cachedStatement(sql: "SELECT name FROM pragma_table_info(?) WHERE cid = 0"),
        arguments: [table])
      guard let key else { continue }
      let found = try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT \(quoted(key)) FROM \(quoted(table))
            WHERE \(quoted(key)) IN (\(placeholders(ids.count)))
            """), arguments: StatementArguments(ids))
      let entity = try String.fetchOne(
        db.cachedStatement(
          sql: "SELECT entity FROM entity_rule WHERE 'dynamics_' || dynamics_object = ?"),
        arguments: [table])
      matches += found.map { RecordMatch(entity: entity, dynamicsID: $0) }
    }
    return matches
  }

  private static func mirrors(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT name FROM sqlite_master WHERE type = 'table' AND name IN (
            SELECT 'dynamics_' || dynamics_object FROM entity_rule
            UNION SELECT 'marketo_' || marketo_object FROM entity_rule)
          ORDER BY name
          """))
  }
}
