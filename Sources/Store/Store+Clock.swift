import GRDB
import Model

extension Store {
  /// When the run before `run` began, if that is still to come by the clock of now.
  ///
  /// The clock was wrong then, or is now.
  public func lastStart(before run: Int64, after now: Instant) throws -> Instant? {
    try read("look at the clock") { db in
      try String.fetchOne(
        db.cachedStatement(
          sql: "SELECT started_at FROM run WHERE run_id < ? ORDER BY run_id DESC LIMIT 1"),
        arguments: [run]
      ).flatMap { Instant($0) }.flatMap { $0.seconds > now.seconds ? $0 : nil }
    }
  }

  /// Moves times that are still to come, and should be past, to now: nothing waits for them.
  ///
  /// These are when a write was sent whose outcome is open, and when a refused one was last tried.
  public func pullBackTimes(to now: Instant) throws {
    try write("mend times that are still to come") { db in
      try db.cachedStatement(
        sql: "UPDATE operation SET sent_at = ?1 WHERE \(Self.isOpen) AND sent_at > ?1"
      ).execute(arguments: [now.text])
      try db.cachedStatement(
        sql: "UPDATE sync_error SET last_at = ?1, retry_at = ?1 WHERE last_at > ?1"
      ).execute(arguments: [now.text])
      try db.cachedStatement(
        sql: """
          UPDATE outcome_activity SET sent_at = min(sent_at, ?1), retry_at = min(retry_at, ?1)
          WHERE \(Self.isOpenActivity) AND sent_at > ?1
          """
      ).execute(arguments: [now.text])
    }
  }
}
