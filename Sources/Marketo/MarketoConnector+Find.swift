import Model
import Transport

extension MarketoConnector {
  /// Finds records, 300 values a call and several calls at once.
  ///
  /// Before the subscription has the field that carries a key or a request, nobody has one.
  /// A value with a comma in it cannot be asked for, and finds nothing; only persons and sales
  /// persons have an e-mail. Roles are found by their ``RoleKey``, commas and all.
  public func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    let object = try known(schema.object, attempt: "could not read \(schema.object.name)")
    guard let filter = filter(of: object, in: schema, by: lookup) else { return [] }
    let askable = values.filter { Self.isAskable($0, of: object) }
    guard !askable.isEmpty else { return [] }
    try await confirmMetadata()
    let reader = RecordReader(object: object, schema: schema, settings: settings)
    let catalogue = try await metadata.catalogue(of: object)
    let ownFields = [settings.personKey, settings.syncAsField]
    if ownFields.contains(filter), catalogue.fields[filter] == nil { return [] }
    let query = RecordQuery(
      object: object, filter: filter, fields: reader.query(from: catalogue))
    let items = try await askable.chunks(of: Self.valuesPerCall)
      .concurrently(atOnce: settings.share.atOnce) { values in
        try await client.items(of: query, values: values)
      }
    let found = items.joined().compactMap(reader.record)
    return object == .opportunityRole ? Self.spelled(found, like: askable) : found
  }

  private static let valuesPerCall = 300

  private func filter(
    of object: ServiceObject, in schema: ObjectSchema, by lookup: Lookup
  ) -> FieldName? {
    switch (object, lookup) {
    case (.person, .key): settings.personKey
    case (_, .id), (_, .key): schema.keyField
    case (.person, .email), (.salesPerson, .email): "email"
    case (.person, .request): settings.syncAsField
    case (_, .email), (_, .request): nil
    }
  }

  private static func isAskable(_ value: String, of object: ServiceObject) -> Bool {
    object == .opportunityRole
      ? RoleKey(value)?.isOfPerson == true : !value.isEmpty && !value.contains(",")
  }

  /// The roles under the keys that were asked for: the service compares keys without case.
  private static func spelled(_ roles: [Record], like keys: [String]) -> [Record] {
    let spellings = Dictionary(keys.map { ($0.lowercased(), $0) }) { first, _ in first }
    return roles.map { role in
      guard let key = spellings[role.id.text.lowercased()] else { return role }
      var role = role
      role.id = .marketo(key)
      role.facts.key = key
      return role
    }
  }
}
