import GRDB

extension Database {
  /// Runs `body` in a transaction of this kind; what it throws rolls everything back.
  ///
  /// GRDB's own transactions compile BEGIN and COMMIT each time: as much work as a small read.
  func transaction<Result>(_ kind: String, _ body: (Database) throws -> Result) throws -> Result {
    try cachedStatement(sql: "BEGIN \(kind) TRANSACTION").execute()
    do {
      let result = try body(self)
      try cachedStatement(sql: "COMMIT TRANSACTION").execute()
      return result
    } catch {
      // On a full disk SQLite has taken it back by itself.
      if isInsideTransaction { try rollback() }
      throw error
    }
  }
}
