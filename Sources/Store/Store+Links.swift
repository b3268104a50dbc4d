import GRDB
import Model

extension Store {
  /// The next changed records of an entity that have no link, in the order of their changes.
  ///
  /// One whose create is in doubt is left out, and so is a contact that was made from such a lead:
  /// recovery decides first.
  public func unlinkedRecords(
    of entity: BoundEntity, after change: Int64, limit: Int
  ) throws -> [MirrorRow] {
    let mirror = Mirror(entity.dynamics)
    return try read("list the \(entity.entity) records without a link") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT \(mirror.selection(alias: "d")) FROM \(quoted(mirror.table)) AS d
            WHERE d._is_dirty = 1 AND d._change > ? AND d._is_deleted = 0 AND d._is_included = 1
              AND NOT EXISTS (
                SELECT 1 FROM link WHERE link.dynamics_id = d.\(quoted(mirror.key))
                  AND link.state IN ('active', 'converted', 'merged'))
              AND NOT EXISTS (
                SELECT 1 FROM operation
                WHERE operation.dynamics_id IN (d.\(quoted(mirror.key)), d._originating_lead)
                  AND operation.status IN ('planned', 'sending') AND operation.action = 'create')
            ORDER BY d._change LIMIT ?
            """), arguments: [change, limit]
      ).compactMap { try mirror.row(from: $0, at: 0) }
    }
  }

  /// The links of Dynamics records that are active or stand for a survivor, by Dynamics id.
  public func links(ofDynamics ids: [String]) throws -> [String: Link] {
    try links("dynamics_id", ids, states: "'active', 'converted', 'merged'") { $0.dynamicsID }
  }

  /// The active links of Marketo records, by Marketo id.
  public func links(ofMarketo ids: [String]) throws -> [String: Link] {
    try links("marketo_id", ids, states: "'active'") { $0.marketoID ?? "" }
  }

  private func links(
    _ column: String, _ ids: [String], states: String, key: (Link) -> String
  ) throws -> [String: Link] {
    guard !ids.isEmpty else { return [:] }
    return try read("look up links") { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT link_id, entity, dynamics_id, marketo_id, state FROM link
            WHERE \(column) IN (\(placeholders(ids.count))) AND state IN (\(states))
            ORDER BY state = 'active' DESC, link_id DESC
            """), arguments: StatementArguments(ids))
      let links = rows.map(Self.link)
      return Dictionary(links.map { (key($0), $0) }) { first, _ in first }
    }
  }

  static func link(from row: Row) -> Link {
    Link(
      id: row["link_id"], entity: Entity(rawValue: row["entity"]), dynamicsID: row["dynamics_id"],
      marketoID: row["marketo_id"], state: Link.State(rawValue: row["state"]) ?? .unlinked,
      survivorID: row["survivor_id"] as String?)
  }

  /// The living, unlinked Dynamics records of the given entities for each e-mail address.
  ///
  /// Converted and merged records are none: they live on as others.
  public func unlinkedRecords(
    withEmails emails: [String], of entities: [BoundEntity]
  ) throws -> [String: [String]] {
    guard !emails.isEmpty else { return [:] }
    return try read("count the records for each e-mail address") { db in
      var found: [String: [String]] = [:]
      for entity in entities {
        let mirror = Mirror(entity.dynamics)
        let rows = try Row.fetchAll(
          db.cachedStatement(
            sql: """
              SELECT d._email, d.\(quoted(mirror.key)) FROM \(quoted(mirror.table)) AS d
              WHERE d._email IN (\(placeholders(emails.count))) AND d._is_deleted = 0
                AND d._is_included = 1 AND d._merged_into IS NULL AND d._converted_to IS NULL
                AND NOT EXISTS (
                  SELECT 1 FROM link WHERE link.dynamics_id = d.\(quoted(mirror.key))
                    AND link.state IN ('active', 'converted', 'merged'))
              ORDER BY d.\(quoted(mirror.key))
              """), arguments: StatementArguments(emails))
        for row in rows { found[row[0], default: []].append(row[1]) }
      }
      return found
    }
  }

  /// Which of the ids are living Dynamics records of the given entities.
  ///
  /// `asThemselves`: those that live on as others, converted or merged, are left out.
  public func livingRecords(
    _ ids: [String], of entities: [BoundEntity], asThemselves: Bool = false
  ) throws -> Set<String> {
    let condition = asThemselves ? "AND _merged_into IS NULL AND _converted_to IS NULL" : ""
    guard !ids.isEmpty else { return [] }
    return try read("look up Dynamics records") { db in
      var living: Set<String> = []
      for entity in entities {
        let mirror = Mirror(entity.dynamics)
        living.formUnion(
          try String.fetchAll(
            db.cachedStatement(
              sql: """
                SELECT \(quoted(mirror.key)) FROM \(quoted(mirror.table))
                WHERE \(quoted(mirror.key)) IN (\(placeholders(ids.count))) AND _is_deleted = 0
                  \(condition)
                """), arguments: StatementArguments(ids)))
      }
      return living
    }
  }

  /// The entities whose Dynamics mirror holds a row of this id.
  public func holders(of id: String, among entities: [BoundEntity]) throws -> [BoundEntity] {
    try read("look where a record is held") { db in
      try entities.filter { try Mirror($0.dynamics).row(of: id, db) != nil }
    }
  }

  /// Where a record was merged to, followed to the end; `nil` for one that was not merged.
  public func mergeSurvivor(of id: String, in entity: BoundEntity) throws -> String? {
    let mirror = Mirror(entity.dynamics)
    return try read("follow a merge") { db in
      let sql = """
        SELECT _merged_into FROM \(quoted(mirror.table)) WHERE \(quoted(mirror.key)) = ?
        """
      var seen: Set<String> = [id]
      var survivor: String?
      var next = try String.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
      while let id = next, seen.insert(id).inserted {
        survivor = id
        next = try String.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
      }
      return survivor
    }
  }
}
