import GRDB

extension MarketoState {
  /// Every object that has records: those that are always there, and the approved custom ones.
  func objects() throws -> [MarketoObject] {
    try MarketoObject.all + customTypes().compactMap(\.object)
  }

  /// The object of a path; `nil` where there is none, or a custom one that was never approved.
  func object(_ path: String) throws -> MarketoObject? {
    if let object = MarketoObject.named(path) { return object }
    let parts = path.split(separator: "/")
    guard parts.count == 2, parts[0] == "customobjects" else { return nil }
    return try customType(String(parts[1]))?.object
  }

  /// Makes the table of an approved custom object, or fits it to the fields that it has now.
  ///
  /// The values of a field that is gone go with it.
  func makeRoom(for object: MarketoObject) throws {
    try Self.createTable(of: object, db)
    let table = Self.table(object)
    let columns = try String.fetchAll(
      db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
    for column in columns where object.field(column) == nil {
      try db.execute(
        sql: "ALTER TABLE \(Self.quote(table)) DROP COLUMN \(Self.quote(column))")
    }
  }

  /// Removes a type with both its versions and all its records.
  func delete(_ type: MarketoCustomType) throws {
    if let object = type.object {
      try db.execute(sql: "DROP TABLE \(Self.quote(Self.table(object)))")
    }
    try run("DELETE FROM marketo_custom_type WHERE id = ?", [type.id])
  }
}
