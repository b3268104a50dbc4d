import GRDB
import Model

extension Reader {
  /// The newest rows of the log that `filter` asks for, at most `limit`; newest last.
  ///
  /// With a field, a record's create is among them, with the value that the field was created with.
  public func log(_ filter: LogFilter, limit: Int) throws -> [LogLine] {
    let query = LogQuery(filter, limit: limit)
    return try read("read the log") { db in
      try Row.fetchAll(db.cachedStatement(sql: query.sql), arguments: query.arguments)
        .reversed().map { LogLine($0) }
    }
  }

  /// The number of the newest run; `nil` before the first.
  public func newestRun() throws -> Int64? {
    try read("look for the newest run") { db in
      try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(run_id) FROM run"))
    }
  }

  /// Whether a pair is the one of a bound name: the pair itself, or one of its two fields.
  static func names(_ column: String) -> String {
    """
    (\(column) = ? OR \(column) LIKE ? || '\\_\\_%' ESCAPE '\\'
      OR \(column) LIKE '%\\_\\_' || ? ESCAPE '\\')
    """
  }
}
