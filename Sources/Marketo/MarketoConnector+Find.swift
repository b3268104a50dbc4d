import Model
import Transport

extension MarketoConnector {
  /// Finds records, 300 values a call and several calls at once.
  ///
  /// A value with a comma in it cannot be asked for, and finds nothing; a company has no e-mail.
  public func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    let object = try known(schema.object, attempt: "could not read \(schema.object.name)")
    guard let filter = filter(of: object, by: lookup) else { return [] }
    let askable = values.filter { !$0.isEmpty && !$0.contains(",") }
    guard !askable.isEmpty else { return [] }
    let reader = RecordReader(object: object, schema: schema, settings: settings)
    let query = RecordQuery(
      object: object, filter: filter,
      fields: reader.query(from: try await metadata.catalogue(of: object)))
    let items = try await askable.chunks(of: Self.valuesPerCall)
      .concurrently(atOnce: settings.share.atOnce) { values in
        try await client.items(of: query, values: values)
      }
    return items.joined().compactMap(reader.record)
  }

  private static let valuesPerCall = 300

  private func filter(of object: ServiceObject, by lookup: Lookup) -> FieldName? {
    switch (object, lookup) {
    case (.person, .key): settings.personKey
    case (_, .id), (_, .key): object.idField
    case (.company, .email): nil
    case (_, .email): "email"
    }
  }
}
