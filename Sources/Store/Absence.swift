import GRDB
import Model

/// Records that should have been read, and were not there.
public struct Absence: Hashable, Sendable {
  /// The ids of those that were not there.
  public var missing: [String]
  /// How many there should have been.
  public var expected: Int

  public init(missing: [String], expected: Int) {
    self.missing = missing
    self.expected = expected
  }
}

extension Store {
  /// The records that a full read did not hold, if `page` is its last; `nil` if none is missing.
  ///
  /// Linked records count, and all of an object that has no links of its own.
  public func absence(
    after page: ChangePage, in schema: ObjectSchema, run: Int64
  ) throws -> Absence? {
    guard page.isFullRead, page.watermark.isComplete else { return nil }
    let mirror = Mirror(schema)
    return try read("look for \(schema.object) records that were not read") { db in
      let first = try Self.fullReadRun(of: mirror.table, page: page, run: run, db) ?? run
      let condition = try Self.isExpected(in: mirror, db)
      let unseen = try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT d.\(quoted(mirror.key)) FROM \(quoted(mirror.table)) AS d
            WHERE d._last_seen < ? AND d._is_deleted = 0 AND \(condition)
            """), arguments: [first])
      let missing = Set(unseen).subtracting(page.records.map(\.id.text)).sorted()
      guard !missing.isEmpty else { return nil }
      let expected = try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT count(*) FROM \(quoted(mirror.table)) AS d
            WHERE d._is_deleted = 0 AND d._first_seen < ? AND \(condition)
            """), arguments: [first])
      return Absence(missing: missing, expected: max(expected ?? 0, missing.count))
    }
  }

  /// Whether the alias `d` is a row whose loss would reach Marketo.
  private static func isExpected(in mirror: Mirror, _ db: Database) throws -> String {
    let isEntity = try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM entity_rule WHERE dynamics_object = ?)"),
      arguments: [mirror.object.name])
    guard isEntity == true else { return "1" }
    return """
      EXISTS (SELECT 1 FROM link
        WHERE link.dynamics_id = d.\(quoted(mirror.key)) AND link.state = 'active')
      """
  }

  /// Takes back that linked records are gone, before their links ended: they are to be looked up again.
  public func doubt(_ missing: Set<String>, in schema: ObjectSchema) throws {
    let mirror = Mirror(schema)
    try write("take back that \(schema.object) records are gone") { db in
      let statement = try db.cachedStatement(
        sql: """
          UPDATE \(quoted(mirror.table)) SET _is_deleted = 0, _is_stale = 1
          WHERE \(quoted(mirror.key)) = ? AND EXISTS (SELECT 1 FROM link
            WHERE link.\(mirror.object.side)_id = ? AND link.state = 'active')
          """)
      for id in missing.sorted() { try statement.execute(arguments: [id, id]) }
    }
  }

  /// How many records of an object the mirror holds as standing.
  public func livingCount(in schema: ObjectSchema) throws -> Int {
    let mirror = Mirror(schema)
    return try read("count \(schema.object) records") { db in
      try Int.fetchOne(
        db.cachedStatement(
          sql: "SELECT count(*) FROM \(quoted(mirror.table)) WHERE _is_deleted = 0")) ?? 0
    }
  }
}
