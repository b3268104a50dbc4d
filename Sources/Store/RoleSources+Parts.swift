import GRDB
import Model

extension RoleSources {
  /// How far the changes were gone through that roles are derived from.
  struct Place {
    /// Connections that did not change themselves, but their connection role: the last row.
    var row: Int64 = 0
    /// The last change of an opportunity.
    var opportunity: Int64 = 0
    /// The last change of a connection.
    var connection: Int64 = 0
    var stage = Stage.connectionRoles
    var isEnd: Bool { stage == .end }
  }

  /// In their order; each is gone through to its end before the next.
  enum Stage {
    case connectionRoles
    case opportunities
    case connections
    case end
  }

  /// Some of the opportunities whose roles may have changed, and where the others begin.
  struct Part {
    var opportunities: Set<String> = []
    var next: Place
  }

  /// The opportunities of about the next `limit` changes.
  ///
  /// The opportunities that changed, those of changed connections, before and after, and those of
  /// connections whose connection role changed.
  func part(from place: Place, limit: Int, _ db: Database) throws -> Part {
    var part = Part(next: place)
    var left = limit
    while left > 0, !part.next.isEnd {
      let found = try changes(from: part.next, limit: left, db)
      part.opportunities.formUnion(found.opportunities)
      switch part.next.stage {
      case .connectionRoles: part.next.row = found.last ?? part.next.row
      case .opportunities: part.next.opportunity = found.last ?? part.next.opportunity
      case .connections: part.next.connection = found.last ?? part.next.connection
      case .end: break
      }
      if found.count < left { part.next.stage = part.next.stage.next }
      left -= found.count
    }
    return part
  }

  /// Takes the dirty marks off the connections of a part, and at the end off the connection roles.
  func clear(from start: Place, to end: Place, _ db: Database) throws {
    if let connections, end.connection > start.connection {
      try db.cachedStatement(
        sql:
          "UPDATE \(quoted(connections.table)) SET _is_dirty = 0 WHERE _is_dirty = 1 AND _change <= ?"
      ).execute(arguments: [end.connection])
    }
    if let connectionRoles, end.isEnd {
      try db.cachedStatement(
        sql: "UPDATE \(quoted(connectionRoles.table)) SET _is_dirty = 0 WHERE _is_dirty = 1"
      ).execute()
    }
  }

  private struct Changes {
    var opportunities: [String] = []
    var count = 0
    /// The place of the last one.
    var last: Int64?
  }

  private func changes(from place: Place, limit: Int, _ db: Database) throws -> Changes {
    switch place.stage {
    case .connectionRoles: try ofConnectionRoles(after: place.row, limit: limit, db)
    case .opportunities:
      try changes(
        """
        SELECT _change, \(quoted(opportunities.key)) FROM \(quoted(opportunities.table))
        WHERE _is_dirty = 1 AND _change > ? ORDER BY _change LIMIT ?
        """, after: place.opportunity, limit: limit, db)
    case .connections: try ofConnections(after: place.connection, limit: limit, db)
    case .end: Changes()
    }
  }

  private func changes(
    _ sql: String, after last: Int64, limit: Int, _ db: Database
  ) throws -> Changes {
    let rows = try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [last, limit])
    return Changes(
      opportunities: rows.compactMap { $0[1] as String? }, count: rows.count, last: rows.last?[0])
  }

  /// All connections are looked through once, if any connection role changed.
  private func ofConnectionRoles(
    after row: Int64, limit: Int, _ db: Database
  ) throws -> Changes {
    guard let connections, let connectionRoles else { return Changes() }
    let changed = "FROM \(quoted(connectionRoles.table)) WHERE _is_dirty = 1"
    let hasChanged = try Bool.fetchOne(db.cachedStatement(sql: "SELECT 1 \(changed) LIMIT 1"))
    guard hasChanged != nil else { return Changes() }
    return try changes(
      """
      SELECT rowid, _opportunity FROM \(quoted(connections.table))
      WHERE rowid > ? AND _is_dirty = 0
        AND _role IN (SELECT \(quoted(connectionRoles.key)) \(changed))
      ORDER BY rowid LIMIT ?
      """, after: row, limit: limit, db)
  }

  /// The opportunities of changed connections, as the connections stand and as they stood before.
  ///
  /// One that changed itself was derived by then, with all its connections.
  private func ofConnections(after change: Int64, limit: Int, _ db: Database) throws -> Changes {
    guard let connections else { return Changes() }
    let table = quoted(connections.table)
    var found = try changes(
      """
      SELECT c._change, CASE WHEN EXISTS (
          SELECT 1 FROM \(quoted(opportunities.table)) AS o
          WHERE o.\(quoted(opportunities.key)) = c._opportunity AND o._is_dirty = 1)
        THEN NULL ELSE c._opportunity END
      FROM \(table) AS c WHERE c._is_dirty = 1 AND c._change > ? ORDER BY c._change LIMIT ?
      """, after: change, limit: limit, db)
    guard let last = found.last else { return found }
    found.opportunities += try String?.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT r._opportunity FROM \(table) AS c CROSS JOIN \(quoted(roles.table)) AS r
            ON r.\(quoted(ObjectSchema.connectionField.rawValue)) = c.\(quoted(connections.key))
          WHERE c._is_dirty = 1 AND c._change > ? AND c._change <= ?
          """), arguments: [change, last]
    ).compactMap(\.self)
    return found
  }
}

extension RoleSources.Stage {
  fileprivate var next: Self {
    switch self {
    case .connectionRoles: .opportunities
    case .opportunities: .connections
    case .connections, .end: .end
    }
  }
}
