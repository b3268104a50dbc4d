import GRDB
import Model

extension Store {
  /// Makes a first link of the pairs that go both ways from now on and went one way before.
  ///
  /// What the side that counts now holds was let stand without being agreed on: where it differs from
  /// its base, the pair has no base any more, and its records are planned. A pair that was not kept in
  /// step at the last run has none at all: what was let stand is not mirrored. Call it before the rules
  /// of this run are recorded.
  static func reconsiderWidened(_ layout: Layout, _ db: Database) throws {
    let standing = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT entity, pair, direction, is_active FROM field_rule WHERE direction <> 'both'
          """))
    let before = Dictionary(
      standing.map { ("\($0["entity"] as String) \($0["pair"] as String)", $0) }
    ) { first, _ in first }
    for entity in layout.entities {
      for pair in entity.pairs where pair.pair.direction == .both {
        guard let row = before["\(entity.entity) \(pair.pair.name)"] else { continue }
        guard row["is_active"] else {
          try beginAnew(pair, of: entity, db)
          continue
        }
        let wasToMarketo = row["direction"] == Direction.toMarketo.rawValue
        try reconsider(pair, of: entity, heeding: wasToMarketo ? .marketo : .dynamics, db)
      }
    }
  }

  /// Takes all bases of a pair away; whoever holds a value is planned as the pair returns.
  private static func beginAnew(_ pair: BoundPair, of entity: BoundEntity, _ db: Database) throws {
    let columns = Side.allCases.map { quoted(BaseTable.column(pair.pair.name, $0)) }
    try db.execute(
      sql: """
        UPDATE \(quoted("base_\(entity.entity)"))
        SET \(columns.map { "\($0) = NULL" }.joined(separator: ", "))
        """)
  }

  private static func reconsider(
    _ pair: BoundPair, of entity: BoundEntity, heeding side: Side, _ db: Database
  ) throws {
    guard let field = pair.pair.field(on: side) else { return }
    let mirror = Mirror(side == .dynamics ? entity.dynamics : entity.marketo)
    let type = side == .dynamics ? pair.dynamics.type : pair.marketo.type
    let base = quoted("base_\(entity.entity)")
    let columns = Side.allCases.map { quoted(BaseTable.column(pair.pair.name, $0)) }
    let own = quoted(BaseTable.column(pair.pair.name, side))
    guard try db.tableExists("base_\(entity.entity)") else { return }
    let differing = """
      SELECT link.link_id FROM link
      JOIN \(quoted(mirror.table)) AS m ON m.\(quoted(mirror.key)) = link.\(side)_id
      LEFT JOIN \(base) AS b ON b.link_id = link.link_id
      WHERE link.entity = \(literal(entity.entity.rawValue)) AND link.state = 'active'
        AND b.\(own) IS NOT coalesce(\(canonicalText("m.\(quoted(field.rawValue))", type)), '')
      """
    try db.execute(
      sql: """
        UPDATE \(quoted(mirror.table)) SET _is_dirty = 1 WHERE \(quoted(mirror.key)) IN (
          SELECT \(side)_id FROM link WHERE link_id IN (\(differing)));
        UPDATE \(base) SET \(columns.map { "\($0) = NULL" }.joined(separator: ", "))
        WHERE link_id IN (\(differing));
        """)
  }

  /// Plans the records of pairs that the last run did not have, and tells the Marketo fields that must
  /// be read again: while nobody asked for them, nobody heard of their changes.
  ///
  /// Dynamics reads a table anew by itself when other columns are selected. A link that has a base of
  /// the pair keeps it; one without is planned if either side holds a value. Call it before the rules of
  /// this run are recorded.
  static func wakeReturning(
    _ layout: Layout, _ db: Database
  ) throws -> [ObjectType: [FieldName]] {
    let active = Set(
      try String.fetchAll(
        db.cachedStatement(sql: "SELECT entity || ' ' || pair FROM field_rule WHERE is_active = 1"))
    )
    let known = Set(try String.fetchAll(db.cachedStatement(sql: "SELECT entity FROM entity_rule")))
    var fields: [ObjectType: [FieldName]] = [:]
    for entity in layout.entities where known.contains(entity.entity.rawValue) {
      for pair in entity.pairs where !active.contains("\(entity.entity) \(pair.pair.name)") {
        fields[entity.marketo.object, default: []].append(pair.pair.marketo)
        try wake(pair, of: entity, db)
      }
    }
    return fields
  }

  private static func wake(_ pair: BoundPair, of entity: BoundEntity, _ db: Database) throws {
    guard let field = pair.pair.field(on: .dynamics) else { return }
    let dynamics = Mirror(entity.dynamics)
    let marketo = Mirror(entity.marketo)
    try db.cachedStatement(
      sql: """
        UPDATE \(quoted(dynamics.table)) SET _is_dirty = 1 WHERE \(quoted(dynamics.key)) IN (
          SELECT link.dynamics_id FROM link
          JOIN \(quoted(dynamics.table)) AS d ON d.\(quoted(dynamics.key)) = link.dynamics_id
          JOIN \(quoted(marketo.table)) AS m ON m.\(quoted(marketo.key)) = link.marketo_id
          LEFT JOIN \(quoted("base_\(entity.entity)")) AS b ON b.link_id = link.link_id
          WHERE link.entity = ? AND link.state = 'active'
            AND b.\(quoted(BaseTable.column(pair.pair.name, .dynamics))) IS NULL
            AND (d.\(quoted(field.rawValue)) IS NOT NULL
              OR m.\(quoted(pair.pair.marketo.rawValue)) IS NOT NULL))
        """
    ).execute(arguments: [entity.entity.rawValue])
  }
}

/// The canonical text of a mirror column, as SQL.
func canonicalText(_ column: String, _ type: FieldType) -> String {
  type == .boolean
    ? "CASE \(column) WHEN 1 THEN 'true' WHEN 0 THEN 'false' END" : "CAST(\(column) AS TEXT)"
}
