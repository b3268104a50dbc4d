import Model
import Transport

/// One field by which a custom object hangs on another object.
struct Link: Hashable, Sendable {
  var field: FieldName
  /// The other object, in lower case: descriptions write `Lead` and `lead`.
  var object: String
  /// The other object's field whose value the link holds, in lower case too.
  var key: String

  /// Reads what a description tells of links.
  ///
  /// An approved type has `relationships`, whose target is called `relatedTo`, or `object` in older
  /// answers; a draft has `relatedTo` at the fields themselves.
  static func all(relationships: [JSON], fields: [JSON]) -> [Link] {
    let told = relationships.compactMap {
      Link(field: $0["field"], target: $0["relatedTo"] ?? $0["object"])
    }
    return told.isEmpty
      ? fields.compactMap { Link(field: $0["name"], target: $0["relatedTo"]) } : told
  }

  private init?(field: JSON?, target: JSON?) {
    guard let field = field?.string, let object = target?["name"]?.string,
      let key = target?["field"]?.string
    else { return nil }
    self.field = FieldName(field)
    self.object = object.lowercased()
    self.key = key.lowercased()
  }

  /// The link as a record's parent; `nil` where it goes elsewhere, or not by id.
  var parent: ParentField? {
    switch (object, key) {
    case ("lead", "id"): ParentField(field, of: .person)
    case ("company", "id"): ParentField(field, of: .company)
    default: nil
    }
  }
}
