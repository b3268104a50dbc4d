import GRDB
import Model

extension Store {
  /// Has what the error list holds of some records, and what is paused of them, tried again at the next
  /// run.
  ///
  /// Their back-off begins anew. Tells how many records that are. `ids` are of either side; `nil`
  /// stands for all records. It is the one place where a person's wish to go on with a record arrives.
  /// Safe beside a run, without its lock: a record that becomes dirty while it is written is planned
  /// again. Activities that were refused are sent again as well, and do not count. Requests that were
  /// refused (``refusedRequests(of:)``) stay as they are.
  @discardableResult
  public func retry(_ ids: [String]?, at now: Instant) throws -> Int {
    let marks = placeholders(ids?.count ?? 0)
    let named = ids == nil ? "1" : "(dynamics_id IN (\(marks)) OR marketo_id IN (\(marks)))"
    let arguments = StatementArguments((ids ?? []) + (ids ?? []))
    return try write("have records tried again") { db in
      let condition = "\(named) AND NOT \(try Self.isRefusedRequest(db))"
      let records = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT DISTINCT dynamics_id, marketo_id, entity FROM sync_error WHERE \(condition)
            """), arguments: arguments)
      try db.cachedStatement(
        sql: "UPDATE sync_error SET retry_at = ?, tries = 0 WHERE \(condition)"
      ).execute(arguments: [now.text] + arguments)
      for record in records {
        try Self.wake(
          record["dynamics_id"], marketoID: record["marketo_id"], entity: record["entity"], db)
      }
      try Self.resumeActivities(ids, db)
      return Set(records.map { $0["dynamics_id"] as String }).union(try Self.resume(ids, db)).count
    }
  }

  /// Takes refused requests off the list of persons who ask no more, by a query for their ids.
  ///
  /// The log keeps what was refused.
  func forgetRequests(of persons: String, _ stamp: Stamp, _ db: Database) throws {
    let condition = "side = 'dynamics' AND marketo_id IN (\(persons))"
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM sync_error WHERE \(condition)"))
    for row in rows {
      var entry = LogEntry(
        Entity(rawValue: row["entity"]), .skipped, dynamicsID: row["dynamics_id"],
        marketoID: row["marketo_id"], side: .dynamics,
        rule: "refused by dynamics, and the person asks no more", requestID: row["request_id"],
        message: row["message"])
      entry.errorCode = row["code"]
      try Self.log(entry, stamp, db)
    }
    guard !rows.isEmpty else { return }
    try db.cachedStatement(sql: "DELETE FROM sync_error WHERE \(condition)").execute()
  }
}
