import GRDB
import Model

/// A pair of fields that became empty on both sides for many records.
public struct EmptiedPair: Hashable, Sendable {
  public var entity: Entity
  public var pair: String
  public var count: Int

  public init(entity: Entity, pair: String, count: Int) {
    self.entity = entity
    self.pair = pair
    self.count = count
  }
}

extension Store {
  /// The pairs that a run found empty on both sides where they were filled, by its log.
  public func agreedEmpty(in run: Int64) throws -> [EmptiedPair] {
    try read("count what became empty on both sides") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT entity, field, count(*) FROM activity_log
            WHERE run_id = ? AND action = 'agreed' AND dynamics_value IS NULL
              AND marketo_value IS NULL AND (dynamics_base <> '' OR marketo_base <> '')
            GROUP BY entity, field ORDER BY entity, field
            """), arguments: [run]
      ).map { EmptiedPair(entity: Entity(rawValue: $0[0]), pair: $0[1], count: $0[2]) }
    }
  }

  /// How many fields a run paused.
  public func pausedFields(in run: Int64) throws -> Int {
    try read("count what is paused") { db in
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT count(*) FROM (
              SELECT DISTINCT dynamics_id, pair FROM paused_value WHERE run_id = ?)
            """), arguments: [run]) ?? 0
    }
  }

  /// How many active links of an entity agreed on a value of the pair, by what a side held then.
  static func filled(
    _ pair: String, on side: Side, of entity: String, _ db: Database
  ) throws -> Int {
    let table = "base_\(entity)"
    let column = BaseTable.column(pair, side)
    guard try db.tableExists(table),
      try db.columns(in: table).contains(where: { $0.name == column })
    else { return 0 }
    return try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM \(quoted(table)) AS b JOIN link USING (link_id)
          WHERE link.state = 'active' AND b.\(quoted(column)) <> ''
          """)) ?? 0
  }
}
