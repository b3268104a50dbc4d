import GRDB
import Model

extension ObjectSchema {
  /// The rows of the derived roles: one for each opportunity, person and role text.
  public static let derivedRole = ObjectSchema(
    .derivedRole, keyField: "opportunityroleid",
    fields: [
      Field(connectionField, .text, label: "the connection that says so; none: the customer")
    ],
    feed: .derived)

  /// The role row's column that names a connection.
  static let connectionField: FieldName = "connectionid"
}

extension Store {
  /// The role of a person in the opportunity's customer look-up.
  static let customerRole = "Customer"
  /// The role of a connection without one.
  static let stakeholderRole = "Stakeholder"
  /// The most characters that Marketo takes for a role.
  static let roleLength = 50

  /// Derives the roles of every opportunity whose customer or connections changed.
  ///
  /// The rows of `dynamics_opportunity_role` become exactly what Dynamics says now: new ones are
  /// added, and what is no longer said is marked as deleted. An opportunity that is gone keeps its
  /// roles unless `removesWithOpportunity`. Changes of connections count as dealt with afterwards.
  ///
  /// Each part of `limit` changes is a transaction of its own. If the process dies between two, the
  /// next run finds the roles that are derived already as they should be.
  public func deriveRoles(
    in layout: Layout, removesWithOpportunity: Bool, run: Int64, limit: Int = 1000
  ) throws {
    guard let sources = RoleSources(layout) else { return }
    var place = RoleSources.Place()
    repeat {
      place = try write("derive the roles of opportunities") { db in
        try sources.prepare(db)
        let part = try sources.part(from: place, limit: limit, db)
        for opportunity in part.opportunities.sorted() {
          try sources.derive(
            opportunity, removesWithOpportunity: removesWithOpportunity, run: run, db)
        }
        try sources.clear(from: place, to: part.next, db)
        return part.next
      }
    } while !place.isEnd
  }

  /// Takes the dirty marks off mirrors whose rows no entity plans.
  public func clearUnplanned(in layout: Layout) throws {
    let planned = Set(layout.entities.map(\.rule.dynamics))
    let others = layout.mirrors.map(\.object).filter {
      $0.side == .dynamics && !planned.contains($0) && ![.connection, .connectionRole].contains($0)
    }
    guard !others.isEmpty else { return }
    try write("clear what is only mirrored") { db in
      for object in others {
        try db.cachedStatement(
          sql: "UPDATE \(quoted(Mirror.table(of: object))) SET _is_dirty = 0 WHERE _is_dirty = 1"
        ).execute()
      }
    }
  }

  /// Makes the roles of the same opportunity dirty that have no link: one of them may be next to
  /// stand for what was just removed.
  static func wakeRoles(besides id: String, _ db: Database) throws {
    let mirror = Mirror(.derivedRole)
    let key = quoted(mirror.key)
    let ids = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT r.\(key) FROM \(quoted(mirror.table)) AS one
          JOIN \(quoted(mirror.table)) AS r ON r._opportunity = one._opportunity
          WHERE one.\(key) = ? AND r._is_deleted = 0 AND NOT EXISTS (
            SELECT 1 FROM link WHERE link.dynamics_id = r.\(key) AND link.state = 'active')
          """), arguments: [id])
    for id in ids { try touch(id, in: mirror, db) }
  }
}

extension Store {
  /// Ends the links of the roles of an opportunity that is gone in Marketo.
  ///
  /// Its roles went with it: they are looked for, and made where they are missing, once it stands
  /// again.
  static func endRoles(of opportunity: String, _ stamp: Stamp, _ db: Database) throws {
    let mirror = Mirror(.derivedRole)
    guard try keyColumn(of: mirror.object, db) != nil else { return }
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT link.* FROM \(quoted(mirror.table)) AS r
          JOIN link ON link.dynamics_id = r.\(quoted(mirror.key)) AND link.state = 'active'
          WHERE r._opportunity = ?
          """), arguments: [opportunity])
    for link in rows.map(Self.link) {
      try end(link.id, of: link.dynamicsID, stamp, db)
      try touch(link.dynamicsID, in: mirror, db)
      try log(
        LogEntry(
          link.entity, .deleted, dynamicsID: link.dynamicsID, marketoID: link.marketoID,
          side: .marketo, rule: "its opportunity is gone in Marketo"), stamp, db)
    }
  }

  /// The keys that unlinked roles have in Marketo, by the role row's id, where person and
  /// opportunity are linked.
  public func roleKeys(of rows: [Model.Record]) throws -> [String: String] {
    let facts = rows.map(\.facts)
    let ids = Set(facts.flatMap { [$0.opportunity?.text, $0.parent?.id.text].compactMap(\.self) })
    guard !ids.isEmpty else { return [:] }
    let counterparts = try read("look up who has which role") { db in
      try Self.counterparts(of: ids.sorted(), db)
    }
    let keys = rows.compactMap { row -> (String, String)? in
      let facts = row.facts
      guard let opportunity = facts.opportunity.flatMap({ counterparts[$0.text] }),
        let person = facts.parent.flatMap({ counterparts[$0.id.text] }), let role = facts.role
      else { return nil }
      let key = RoleKey(opportunity: opportunity, person: person, role: role)
      return (row.id.text, key.text)
    }
    return Dictionary(keys) { first, _ in first }
  }
}
