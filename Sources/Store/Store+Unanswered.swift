import GRDB
import Model

/// In how many runs in a row the writes of a record were sent without an answer.
public struct Silence: Hashable, Sendable {
  public var times: Int
  /// The service's last code, where it told one.
  public var code: String?
  public var requestID: String?

  public init(times: Int, code: String? = nil, requestID: String? = nil) {
    self.times = times
    self.code = code
    self.requestID = requestID
  }
}

extension Store {
  /// Counts operations that were sent and not answered, once a run, with what the service said instead.
  public func noteUnanswered(_ errors: [Int64: ServiceError], run: Int64) throws {
    guard !errors.isEmpty else { return }
    try write("note which writes were not answered") { db in
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO unanswered_write (dynamics_id, side, times, code, request_id, run_id)
          SELECT dynamics_id, side, 1, ?, ?, ? FROM operation WHERE operation_id = ?
          ON CONFLICT (dynamics_id, side) DO UPDATE SET
            times = CASE WHEN run_id = excluded.run_id THEN times ELSE times + 1 END,
            code = excluded.code, request_id = excluded.request_id, run_id = excluded.run_id
          """)
      for (operation, error) in errors.sorted(by: { $0.key < $1.key }) {
        try statement.execute(arguments: [error.code, error.requestID, run, operation])
      }
    }
  }

  /// The silences that operations stand behind, by operation; one without is missing.
  public func silences(of operations: [Int64]) throws -> [Int64: Silence] {
    guard !operations.isEmpty else { return [:] }
    return try read("look which writes were not answered before") { db in
      let isEmpty = try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT NOT EXISTS (SELECT 1 FROM unanswered_write)"))
      guard isEmpty == false else { return [:] }
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT operation_id, times, code, unanswered_write.request_id AS call FROM operation
            JOIN unanswered_write USING (dynamics_id, side)
            WHERE operation_id IN (\(placeholders(operations.count)))
            """), arguments: StatementArguments(operations))
      return Dictionary(
        rows.map { row in
          let silence = Silence(times: row["times"], code: row["code"], requestID: row["call"])
          return (row["operation_id"], silence)
        }
      ) { first, _ in first }
    }
  }

  /// The service answered: the record's writes travel with the others again.
  static func forgetSilence(of id: String, on side: Side, _ db: Database) throws {
    try db.cachedStatement(
      sql: "DELETE FROM unanswered_write WHERE dynamics_id = ? AND side = ?"
    ).execute(arguments: [id, side.rawValue])
  }
}
