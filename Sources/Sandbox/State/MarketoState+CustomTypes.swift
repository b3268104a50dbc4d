import GRDB

extension MarketoState {
  /// The custom object types in the order of their making.
  func customTypes() throws -> [MarketoCustomType] {
    try customTypes("TRUE", [])
  }

  /// The custom object type of an API name, in whatever case.
  func customType(_ apiName: String) throws -> MarketoCustomType? {
    try customTypes("name = ?", [apiName]).first
  }

  /// Keeps a type with its versions; one whose id is 0 is new.
  func save(_ type: MarketoCustomType) throws {
    var id = type.id
    if id == 0 {
      try run(
        "INSERT INTO marketo_custom_type (name, created_at) VALUES (?, ?)",
        [type.apiName, type.createdAt])
      id = db.lastInsertedRowID
    }
    try run("DELETE FROM marketo_custom_type_version WHERE type_id = ?", [id])
    for version in [MarketoCustomType.Version.draft, .approved] {
      guard let definition = type.definition(version) else { continue }
      try run(
        """
        INSERT INTO marketo_custom_type_version (type_id, version, display_name, plural_name,
          description, is_shown_in_lead_detail, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          id, version.rawValue, definition.displayName, definition.pluralName,
          definition.description, definition.isShownInLeadDetail, definition.changedAt,
        ])
      for (place, field) in definition.fields.enumerated() {
        try save(field, place, of: id, version)
      }
    }
  }

  private func save(
    _ field: MarketoCustomType.Field, _ place: Int, of type: Int64,
    _ version: MarketoCustomType.Version
  ) throws {
    let dataType: MarketoFieldType
    var link: MarketoCustomType.Link?
    switch field.type {
    case .plain(let plain): dataType = plain
    case .link(let target):
      dataType = target.type
      link = target
    }
    try run(
      """
      INSERT INTO marketo_custom_type_field (type_id, version, place, name, display_name,
        description, data_type, is_dedupe, linked_object, linked_field)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        type, version.rawValue, place, field.name, field.displayName, field.description,
        dataType.rawValue, field.isDedupeField, link?.object, link?.field,
      ])
  }

  private func customTypes(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [MarketoCustomType] {
    try rows(
      "SELECT id, name, created_at FROM marketo_custom_type WHERE \(condition) ORDER BY id",
      arguments
    ).map { row in
      let id: Int64 = row[0]
      return try MarketoCustomType(
        id: id, apiName: row[1], createdAt: row[2], draft: definition(.draft, of: id),
        approved: definition(.approved, of: id))
    }
  }

  private func definition(
    _ version: MarketoCustomType.Version, of type: Int64
  ) throws -> MarketoCustomType.Definition? {
    try rows(
      """
      SELECT display_name, plural_name, description, is_shown_in_lead_detail, changed_at
      FROM marketo_custom_type_version WHERE type_id = ? AND version = ?
      """, [type, version.rawValue]
    ).first.map { row in
      try MarketoCustomType.Definition(
        displayName: row[0], pluralName: row[1], description: row[2],
        isShownInLeadDetail: row[3], changedAt: row[4], fields: fields(version, of: type))
    }
  }

  private func fields(
    _ version: MarketoCustomType.Version, of type: Int64
  ) throws -> [MarketoCustomType.Field] {
    try rows(
      """
      SELECT name, display_name, description, data_type, is_dedupe, linked_object, linked_field
      FROM marketo_custom_type_field WHERE type_id = ? AND version = ? ORDER BY place
      """, [type, version.rawValue]
    ).map { row in
      let dataType = MarketoFieldType(rawValue: row[3]) ?? .string
      let object: String? = row[5]
      let field: String? = row[6]
      return MarketoCustomType.Field(
        name: row[0], displayName: row[1], description: row[2],
        type: object.map { .link(.init(object: $0, field: field ?? "", type: dataType)) }
          ?? .plain(dataType), isDedupeField: row[4])
    }
  }
}
