import GRDB

/// The stored half of the Marketo sandbox as one call sees it: a transaction, the time, and the
/// switches that hold.
///
/// Every call has its own, inside one transaction; its other files hold all the SQL.
struct MarketoState {
  let db: Database
  /// The time of the call, in Unix seconds.
  let now: Int64
  let settings: MarketoSettings

  init(_ db: Database, now: Int64) throws {
    self.db = db
    self.now = now
    settings = try MarketoSettings(touched: Self.touchedSettings(db))
  }

  /// The time of the call as Marketo writes it.
  var nowText: MarketoValue { .text(MarketoInstant.text(now)) }

  /// Runs a prepared statement that answers nothing.
  func run(_ sql: String, _ arguments: StatementArguments = []) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// Runs a prepared query.
  func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
    try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
  }

  /// Runs a prepared query for whole numbers.
  func numbers(_ sql: String, _ arguments: StatementArguments = []) throws -> [Int64] {
    try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
  }

  /// An identifier as SQL takes it.
  static func quote(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
