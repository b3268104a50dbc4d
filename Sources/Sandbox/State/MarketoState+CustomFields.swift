import GRDB

/// A field of the person that was made by API, with what only the schema calls show.
struct MarketoCustomField: Hashable, Sendable {
  var id: Int64
  var name: String
  var displayName: String
  var description: String?
  var type: MarketoFieldType
  var isHidden = false
  var isHTMLEncoding = false
  var isSensitive = false

  /// The field as the rest of the sandbox uses it.
  var field: MarketoField {
    .init(
      id: id, name: name, displayName: displayName, type: type,
      length: type.hasLength ? 255 : nil, isCustom: true,
      isSearchable: [.string, .email, .integer].contains(type))
  }
}

extension MarketoState {
  /// The fields made by API, in the order of their making.
  func customFields() throws -> [MarketoCustomField] {
    try rows(
      """
      SELECT id, name, display_name, description, data_type, is_hidden, is_html_encoding,
        is_sensitive FROM marketo_custom_field ORDER BY id
      """
    ).map { row in
      MarketoCustomField(
        id: row[0], name: row[1], displayName: row[2], description: row[3],
        type: MarketoFieldType(rawValue: row[4]) ?? .string, isHidden: row[5],
        isHTMLEncoding: row[6], isSensitive: row[7])
    }
  }

  /// The person's fields as they are now.
  func personSchema() throws -> MarketoPersonSchema {
    try MarketoPersonSchema(custom: customFields().map(\.field))
  }

  /// The person's field of a REST name; the fields made by API are read only where it is none of
  /// the standard ones.
  func personField(_ name: String) throws -> MarketoField? {
    try MarketoPersonFields.byName[name] ?? personSchema().field(name)
  }

  /// Makes a field, with its column.
  func insert(_ field: MarketoCustomField) throws {
    try run(
      """
      INSERT INTO marketo_custom_field (name, display_name, description, data_type, is_hidden,
        is_html_encoding, is_sensitive) VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        field.name, field.displayName, field.description, field.type.rawValue, field.isHidden,
        field.isHTMLEncoding, field.isSensitive,
      ])
    var made = field
    made.id = db.lastInsertedRowID
    try Self.addPersonColumn(made.field, db)
  }

  /// Changes what may be changed of a field: words and flags, never name or type.
  func update(_ field: MarketoCustomField) throws {
    try run(
      """
      UPDATE marketo_custom_field SET display_name = ?, description = ?, is_hidden = ?,
        is_html_encoding = ?, is_sensitive = ? WHERE name = ?
      """,
      [
        field.displayName, field.description, field.isHidden, field.isHTMLEncoding,
        field.isSensitive, field.name,
      ])
  }
}
