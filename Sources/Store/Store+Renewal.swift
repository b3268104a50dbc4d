import GRDB

extension Store {
  /// Makes the database as empty as its migrations left it, and tells the schema that it has.
  ///
  /// The tables and views that were made from a layout stay, and with them whatever SQLite compiled
  /// for them. For the simulation, whose histories use one database after the other; no run may be
  /// under way. A database that it throws about is of no more use.
  package func renew() throws -> String {
    try StoreError.telling("empty the database") {
      try database.write { db in
        // Tables that point to others were made after them.
        let tables = try String.fetchAll(
          db.cachedStatement(
            sql: """
              SELECT name FROM sqlite_master
              WHERE type = 'table' AND name NOT IN ('migration', 'change_sequence')
              ORDER BY rowid DESC
              """))
        for table in tables {
          try db.cachedStatement(sql: "DELETE FROM \(quoted(table))").execute()
        }
        try db.cachedStatement(sql: "UPDATE change_sequence SET value = 0").execute()
        return try Self.schema(db)
      }
    }
  }

  /// Everything that decides how SQLite answers: tables and indexes in the order in which they were
  /// made, then the views.
  private static func schema(_ db: Database) throws -> String {
    try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT coalesce(sql, name) FROM sqlite_master
          ORDER BY type = 'view', CASE type WHEN 'view' THEN name ELSE rowid END
          """)
    ).joined(separator: ";\n")
  }
}
