import GRDB
import Model

extension Store {
  /// The fields that each of the last whole runs wrote, and found changed back, by Dynamics id.
  ///
  /// A run that wrote nothing in between ends it: then this costs one look at the last runs.
  public func comebacks() throws -> [String: [Comeback]] {
    try read("look for fields that are written at every run") { db in
      let runs = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT run_id, records_updated FROM run WHERE \(Self.isWhole)
            ORDER BY run_id DESC LIMIT ?
            """), arguments: [Comeback.runs]
      ).map { row in (id: row[0] as Int64, updates: row[1] as Int) }
      guard let quietest = runs.min(by: { $0.updates < $1.updates }),
        runs.count == Comeback.runs, quietest.updates > 0
      else { return [:] }
      let ids = runs.map(\.id)
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            WITH suspect AS (
              SELECT dynamics_id FROM operation
              WHERE run_id IN (\(placeholders(ids.count))) AND status = 'applied'
                AND action = 'update' AND dynamics_id IN (
                  SELECT dynamics_id FROM operation
                  WHERE run_id = ? AND status = 'applied' AND action = 'update')
              GROUP BY dynamics_id HAVING count(DISTINCT run_id) = ?)
            SELECT o.dynamics_id, f.pair, o.run_id, o.side, o.settled_at, f.source_value,
              f.sent_value, f.predicted_value, f.value_before
            FROM operation AS o JOIN operation_field AS f USING (operation_id)
            WHERE o.run_id IN (\(placeholders(ids.count))) AND o.status = 'applied'
              AND o.action = 'update' AND o.dynamics_id IN (SELECT dynamics_id FROM suspect)
            ORDER BY o.operation_id
            """),
        arguments: StatementArguments(ids) + [quietest.id, Comeback.runs]
          + StatementArguments(ids))
      return Self.comebacks(in: rows)
    }
  }

  private static func comebacks(in rows: [Row]) -> [String: [Comeback]] {
    let byRecord = Dictionary(grouping: rows) { $0["dynamics_id"] as String }
    return byRecord.compactMapValues { rows in
      let found = Dictionary(grouping: rows) { $0["pair"] as String }
        .compactMap { pair, rows in
          Comeback(pair: pair, writes: rows.compactMap(PastWrite.init))
        }
      return found.isEmpty ? nil : found.sorted { $0.pair < $1.pair }
    }
  }

  /// The fields that are paused, of the given Dynamics records.
  static func pauses(of ids: [String], _ db: Database) throws -> [String: [Comeback]] {
    guard !ids.isEmpty else { return [:] }
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT dynamics_id, pair, side, value, since FROM paused_value
          WHERE dynamics_id IN (\(placeholders(ids.count))) ORDER BY pair
          """), arguments: StatementArguments(ids))
    var pauses: [String: [Comeback]] = [:]
    for row in rows {
      guard let side = Side(rawValue: row["side"]), let since = Instant(row["since"] as String)
      else { continue }
      var standing = pauses[row["dynamics_id"], default: []]
      if standing.last?.pair != row["pair"] {
        standing.append(Comeback(pair: row["pair"], values: [:], since: since))
      }
      standing[standing.count - 1].values[side, default: []].insert(row["value"])
      pauses[row["dynamics_id"]] = standing
    }
    return pauses
  }

  /// Makes the record's pauses those of its plan: what is written again, or agrees, is none.
  func recordPauses(of plan: RecordPlan, _ stamp: Stamp, _ db: Database) throws {
    let kept = plan.paused.map(\.pair)
    try db.cachedStatement(
      sql: """
        DELETE FROM paused_value
        WHERE dynamics_id = ? AND pair NOT IN (\(placeholders(kept.count)))
        """
    ).execute(arguments: [plan.dynamicsID] + StatementArguments(kept))
    let statement = try db.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO paused_value (dynamics_id, pair, side, value, entity, marketo_id,
          since, run_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for field in plan.paused {
      for (side, values) in field.values {
        for value in values {
          try statement.execute(arguments: [
            plan.dynamicsID, field.pair, side.rawValue, value, plan.entity.rawValue,
            plan.marketoID, field.since.text, stamp.run,
          ])
        }
      }
    }
  }

  /// Lets the next run write the paused fields of records again, and tells which records these were.
  ///
  /// `ids` are of either side; `nil` stands for all. What comes back once more is paused again, after as
  /// many runs as the first time.
  static func resume(_ ids: [String]?, _ db: Database) throws -> Set<String> {
    let marks = placeholders(ids?.count ?? 0)
    let condition = ids == nil ? "1" : "p.dynamics_id IN (\(marks)) OR p.marketo_id IN (\(marks))"
    let paused = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT p.dynamics_id, entity_rule.dynamics_object AS object
          FROM paused_value AS p JOIN entity_rule USING (entity) WHERE \(condition)
          """), arguments: StatementArguments((ids ?? []) + (ids ?? [])))
    for row in paused {
      let record: String = row["dynamics_id"]
      try db.cachedStatement(sql: "DELETE FROM paused_value WHERE dynamics_id = ?").execute(
        arguments: [record])
      try wake(record, object: ObjectType(.dynamics, row["object"]), db)
    }
    return Set(paused.map { $0["dynamics_id"] })
  }
}

extension PastWrite {
  /// Reads a row of the operations; `nil` for one that was never settled.
  fileprivate init?(_ row: Row) {
    guard let side = Side(rawValue: row["side"]),
      let at = (row["settled_at"] as String?).flatMap({ Instant($0) })
    else { return nil }
    self.init(
      run: row["run_id"], side: side, source: row["source_value"] ?? "",
      sent: row["sent_value"] ?? "", predicted: row["predicted_value"] ?? "",
      before: row["value_before"] ?? "", at: at)
  }
}
