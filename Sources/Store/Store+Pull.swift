import GRDB
import Model

/// What applying one page did.
public struct PageCounts: Hashable, Sendable {
  public var records = 0
  public var changed = 0

  public init(records: Int = 0, changed: Int = 0) {
    self.records = records
    self.changed = changed
  }
}

extension Store {
  /// Applies one page of a feed of records together with its watermark.
  ///
  /// A full read's last page marks as deleted what none of its pages held. A changed record wakes the
  /// errors of which it is a candidate.
  public func apply(
    _ page: ChangePage, to schema: ObjectSchema, run: Int64, at now: Instant
  ) throws -> PageCounts {
    let mirror = Mirror(schema)
    return try write("store a page of \(schema.object)") { db in
      let fullReadRun = try Self.fullReadRun(of: mirror.table, page: page, run: run, db)
      let first = try Self.nextChange(after: 0, db)
      var counts = try Self.upsert(page.records, into: mirror, run: run, markDirty: true, db)
      for id in page.deletions {
        counts.changed += try Self.markDeleted(id.text, in: mirror, run: run, db)
      }
      if page.watermark.isComplete, let fullReadRun {
        let sql = """
          SELECT \(quoted(mirror.key)) FROM \(quoted(mirror.table))
          WHERE _last_seen < ? AND _is_deleted = 0
          """
        for id in try String.fetchAll(db.cachedStatement(sql: sql), arguments: [fullReadRun]) {
          counts.changed += try Self.markDeleted(id, in: mirror, run: run, db)
        }
      }
      if counts.changed > 0 {
        try wakeErrors(aboutRowsOf: mirror, changedFrom: first, db)
        try Self.noteForeignChanges(
          in: mirror, changedFrom: first, Stamp(run: run, at: now), db)
      }
      try Self.store(
        page.watermark, of: mirror.table,
        fullReadRun: page.watermark.isComplete ? nil : fullReadRun, run: run, at: now, db)
      return counts
    }
  }

  /// Applies records that were looked up.
  ///
  /// Those of `missing` are marked as deleted. So are `strangers`, ids at which somebody else answered
  /// than the linked one: their Dynamics records are matched anew.
  @discardableResult
  public func apply(
    _ records: [Model.Record], missing: [String] = [], strangers: [String] = [],
    to schema: ObjectSchema, run: Int64
  ) throws -> PageCounts {
    let mirror = Mirror(schema)
    return try write("store \(schema.object) records") { db in
      var counts = try Self.upsert(records, into: mirror, run: run, markDirty: true, db)
      for id in missing + strangers {
        counts.changed += try Self.markDeleted(id, in: mirror, run: run, db)
      }
      for id in strangers { try Self.wakePartner(of: id, db) }
      return counts
    }
  }

  /// Makes the Dynamics record dirty that a Marketo record is linked to.
  private static func wakePartner(of marketoID: String, _ db: Database) throws {
    let link = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT entity, dynamics_id FROM link WHERE marketo_id = ? AND state = 'active'"),
      arguments: [marketoID])
    if let link { try wake(link["dynamics_id"], marketoID: nil, entity: link["entity"], db) }
  }

  static func upsert(
    _ records: [Model.Record], into mirror: Mirror, run: Int64, markDirty: Bool, _ db: Database
  ) throws -> PageCounts {
    guard !records.isEmpty else { return PageCounts() }
    let start = try nextChange(after: records.count, db)
    var writer = try MirrorWriter(mirror, run: run, isDirty: markDirty, db)
    defer { writer.finish() }
    for index in records.indices {
      try writer.write(records[index], change: start + Int64(index))
    }
    let changed = try Int.fetchOne(
      db.cachedStatement(
        sql: "SELECT count(*) FROM \(quoted(mirror.table)) WHERE _is_dirty = 1 AND _change >= ?"),
      arguments: [start])
    return PageCounts(records: records.count, changed: changed ?? 0)
  }

  /// Takes `count` change numbers and tells the first.
  static func nextChange(after count: Int, _ db: Database) throws -> Int64 {
    let statement = try db.cachedStatement(
      sql: "UPDATE change_sequence SET value = value + ? WHERE only = 1 RETURNING value")
    let last = try Int64.fetchOne(statement, arguments: [count])
    guard let last else {
      throw StoreError(.damaged, "number a change", "the change sequence is missing")
    }
    return last - Int64(count) + 1
  }

  static func markDeleted(
    _ id: String, in mirror: Mirror, run: Int64, _ db: Database
  ) throws -> Int {
    try db.cachedStatement(
      sql: """
        UPDATE \(quoted(mirror.table))
        SET _is_deleted = 1, _is_stale = 0, _is_dirty = 1, _last_changed = ?, _change = ?
        WHERE \(quoted(mirror.key)) = ? AND _is_deleted = 0
        """
    ).execute(arguments: [run, try nextChange(after: 1, db), id])
    return db.changesCount
  }

  /// The run that began the full read of which `page` is a part; `nil` where there is none.
  static func fullReadRun(
    of feed: String, page: ChangePage, run: Int64, _ db: Database
  ) throws -> Int64? {
    guard page.isFullRead else { return nil }
    let standing = try Int64.fetchOne(
      db.cachedStatement(
        sql: "SELECT full_read_run FROM watermark WHERE feed = ? AND is_complete = 0"),
      arguments: [feed])
    return standing ?? run
  }
}
