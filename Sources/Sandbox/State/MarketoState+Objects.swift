import GRDB

/// A record of an object as a read finds it.
struct MarketoObjectRow: Hashable, Sendable {
  /// The row's own number, in whose order pages run.
  var row: Int64
  /// The values of the fields asked for, in that order.
  var values: [MarketoValue]
}

extension MarketoState {
  /// The row whose fields hold the values; `nil` where there is none.
  func row(of object: MarketoObject, where key: [MarketoFieldValue]) throws -> Int64? {
    let conditions = key.map { "o." + Self.quote($0.field.name) + " = ?" }
      .joined(separator: " AND ")
    return try numbers(
      """
      SELECT o.rowid FROM \(Self.quote(Self.table(object))) AS o
      WHERE \(conditions) AND \(Self.isKeyed(object)) LIMIT 1
      """, StatementArguments(key.map(\.value.databaseValue))
    ).first
  }

  /// The rows whose field holds a value.
  func rows(
    of object: MarketoObject, where field: MarketoField, equals value: MarketoValue
  ) throws -> [Int64] {
    try numbers(
      """
      SELECT rowid FROM \(Self.quote(Self.table(object))) WHERE \(Self.quote(field.name)) = ?
      ORDER BY rowid
      """, [value.databaseValue])
  }

  /// The records with one of the keys after a row, in the order of their rows.
  ///
  /// Each key holds one value for each of the named fields.
  func records(
    of object: MarketoObject, where names: [String], in keys: [[MarketoValue]], after row: Int64,
    limit: Int, fields: [MarketoField]
  ) throws -> [MarketoObjectRow] {
    let columns = ["o.rowid"] + fields.map { "o." + Self.quote($0.name) }
    let matches = names.enumerated().map { place, name in
      "o.\(Self.quote(name)) = k.value ->> \(place)"
    }
    let list = MarketoJSON.array(keys.map { .array($0.map(\.json)) }).jsonText
    return try rows(
      """
      SELECT DISTINCT \(columns.joined(separator: ", "))
      FROM json_each(?) AS k JOIN \(Self.quote(Self.table(object))) AS o
        ON \(matches.joined(separator: " AND "))
      WHERE o.rowid > ? AND \(Self.isKeyed(object)) ORDER BY o.rowid LIMIT ?
      """, [list, row, limit]
    ).map { MarketoObjectRow(row: $0[0], values: $0.values(of: fields, from: 1)) }
  }

  /// The values of one record by name.
  func record(
    of object: MarketoObject, row: Int64, _ fields: [MarketoField]
  ) throws -> [String: MarketoValue] {
    let columns = (["rowid"] + fields.map { Self.quote($0.name) }).joined(separator: ", ")
    let sql = "SELECT \(columns) FROM \(Self.quote(Self.table(object))) WHERE rowid = ?"
    return try rows(sql, [row]).first.map { found in
      Dictionary(zip(fields.map(\.name), found.values(of: fields, from: 1))) { first, _ in first }
    } ?? [:]
  }

  /// Adds a record and answers its row.
  func insert(_ object: MarketoObject, _ values: [MarketoFieldValue]) throws -> Int64 {
    let names = values.map { Self.quote($0.field.name) }.joined(separator: ", ")
    let marks = values.map { _ in "?" }.joined(separator: ", ")
    try run(
      "INSERT INTO \(Self.quote(Self.table(object))) (\(names)) VALUES (\(marks))",
      StatementArguments(values.map(\.value.databaseValue)))
    return db.lastInsertedRowID
  }

  /// Writes values of a record.
  func update(_ object: MarketoObject, row: Int64, _ values: [MarketoFieldValue]) throws {
    guard !values.isEmpty else { return }
    let changes = values.map { Self.quote($0.field.name) + " = ?" }.joined(separator: ", ")
    try run(
      "UPDATE \(Self.quote(Self.table(object))) SET \(changes) WHERE rowid = ?",
      StatementArguments(values.map(\.value.databaseValue) + [row.databaseValue]))
  }

  /// Removes a record.
  func delete(_ object: MarketoObject, row: Int64) throws {
    try run("DELETE FROM \(Self.quote(Self.table(object))) WHERE rowid = ?", [row])
  }

  /// Whether something names the record, so that it cannot be deleted.
  func isUsed(_ object: MarketoObject, row: Int64) throws -> Bool {
    for use in object.uses {
      let sql =
        switch use {
        case .members: #"SELECT 1 FROM marketo_person WHERE "contactCompany" = ? LIMIT 1"#
        case .persons(let field, let key):
          Self.naming(Self.personTable, field, Self.table(object), key)
        case .objects(let path, let field, let key):
          try self.object(path).map { other in
            Self.naming(Self.table(other), field, Self.table(object), key)
          } ?? "SELECT 1 WHERE ? IS NULL"
        }
      if try !numbers(sql, [row]).isEmpty { return true }
    }
    return try isLinked(object, row: row)
  }

  /// Whether the record of a custom object links to the record.
  private func isLinked(_ object: MarketoObject, row: Int64) throws -> Bool {
    for other in try customTypes().compactMap(\.object) {
      for reference in other.references {
        guard case .object(object.path, let key) = reference.target else { continue }
        let sql = Self.naming(Self.table(other), reference.field, Self.table(object), key)
        if try !numbers(sql, [row]).isEmpty { return true }
      }
    }
    return false
  }

  /// The number of the next new record, for the id of those that have a GUID; given out once.
  func nextSerial(of object: MarketoObject) throws -> Int64 {
    try numbers(
      """
      INSERT INTO marketo_serial (path, last) VALUES (?, 1)
      ON CONFLICT (path) DO UPDATE SET last = last + 1 RETURNING last
      """, [object.path]
    ).first ?? 0
  }

  private static func naming(
    _ table: String, _ field: String, _ named: String, _ key: String
  ) -> String {
    """
    SELECT 1 FROM \(quote(table)) WHERE \(quote(field)) =
      (SELECT \(quote(key)) FROM \(quote(named)) WHERE rowid = ?) LIMIT 1
    """
  }

  private static func isKeyed(_ object: MarketoObject) -> String {
    object.dedupeFields.map { "o." + quote($0) + " IS NOT NULL" }.joined(separator: " AND ")
  }
}
