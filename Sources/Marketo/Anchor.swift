import Model

/// What a record of one object is known by, and for a custom object what it hangs on.
struct Anchor: Hashable, Sendable {
  /// The mirror's key.
  var keyField: FieldName
  /// The fields that together are the key in a write.
  var writtenKey: [FieldName]
  /// The link of a custom object to a person or company.
  var parent: ParentField?

  /// Throws where a custom object's type is not one that can be kept in step.
  init(of object: ServiceObject, in catalogue: Catalogue) throws(ServiceError) {
    guard let key = object.keyField else {
      self = try Self.custom(object, catalogue)
      return
    }
    keyField = key
    writtenKey = object == .opportunityRole ? RoleKey.fields : [key]
  }

  private init(keyField: FieldName, parent: ParentField) {
    self.keyField = keyField
    writtenKey = [keyField]
    self.parent = parent
  }

  private static func custom(
    _ object: ServiceObject, _ catalogue: Catalogue
  ) throws(ServiceError) -> Anchor {
    guard let key = catalogue.dedupeFields.first, catalogue.dedupeFields.count == 1 else {
      let names = catalogue.dedupeFields.map(\.rawValue).joined(separator: " and ")
      throw unfit(
        object, reason: names.isEmpty ? "it has no dedupe field" : "its dedupe field is \(names)",
        mend: "use a type with exactly one dedupe field, which holds the Dynamics row's id")
    }
    return Anchor(keyField: key, parent: try parent(of: object, catalogue.links))
  }

  /// The first link by id: what the links hold are Marketo ids.
  private static func parent(
    of object: ServiceObject, _ links: [Link]
  ) throws(ServiceError) -> ParentField {
    if let parent = links.lazy.compactMap(\.parent).first { return parent }
    let mend = "use a type whose link field points to the id of a person or company"
    guard let other = links.first else {
      throw unfit(object, reason: "it has no link to a person or company", mend: mend)
    }
    throw unfit(
      object, reason: "its field \(other.field) links to \(other.object) by \(other.key)",
      mend: mend)
  }

  private static func unfit(
    _ object: ServiceObject, reason: String, mend: String
  ) -> ServiceError {
    ServiceError(
      .schema(nil), side: .marketo, attempt: "could not use \(object.words)", reason: reason,
      mend: mend)
  }
}
