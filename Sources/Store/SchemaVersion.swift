import GRDB
import Migrations

/// The steps of the schema that a file has.
struct SchemaVersion {
  let applied: [String]

  init(applied: [String]) { self.applied = applied }

  /// Reads them; none of a file that dynsync did not make.
  init(of database: some DatabaseReader) throws {
    applied = try StoreError.telling("read the schema's version") {
      try database.read { db in
        guard try db.tableExists("migration"),
          try db.columns(in: "migration").contains(where: { $0.name == "name" })
        else { return [] }
        return try String.fetchAll(
          db.cachedStatement(sql: "SELECT name FROM migration ORDER BY name"))
      }
    }
  }

  /// Throws ``StoreError`` of kind `newerVersion` if a step is none of `steps`.
  func refuseNewer(than steps: [MigrationStep]) throws {
    let names = Set(steps.map(\.name))
    guard let unknown = applied.first(where: { !names.contains($0) }) else { return }
    throw StoreError(
      .newerVersion, "use the database",
      "it was written by a newer dynsync (step \(unknown))", mend: "install that version or newer")
  }
}
