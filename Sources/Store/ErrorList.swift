import GRDB
import Model

/// One entry of the error list.
struct ErrorEntry {
  enum Kind: String {
    case rejected
    case ambiguous
    case manual
    case untranslatable
  }

  var entity: Entity
  var dynamicsID: String
  var marketoID: String?
  var side: Side
  var kind: Kind
  /// The pair's name; empty for the whole record.
  var pair: String
  var code: String?
  var message: String
  var requestID: String?
  /// What was refused: other content is tried at once.
  var content: String
  var operation: Int64?
  var candidates: [RecordID]

  init(
    _ entity: Entity, dynamicsID: String, marketoID: String? = nil, side: Side, kind: Kind,
    pair: String = "", code: String? = nil, message: String, requestID: String? = nil,
    content: String = "", operation: Int64? = nil, candidates: [RecordID] = []
  ) {
    self.entity = entity
    self.dynamicsID = dynamicsID
    self.marketoID = marketoID
    self.side = side
    self.kind = kind
    self.pair = pair
    self.code = code
    self.message = message
    self.requestID = requestID
    self.content = content
    self.operation = operation
    self.candidates = candidates
  }
}

extension Store {
  /// Puts an entry on the error list, or counts another try of one that stands.
  ///
  /// When it is tried again by itself, ``BackOff`` says. What stays on the list keeps the moment at
  /// which it came up.
  static func record(_ entry: ErrorEntry, _ stamp: Stamp, _ db: Database) throws {
    let id = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          INSERT INTO sync_error (entity, dynamics_id, marketo_id, side, kind, pair, code, message,
            request_id, content, operation_id, first_at, last_at, retry_at)
          VALUES (\(placeholders(14)))
          ON CONFLICT (dynamics_id, side, kind, pair) DO UPDATE SET
            entity = excluded.entity, marketo_id = excluded.marketo_id, code = excluded.code,
            message = excluded.message, request_id = excluded.request_id,
            tries = CASE WHEN content = excluded.content THEN tries + 1 ELSE 1 END,
            content = excluded.content, operation_id = excluded.operation_id,
            last_at = excluded.last_at
          RETURNING error_id
          """),
      arguments: [
        entry.entity.rawValue, entry.dynamicsID, entry.marketoID, entry.side.rawValue,
        entry.kind.rawValue, entry.pair, entry.code, entry.message, entry.requestID,
        entry.content, entry.operation, stamp.at.text, stamp.at.text, stamp.at.text,
      ])
    let tries = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT tries FROM sync_error WHERE error_id = ?"), arguments: [id])
    let next = BackOff.nextTry(after: tries ?? 1, of: entry.kind, at: stamp.at)
    try db.cachedStatement(sql: "UPDATE sync_error SET retry_at = ? WHERE error_id = ?").execute(
      arguments: [next.text, id])
    try db.cachedStatement(sql: "DELETE FROM sync_error_candidate WHERE error_id = ?").execute(
      arguments: [id])
    for candidate in entry.candidates {
      try db.cachedStatement(
        sql: "INSERT INTO sync_error_candidate (error_id, side, record_id) VALUES (?, ?, ?)"
      ).execute(arguments: [id, candidate.side.rawValue, candidate.text])
    }
  }

  /// Takes a record's entries of the given kinds off the list: their cause is gone.
  static func forgetErrors(of id: String, kinds: [String], _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        DELETE FROM sync_error WHERE dynamics_id = ? AND kind IN (\(placeholders(kinds.count)))
        """)
    try statement.execute(arguments: [id] + StatementArguments(kinds))
  }

  /// Takes all of a record's entries off the list: it is no longer kept in step.
  static func forgetErrors(of id: String, _ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM sync_error WHERE dynamics_id = ?")
      .execute(arguments: [id])
    for side in Side.allCases { try forgetSilence(of: id, on: side, db) }
  }

  /// Makes the records of errors dirty whose time for another try has come.
  public func wakeErrors(at now: Instant) throws {
    try write("wake the errors that are due") { db in
      try wake(
        Row.fetchAll(
          db.cachedStatement(
            sql: """
              SELECT DISTINCT dynamics_id, marketo_id, entity FROM sync_error
              WHERE sync_error.retry_at <= ?
              """), arguments: [now.text]), db)
    }
  }

  /// Makes the records dirty for which `candidate` was one of several.
  func wakeErrors(about candidate: RecordID, _ db: Database) throws {
    try wake(
      Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT sync_error.dynamics_id, sync_error.marketo_id, sync_error.entity
            FROM sync_error_candidate
            JOIN sync_error ON sync_error.error_id = sync_error_candidate.error_id
            WHERE sync_error_candidate.record_id = ? AND sync_error_candidate.side = ?
            """), arguments: [candidate.text, candidate.side.rawValue]), db)
  }

  /// Makes the records dirty for which a row of `mirror`, changed since, was one of several.
  func wakeErrors(
    aboutRowsOf mirror: Mirror, changedFrom change: Int64, _ db: Database
  ) throws {
    try wake(
      Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT sync_error.dynamics_id, sync_error.marketo_id, sync_error.entity
            FROM sync_error_candidate AS candidate
            CROSS JOIN \(quoted(mirror.table)) AS m
              ON m.\(quoted(mirror.key)) = candidate.record_id AND m._change >= ?
            JOIN sync_error ON sync_error.error_id = candidate.error_id
            WHERE candidate.side = ? AND m._is_dirty = 1
            """), arguments: [change, mirror.object.side.rawValue]), db)
  }

  private func wake(_ rows: [Row], _ db: Database) throws {
    for row in rows {
      try Self.wake(
        row["dynamics_id"], marketoID: row["marketo_id"], entity: row["entity"], db)
    }
  }
}
