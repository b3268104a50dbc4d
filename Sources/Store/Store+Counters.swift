import GRDB

extension Store {
  /// Lets `body` use SQLite's own connection: its counters, and statements that nobody else needs.
  ///
  /// For measuring alone. `body` must leave no transaction open and keep nothing of the connection.
  package func withConnection<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result {
    try StoreError.telling("measure the database") {
      try database.writeWithoutTransaction { db in
        guard let connection = db.sqliteConnection else {
          throw StoreError(.cannotOpen, "measure the database", "it is closed")
        }
        return try body(connection)
      }
    }
  }
}
