extension Store {
  /// Copies everything into a new file at `path`, where nothing may stand yet.
  ///
  /// It is for databases in memory, which ``Backup`` cannot name. Throws ``StoreError``.
  public func copy(to path: String) throws {
    try StoreError.telling("copy the database to \(path)") {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [path])
      }
    }
  }
}
