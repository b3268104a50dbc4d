import GRDB
import Model

extension Store {
  /// Follows a merge of two Marketo records with the loser's link.
  ///
  /// If only the loser was linked, its link moves to the winner, which is read next. If both were,
  /// the loser's link becomes `merged` and moves nothing until Dynamics merges the two as well; planning
  /// puts its record on the error list.
  func followMerge(
    of loser: String, into winner: String, in mirror: Mirror, _ stamp: Stamp, _ db: Database
  ) throws {
    let sql = "SELECT * FROM link WHERE marketo_id = ? AND state = 'active'"
    let standing = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [loser])
    guard let lost = try standing.map(Self.link) ?? linkEnded(ofGone: loser, db) else { return }
    var entry = LogEntry(
      lost.entity, .merged, dynamicsID: lost.dynamicsID, marketoID: winner,
      rule: "merged in Marketo")
    if let kept = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [winner]).map(Self.link)
    {
      try db.cachedStatement(
        sql: "UPDATE link SET state = 'merged', survivor_id = ?, changed_at = ? WHERE link_id = ?"
      ).execute(arguments: [kept.dynamicsID, stamp.at.text, lost.id])
      entry.message =
        "its person \(loser) is now part of \(winner), which is \(kept.entity) \(kept.dynamicsID);"
        + " merge the two in Dynamics as well"
      try Self.wake(lost.dynamicsID, marketoID: nil, entity: lost.entity.rawValue, db)
    } else {
      try db.cachedStatement(
        sql: """
          UPDATE link SET marketo_id = ?, how = 'merge', state = 'active', changed_at = ?
          WHERE link_id = ?
          """
      ).execute(arguments: [winner, stamp.at.text, lost.id])
      try forgetOptOuts(of: lost, db)
      if lost.state != .active {
        try Self.wake(lost.dynamicsID, marketoID: nil, entity: lost.entity.rawValue, db)
      }
      try Self.markForReading(winner, in: mirror, run: stamp.run, db)
      // A person that is mirrored may hold what was its own record's, and be read as it was.
      try Self.touch(winner, in: mirror, db)
      entry.message = "its link moved from \(loser) to \(winner)"
    }
    try Self.wakeDependents(of: lost.dynamicsID, db)
    try Self.log(entry, stamp, db)
  }

  /// The link of a person who was found to be gone before the feed told of the merge.
  ///
  /// `nil` where the record is gone as well, has another person by now, or is about to get one. Before
  /// an adoption the number was another person's.
  private func linkEnded(ofGone person: String, _ db: Database) throws -> Link? {
    let ended = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT link.*, dynamics_object FROM link JOIN entity_rule USING (entity)
          WHERE marketo_id = ? AND state = 'deleted'
            AND linked_at > coalesce((SELECT max(at) FROM adoption WHERE side = 'marketo'), '')
            AND NOT EXISTS (SELECT 1 FROM link AS other
              WHERE other.dynamics_id = link.dynamics_id AND other.state = 'active')
            AND NOT EXISTS (SELECT 1 FROM operation
              WHERE operation.dynamics_id = link.dynamics_id AND \(Self.isOpen))
          ORDER BY link_id DESC LIMIT 1
          """), arguments: [person])
    guard let ended else { return nil }
    let object = ObjectType(.dynamics, ended["dynamics_object"])
    guard let key = try Self.keyColumn(of: object, db) else { return nil }
    let isLiving = try Bool.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM \(quoted(Mirror.table(of: object)))
            WHERE \(quoted(key)) = ? AND _is_deleted = 0)
          """), arguments: [ended["dynamics_id"] as String])
    return isLiving == true ? Self.link(from: ended) : nil
  }

  /// Begins the pairs in which `true` wins without a base: the winner never took an opt-out back, it only
  /// never opted out.
  private func forgetOptOuts(of link: Link, _ db: Database) throws {
    let pairs = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT pair FROM field_rule
          WHERE entity = ? AND winner = 'true_wins' AND is_active = 1 ORDER BY pair
          """), arguments: [link.entity.rawValue])
    let columns = pairs.flatMap { pair in
      Side.allCases.map { "\(quoted(BaseTable.column(pair, $0))) = NULL" }
    }
    guard !columns.isEmpty else { return }
    try db.cachedStatement(
      sql: """
        UPDATE \(quoted("base_\(link.entity)")) SET \(columns.joined(separator: ", "))
        WHERE link_id = ?
        """
    ).execute(arguments: [link.id])
  }

  /// Makes sure that a record is read by id next, also one that was never mirrored.
  static func markForReading(
    _ id: String, in mirror: Mirror, run: Int64, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO \(quoted(mirror.table)) (\(quoted(mirror.key)), _hash, _first_seen, _last_seen,
          _last_changed, _change, _is_dirty, _is_stale)
        VALUES (?, '', ?, ?, ?, ?, 0, 1)
        ON CONFLICT (\(quoted(mirror.key))) DO UPDATE SET _is_stale = 1
        """
    ).execute(arguments: [id, run, run, run, try nextChange(after: 1, db)])
  }
}
