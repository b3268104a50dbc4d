import GRDB

/// A value together with the field that it is for.
struct MarketoFieldValue: Hashable, Sendable {
  var field: MarketoField
  var value: MarketoValue
}

/// A person as a read finds it.
struct MarketoPersonRow: Hashable, Sendable {
  var id: Int64
  /// The values of the fields asked for, in that order.
  var values: [MarketoValue]
}

extension MarketoState {
  /// The persons whose field holds one of the values, by id.
  func personIDs(
    where field: MarketoField, in values: [MarketoValue], limit: Int
  ) throws -> [Int64] {
    try numbers(
      """
      SELECT p.id FROM marketo_person AS p
      WHERE \(Self.expression(field)) IN (SELECT value FROM json_each(?))
      ORDER BY p.id LIMIT ?
      """, [MarketoJSON.array(values.map(\.json)).jsonText, limit])
  }

  /// The first two persons whose field holds a value: enough to tell none, one and several apart.
  func personIDs(where field: MarketoField, equals value: MarketoValue) throws -> [Int64] {
    try numbers(
      "SELECT p.id FROM marketo_person AS p WHERE \(Self.expression(field)) = ? LIMIT 2",
      [value.databaseValue])
  }

  /// The persons with an address whose mark of unsubscription is not the given one.
  func personIDs(email: String, unsubscribedIsNot mark: Bool) throws -> [Int64] {
    try numbers(
      "SELECT id FROM marketo_person WHERE email = ? AND unsubscribed IS NOT ? ORDER BY id",
      [email, mark])
  }

  /// The persons that belong to a company.
  func members(ofCompany company: Int64) throws -> [Int64] {
    try numbers(
      #"SELECT id FROM marketo_person WHERE "contactCompany" = ? ORDER BY id"#, [company])
  }

  /// The values of persons, by id; an id that is not there is left out.
  func persons(_ ids: [Int64], _ fields: [MarketoField]) throws -> [MarketoPersonRow] {
    let columns = ["p.id"] + fields.map(Self.expression)
    return try rows(
      """
      SELECT \(columns.joined(separator: ", ")) FROM marketo_person AS p
      JOIN marketo_companies AS c ON c.id = p."contactCompany"
      WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id
      """, [MarketoJSON.array(ids.map { .integer($0) }).jsonText]
    ).map { MarketoPersonRow(id: $0[0], values: $0.values(of: fields, from: 1)) }
  }

  /// The values of one person; `nil` where there is none of that id.
  func person(_ id: Int64, _ fields: [MarketoField]) throws -> [String: MarketoValue]? {
    let columns = ["p.id"] + fields.map(Self.expression)
    let sql = """
      SELECT \(columns.joined(separator: ", ")) FROM marketo_person AS p
      JOIN marketo_companies AS c ON c.id = p."contactCompany" WHERE p.id = ?
      """
    return try rows(sql, [id]).first.map { row in
      Dictionary(zip(fields.map(\.name), row.values(of: fields, from: 1))) { first, _ in first }
    }
  }

  /// Adds a person and answers its id.
  func insertPerson(_ values: [MarketoFieldValue]) throws -> Int64 {
    let names = values.map { Self.quote($0.field.name) }.joined(separator: ", ")
    let marks = values.map { _ in "?" }.joined(separator: ", ")
    try run(
      "INSERT INTO marketo_person (\(names)) VALUES (\(marks))",
      StatementArguments(values.map(\.value.databaseValue)))
    return db.lastInsertedRowID
  }

  /// Writes a person's own values.
  func updatePerson(_ id: Int64, _ values: [MarketoFieldValue]) throws {
    guard !values.isEmpty else { return }
    let changes = values.map { Self.quote($0.field.name) + " = ?" }.joined(separator: ", ")
    try run(
      "UPDATE marketo_person SET \(changes) WHERE id = ?",
      StatementArguments(values.map(\.value.databaseValue) + [id.databaseValue]))
  }

  /// Removes a person, and the company row that only it had.
  func deletePerson(_ id: Int64) throws {
    let company = try companyRow(ofPerson: id)
    try run("DELETE FROM marketo_person WHERE id = ?", [id])
    if let company { try deleteImplicitCompany(company) }
  }

  private static func expression(_ field: MarketoField) -> String {
    switch field.home {
    case .own where field.name == "id", .ownID: "p.id"
    case .own: "p." + quote(field.name)
    case .company: "c." + quote(field.name)
    case .companyKey: #"c."externalCompanyId""#
    case .composedName:
      #"NULLIF(TRIM(COALESCE(p."firstName", '') || ' ' || COALESCE(p."lastName", '')), '')"#
    case .nowhere: "NULL"
    }
  }
}
