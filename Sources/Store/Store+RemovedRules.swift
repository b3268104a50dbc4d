import GRDB
import Model

extension Store {
  /// Takes away what is left of rules that the configuration has no more.
  ///
  /// The errors, pauses and waits of an entity that was taken out go with it: if it comes back, all of
  /// its records are planned. Records that stand on a list because of a pair that is gone are planned
  /// anew. What was sent stays recorded. Call it before the rules of this run are recorded.
  static func forgetRemoved(_ layout: Layout, _ db: Database) throws {
    let names = layout.entities.map(\.entity.rawValue)
    let condition = "entity NOT IN (\(placeholders(names.count)))"
    for sql in [
      "DELETE FROM sync_error WHERE \(condition)", "DELETE FROM paused_value WHERE \(condition)",
      "DELETE FROM dependency WHERE state = 'waiting' AND \(condition)",
    ] {
      try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(names))
    }
    let standing = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT entity, pair FROM field_rule WHERE is_active = 1"))
    for entity in layout.entities {
      let name = entity.entity.rawValue
      let removed = Set(standing.filter { $0[0] == name }.map { $0[1] as String })
        .subtracting(entity.pairs.map(\.pair.name))
      if !removed.isEmpty { try wake(entity.entity, listedFor: removed.sorted(), db) }
    }
  }

  /// Makes the records dirty that are paused, waiting or on the error list because of some pairs.
  ///
  /// The pair of a derived value begins with an underscore: which of the waits were for it, planning
  /// tells.
  private static func wake(_ entity: Entity, listedFor pairs: [String], _ db: Database) throws {
    let isRemoved = "pair IN (\(placeholders(pairs.count)))"
    let waits = """
      UNION SELECT dynamics_id, NULL FROM dependency WHERE state = 'waiting' AND entity = ?
      """
    let isDerived = pairs.contains { $0.hasPrefix("_") }
    let name: StatementArguments = [entity.rawValue]
    let removed = StatementArguments(pairs)
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT dynamics_id, marketo_id FROM paused_value WHERE entity = ? AND \(isRemoved)
          UNION SELECT dynamics_id, marketo_id FROM sync_error WHERE entity = ? AND \(isRemoved)
          UNION SELECT dynamics_id, marketo_id FROM sync_error
            WHERE entity = ? AND pair = '' AND EXISTS (SELECT 1 FROM operation_field AS field
              WHERE field.operation_id = sync_error.operation_id AND field.\(isRemoved))
          \(isDerived ? waits : "")
          """),
      arguments: name + removed + name + removed + name + removed + (isDerived ? name : []))
    for row in rows { try wake(row[0], marketoID: row[1], entity: entity.rawValue, db) }
  }
}
