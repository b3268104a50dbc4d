import Model

extension Engine {
  /// A schema with the fields that a run would make, for a dry run, which makes none.
  ///
  /// Persons get the fields that carry the link; they hold nothing yet. The plan is then the one that
  /// a run would carry out.
  func assumingLinkFields(in schema: ObjectSchema) -> ObjectSchema {
    guard schema.object == .person else { return schema }
    var schema = schema
    for pair in rules.entities.filter({ $0.marketo == .person }).flatMap(\.pairs) {
      guard case .derived(let derivation) = pair.source, derivation.isEnforced,
        schema.fields[pair.marketo] == nil
      else { continue }
      schema.fields[pair.marketo] = Field(pair.marketo, derivation.type)
      log.notice("a run will make a field of persons", metadata: ["field": "\(pair.marketo)"])
    }
    return schema
  }
}
