import GRDB

extension MarketoState {
  /// The custom activity types in the order of their making.
  func customActivities() throws -> [MarketoCustomActivity] {
    try rows(
      """
      SELECT id, name, created_at, changed_at, draft, approved FROM marketo_custom_activity
      ORDER BY id
      """
    ).map { row in
      func definition(_ text: String?) -> MarketoCustomActivity.Definition? {
        text.flatMap { MarketoJSON(reading: $0) }.map(Self.definition)
      }
      return MarketoCustomActivity(
        id: row[0], apiName: row[1], createdAt: row[2], changedAt: row[3],
        draft: definition(row[4]), approved: definition(row[5]))
    }
  }

  /// Keeps a type with its versions; one whose id is 0 is new.
  func save(_ type: MarketoCustomActivity) throws {
    let versions = [type.draft, type.approved].map { $0.map { Self.json($0).jsonText } }
    guard type.id > 0 else {
      return try run(
        """
        INSERT INTO marketo_custom_activity (name, created_at, changed_at, draft, approved)
        VALUES (?, ?, ?, ?, ?)
        """, [type.apiName, type.createdAt, type.changedAt, versions[0], versions[1]])
    }
    try run(
      "UPDATE marketo_custom_activity SET changed_at = ?, draft = ?, approved = ? WHERE id = ?",
      [type.changedAt, versions[0], versions[1], type.id])
  }

  /// Forgets a type.
  func delete(_ type: MarketoCustomActivity) throws {
    try run("DELETE FROM marketo_custom_activity WHERE id = ?", [type.id])
  }

  /// Writes an entry and tells its number.
  func add(_ activity: MarketoActivity) throws -> Int64 {
    try log(activity)
    return db.lastInsertedRowID
  }

  private static func json(_ definition: MarketoCustomActivity.Definition) -> MarketoJSON {
    .members([
      "name": .string(definition.name), "triggerName": .string(definition.triggerName),
      "filterName": .string(definition.filterName), "description": text(definition.description),
      "primary": json(definition.primaryAttribute),
      "attributes": .array(definition.attributes.map { json($0) }),
    ])
  }

  private static func json(_ attribute: MarketoCustomActivity.Attribute) -> MarketoJSON {
    .members([
      "apiName": .string(attribute.apiName), "name": .string(attribute.name),
      "description": text(attribute.description), "dataType": .string(attribute.dataType),
    ])
  }

  private static func text(_ text: String?) -> MarketoJSON { text.map { .string($0) } ?? .null }

  private static func definition(_ json: MarketoJSON) -> MarketoCustomActivity.Definition {
    .init(
      name: json["name"]?.text ?? "", triggerName: json["triggerName"]?.text ?? "",
      filterName: json["filterName"]?.text ?? "", description: json["description"]?.text,
      primaryAttribute: attribute(json["primary"] ?? .null),
      attributes: (json["attributes"]?.elements ?? []).map(attribute))
  }

  private static func attribute(_ json: MarketoJSON) -> MarketoCustomActivity.Attribute {
    .init(
      apiName: json["apiName"]?.text ?? "", name: json["name"]?.text ?? "",
      description: json["description"]?.text, dataType: json["dataType"]?.text ?? "string")
  }
}
