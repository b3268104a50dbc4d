import GRDB
import Model

extension Store {
  /// Applies one page of a feed of notices together with its watermark.
  ///
  /// A notice that was applied before costs nothing. A mirrored record becomes *stale*, to be read
  /// again, where a reported value differs from the mirror; a deleted one is marked. What happens to
  /// a candidate of an open error wakes the error's record.
  public func apply(
    notices page: ChangePage, to schema: ObjectSchema, run: Int64, at now: Instant
  ) throws -> PageCounts {
    let mirror = Mirror(schema)
    return try write("store a page of \(schema.object) notices") { db in
      var counts = PageCounts()
      for notice in page.notices {
        try db.cachedStatement(
          sql: "INSERT OR IGNORE INTO activity_seen (marketo_guid, at, run_id) VALUES (?, ?, ?)"
        ).execute(arguments: [notice.id, notice.at.text, run])
        guard db.changesCount > 0 else { continue }
        counts.records += 1
        counts.changed += try apply(notice, to: mirror, Stamp(run: run, at: now), db)
      }
      try Self.store(
        page.watermark, of: mirror.table, fullReadRun: nil, run: run, at: now, db)
      return counts
    }
  }

  private func apply(
    _ notice: Notice, to mirror: Mirror, _ stamp: Stamp, _ db: Database
  ) throws -> Int {
    try wakeErrors(about: notice.record, db)
    if notice.isRequest {
      try Self.markForReading(notice.record.text, in: mirror, run: stamp.run, db)
      return 1
    }
    switch notice.event {
    case .created:
      try noteNewcomer(notice.record.text, in: mirror, stamp, db)
      return 0
    case .deleted: return try Self.markDeleted(notice.record.text, in: mirror, run: stamp.run, db)
    case .merged(let losers):
      var changed = try markStale(notice.record.text, in: mirror, where: "1", [], db)
      for loser in losers {
        try wakeErrors(about: loser, db)
        try followMerge(of: loser.text, into: notice.record.text, in: mirror, stamp, db)
        changed += try Self.markDeleted(loser.text, in: mirror, run: stamp.run, db)
      }
      return changed
    case .changed(let name, let newValue):
      guard let field = mirror.fields.first(where: { $0.name == name }) else {
        return try markStale(notice.record.text, in: mirror, where: "1", [], db)
      }
      let value = Value(canonicalText: newValue, type: field.type, side: mirror.object.side)
      guard let value else {
        return try markStale(notice.record.text, in: mirror, where: "1", [], db)
      }
      // A company's change is told once for each of its persons; it is none of theirs.
      let isOwn = field.isOfCompany ? "_account IS NULL AND " : ""
      return try markStale(
        notice.record.text, in: mirror, where: "\(isOwn)\(quoted(name.rawValue)) IS NOT ?",
        [value.databaseValue], db)
    }
  }

  private func markStale(
    _ id: String, in mirror: Mirror, where condition: String, _ values: [DatabaseValue],
    _ db: Database
  ) throws -> Int {
    try db.cachedStatement(
      sql: """
        UPDATE \(quoted(mirror.table)) SET _is_stale = 1
        WHERE \(quoted(mirror.key)) = ? AND _is_deleted = 0 AND \(condition)
        """
    ).execute(arguments: [id] + StatementArguments(values))
    return db.changesCount
  }

  /// The next records of which a feed reported a change that is not read yet, in the order of ids.
  public func staleRecords(
    in schema: ObjectSchema, after id: String, limit: Int
  ) throws -> [String] {
    let mirror = Mirror(schema)
    return try read("list the stale \(schema.object) records") { db in
      try String.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT \(quoted(mirror.key)) FROM \(quoted(mirror.table))
            WHERE _is_stale = 1 AND \(quoted(mirror.key)) > ?
            ORDER BY \(quoted(mirror.key)) LIMIT ?
            """), arguments: [id, limit])
    }
  }

  /// Marks every linked record of `schema` to be read again: the sweep that finds what no feed told.
  public func markAllStale(in schema: ObjectSchema) throws {
    try write("mark \(schema.object) records for a sweep") { db in
      try Self.markAllStale(in: Mirror(schema), db)
    }
  }

  static func markAllStale(in mirror: Mirror, _ db: Database) throws {
    try db.cachedStatement(
      sql: "UPDATE \(quoted(mirror.table)) SET _is_stale = 1 WHERE _is_deleted = 0"
    ).execute()
  }

  /// Forgets activities that no overlap can tell again.
  public func forgetActivities(before instant: Instant) throws {
    try write("shorten the list of seen activities") { db in
      try db.cachedStatement(sql: "DELETE FROM activity_seen WHERE at < ?").execute(arguments: [
        instant.text
      ])
    }
  }
}
