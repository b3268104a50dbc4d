import GRDB

extension MarketoState {
  /// The row of the company that a person belongs to.
  func companyRow(ofPerson id: Int64) throws -> Int64? {
    try numbers(#"SELECT "contactCompany" FROM marketo_person WHERE id = ?"#, [id]).first
  }

  /// The row of the company with a key, whose case does not matter.
  func companyRow(key: String) throws -> Int64? {
    try numbers(#"SELECT id FROM marketo_companies WHERE "externalCompanyId" = ?"#, [key]).first
  }

  /// Adds the company row that a person without a company has for itself.
  func insertImplicitCompany() throws -> Int64 {
    try run(
      #"INSERT INTO marketo_companies ("createdAt", "updatedAt") VALUES (?, ?)"#,
      [nowText.databaseValue, nowText.databaseValue])
    return db.lastInsertedRowID
  }

  /// Removes a company row that has no key; one with a key stays.
  func deleteImplicitCompany(_ row: Int64) throws {
    try run(
      #"DELETE FROM marketo_companies WHERE id = ? AND "externalCompanyId" IS NULL"#, [row])
  }

  /// Moves a person to another company, and removes the row that only it had.
  func movePerson(_ id: Int64, toCompany row: Int64) throws {
    let before = try companyRow(ofPerson: id)
    try run(#"UPDATE marketo_person SET "contactCompany" = ? WHERE id = ?"#, [row, id])
    if let before { try deleteImplicitCompany(before) }
  }
}
