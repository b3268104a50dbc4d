import GRDB
import Model

extension Store {
  /// Makes the records dirty whose derived values were made from another counterpart of `id` than it
  /// has now, or wait for one.
  ///
  /// Who needs a record that was converted or merged into `id` counts as well.
  static func wakeDependents(of id: String, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        WITH RECURSIVE former (id) AS (
          SELECT ? UNION SELECT link.dynamics_id FROM link JOIN former
            ON link.survivor_id = former.id)
        SELECT dependency.dynamics_id, entity_rule.dynamics_object FROM former
        JOIN dependency ON dependency.needed_id = former.id
        JOIN entity_rule ON entity_rule.entity = dependency.entity
        WHERE dependency.need <> 'customer' AND dependency.value IS NOT (
          SELECT marketo_id FROM link WHERE link.dynamics_id = ? AND link.state = 'active')
        """)
    try wakeAll(Row.fetchAll(statement, arguments: [id, id]), db)
  }

  /// Makes the opportunities dirty whose company came from a contact that has another account now.
  public func wakeDependentsOfCustomers() throws {
    let contacts = Mirror.table(of: .contact)
    try write("look for customers that changed their account") { db in
      guard try db.tableExists(contacts), let key = try Self.keyColumn(of: .contact, db) else {
        return
      }
      // A cross join is read from left to right: from the few dirty rows to their dependents.
      let statement = try db.cachedStatement(
        sql: """
          SELECT n.dynamics_id, entity_rule.dynamics_object FROM \(quoted(contacts)) AS c
          CROSS JOIN dependency AS n ON n.needed_id = c.\(quoted(key)) AND n.need = 'customer'
            AND (n.value IS NOT c._account OR n.state = 'waiting')
          JOIN entity_rule ON entity_rule.entity = n.entity
          WHERE c._is_dirty = 1
          """)
      try Self.wakeAll(Row.fetchAll(statement), db)
    }
  }

  /// Makes the records dirty that wait for the number of a company that is known by now.
  public func wakeDependentsOfCompanies() throws {
    let companies = Mirror.table(of: .company)
    try write("look for companies whose number is known now") { db in
      guard try db.tableExists(companies), let key = try Self.keyColumn(of: .company, db) else {
        return
      }
      // A cross join is read from left to right: from the few dirty rows to their dependents.
      let statement = try db.cachedStatement(
        sql: """
          SELECT n.dynamics_id, entity_rule.dynamics_object FROM \(quoted(companies)) AS m
          CROSS JOIN link ON link.marketo_id = m.\(quoted(key)) AND link.state = 'active'
          CROSS JOIN dependency AS n ON n.needed_id = link.dynamics_id AND n.need = 'parent'
            AND n.state = 'waiting'
          JOIN entity_rule ON entity_rule.entity = n.entity
          WHERE m._is_dirty = 1
          """)
      try Self.wakeAll(Row.fetchAll(statement), db)
    }
  }

  /// Ends a link, so that who was derived from it is planned again.
  static func end(
    _ link: Int64, of dynamicsID: String, _ stamp: Stamp, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: "UPDATE link SET state = 'deleted', changed_at = ? WHERE link_id = ?"
    ).execute(arguments: [stamp.at.text, link])
    try wakeDependents(of: dynamicsID, db)
    try wakeWish(ofPersonIn: link, db)
  }

  /// A person who asked for a record while it had one that was about to go asks still.
  private static func wakeWish(ofPersonIn link: Int64, _ db: Database) throws {
    guard let key = try keyColumn(of: .person, db) else { return }
    let mirror = quoted(Mirror.table(of: .person))
    let person = try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(quoted(key)) FROM \(mirror) JOIN link ON link.marketo_id = \(quoted(key))
          WHERE link_id = ? AND _sync_as IS NOT NULL AND _is_deleted = 0
          """), arguments: [link])
    if let person { try wake(person, object: .person, db) }
  }

  /// The column of a mirror's text key; `nil` where there is no such mirror.
  static func keyColumn(of object: ObjectType, _ db: Database) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT name FROM pragma_table_info(?) WHERE cid = 0"),
      arguments: [Mirror.table(of: object)])
  }

  private static func wakeAll(_ rows: [Row], _ db: Database) throws {
    for row in rows {
      try wake(row["dynamics_id"], object: ObjectType(.dynamics, row["dynamics_object"]), db)
    }
  }
}
