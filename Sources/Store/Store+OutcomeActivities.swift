import GRDB
import Model

/// An activity that is to be written, and how far that came.
public struct StoredOutcomeActivity: Hashable, Sendable {
  public var activity: OutcomeActivity
  /// When it was last sent; `nil` for one that never was.
  public var sentAt: Instant?
  public var silences: Int
}

/// What is known of an activity after a call or a look at the log.
public struct OutcomeSettlement: Hashable, Sendable {
  public var activity: Int64
  public var outcome: Outcome
  public var requestID: String?

  public enum Outcome: Hashable, Sendable {
    /// It stands in the log; `id` is the service's own, where it is known.
    case written(id: String?)
    case gone
    case refused(Rejection)
    /// Not sent, or certainly not carried out: to be sent again.
    case notSent
    /// It was sent without an answer, and is not there.
    case absent
  }

  public init(_ activity: Int64, _ outcome: Outcome, requestID: String? = nil) {
    self.activity = activity
    self.outcome = outcome
    self.requestID = requestID
  }
}

extension Store {
  /// The next activities whose outcome is not known, in their order.
  public func doubtfulActivities(after id: Int64, limit: Int) throws -> [StoredOutcomeActivity] {
    try activities("state = 'sending'", [], after: id, limit: limit)
  }

  /// The next activities that are to be sent now, in their order.
  public func pendingActivities(
    limit: Int, at now: Instant
  ) throws -> [StoredOutcomeActivity] {
    try activities(
      "state = 'pending' AND (retry_at IS NULL OR retry_at <= ?)", [now.text], after: 0,
      limit: limit)
  }

  private func activities(
    _ condition: String, _ arguments: StatementArguments, after id: Int64, limit: Int
  ) throws -> [StoredOutcomeActivity] {
    try read("read the outcomes to tell") { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT * FROM outcome_activity WHERE \(condition) AND activity_id > ?
            ORDER BY activity_id LIMIT ?
            """), arguments: arguments + [id, limit]
      ).map(Self.activity)
    }
  }

  private static func activity(_ row: Row) -> StoredOutcomeActivity {
    func moment(_ column: String) -> Instant? { (row[column] as String?).flatMap { Instant($0) } }
    return StoredOutcomeActivity(
      activity: OutcomeActivity(
        id: row["activity_id"], key: row["key"], person: .marketo(row["marketo_id"]),
        run: row["run_id"], entity: Entity(rawValue: row["entity"]),
        outcome: OutcomeActivity.Outcome(rawValue: row["outcome"]) ?? .synced,
        direction: Direction(rawValue: row["direction"]) ?? .both, fields: row["fields"],
        message: row["message"], at: moment("at") ?? Instant(seconds: 0)),
      sentAt: moment("sent_at"), silences: row["silences"])
  }

  /// Makes `ids` durable intents, just before the call.
  public func beginSending(activities ids: [Int64], at now: Instant) throws {
    try durableWrite("record which outcomes are about to be told") { db in
      for id in ids {
        try db.cachedStatement(
          sql: """
            UPDATE outcome_activity SET state = 'sending', sent_at = ?
            WHERE activity_id = ? AND state = 'pending'
            """
        ).execute(arguments: [now.text, id])
      }
    }
  }

  /// Stores what became of activities, all or nothing.
  ///
  /// After `mostSilences` or ``BackOff/mostTries`` refusals an activity is given up. Tells how many of
  /// them that are.
  @discardableResult
  public func settle(
    _ settlements: [OutcomeSettlement], mostSilences: Int, at now: Instant
  ) throws -> Int {
    guard !settlements.isEmpty else { return 0 }
    return try write("store which outcomes were told") { db in
      var givenUp = 0
      for settlement in settlements {
        if try Self.settle(settlement, mostSilences: mostSilences, at: now, db) { givenUp += 1 }
      }
      return givenUp
    }
  }

  private static func settle(
    _ settlement: OutcomeSettlement, mostSilences: Int, at now: Instant, _ db: Database
  ) throws -> Bool {
    let id = settlement.activity
    switch settlement.outcome {
    case .written(let service):
      try db.cachedStatement(
        sql: """
          UPDATE outcome_activity SET state = 'written', settled_at = ?, service_id = ?,
            request_id = ?, retry_at = NULL, error_code = NULL, error = NULL WHERE activity_id = ?
          """
      ).execute(arguments: [now.text, service, settlement.requestID, id])
      return false
    case .gone:
      try db.cachedStatement(
        sql: """
          UPDATE outcome_activity SET state = 'gone', settled_at = ?, request_id = ?
          WHERE activity_id = ?
          """
      ).execute(arguments: [now.text, settlement.requestID, id])
      return false
    case .notSent:
      try db.cachedStatement(
        sql: "UPDATE outcome_activity SET state = 'pending' WHERE activity_id = ?"
      ).execute(arguments: [id])
      return false
    case .absent:
      return try Bool.fetchOne(
        db.cachedStatement(
          sql: """
            UPDATE outcome_activity SET silences = silences + 1,
              state = CASE WHEN silences + 1 < ?1 THEN 'pending' ELSE 'refused' END,
              settled_at = CASE WHEN silences + 1 < ?1 THEN NULL ELSE ?2 END
            WHERE activity_id = ?3 RETURNING state = 'refused'
            """), arguments: [mostSilences, now.text, id]) ?? false
    case .refused(let rejection):
      return try refuse(id, rejection, settlement.requestID, at: now, db)
    }
  }

  private static func refuse(
    _ id: Int64, _ rejection: Rejection, _ requestID: String?, at now: Instant, _ db: Database
  ) throws -> Bool {
    let refusals = try Int.fetchOne(
      db.cachedStatement(
        sql: """
          UPDATE outcome_activity SET refusals = refusals + 1, request_id = ?, error_code = ?,
            error = ? WHERE activity_id = ? RETURNING refusals
          """), arguments: [requestID, rejection.code, rejection.message, id])
    let next = BackOff.nextTry(after: refusals ?? 1, of: .rejected, at: now)
    guard next < BackOff.never else {
      try db.cachedStatement(
        sql: """
          UPDATE outcome_activity SET state = 'refused', settled_at = ?, retry_at = NULL
          WHERE activity_id = ?
          """
      ).execute(arguments: [now.text, id])
      return true
    }
    try db.cachedStatement(
      sql: "UPDATE outcome_activity SET state = 'pending', retry_at = ? WHERE activity_id = ?"
    ).execute(arguments: [next.text, id])
    return false
  }

  /// Has what was refused or given up sent again, for persons of these ids; `nil` stands for all.
  static func resumeActivities(_ ids: [String]?, _ db: Database) throws {
    let condition = ids.map { "marketo_id IN (\(placeholders($0.count)))" } ?? "1"
    try db.cachedStatement(
      sql: """
        UPDATE outcome_activity SET state = 'pending', retry_at = NULL, settled_at = NULL,
          refusals = 0, silences = 0
        WHERE (state = 'refused' OR state = 'pending' AND retry_at IS NOT NULL) AND \(condition)
        """
    ).execute(arguments: StatementArguments(ids ?? []))
  }
}
