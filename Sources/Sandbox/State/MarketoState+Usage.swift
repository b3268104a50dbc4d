import GRDB

extension MarketoState {
  /// Counts one call of the user on the day of the call.
  func countCall(user: String) throws {
    try run(
      """
      INSERT INTO marketo_usage (day, user, calls) VALUES (?, ?, 1)
      ON CONFLICT (day, user) DO UPDATE SET calls = calls + 1
      """, [MarketoInstant.centralDay(now), user])
  }

  /// Counts one call that failed as a whole.
  func countError(_ code: Int) throws {
    try run(
      """
      INSERT INTO marketo_call_error (day, code, calls) VALUES (?, ?, 1)
      ON CONFLICT (day, code) DO UPDATE SET calls = calls + 1
      """, [MarketoInstant.centralDay(now), code])
  }

  /// The calls of the day, of all users.
  func callsToday() throws -> Int64 {
    try numbers(
      "SELECT COALESCE(SUM(calls), 0) FROM marketo_usage WHERE day = ?",
      [MarketoInstant.centralDay(now)]
    ).first ?? 0
  }

  /// The calls of each user on a day.
  func usage(day: String) throws -> [(user: String, calls: Int64)] {
    try rows("SELECT user, calls FROM marketo_usage WHERE day = ? ORDER BY user", [day])
      .map { ($0[0], $0[1]) }
  }

  /// The failed calls of a day by code.
  func errors(day: String) throws -> [(code: Int64, calls: Int64)] {
    try rows("SELECT code, calls FROM marketo_call_error WHERE day = ? ORDER BY code", [day])
      .map { ($0[0], $0[1]) }
  }
}
