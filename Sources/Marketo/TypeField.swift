import Model
import Transport

/// A field of a custom object's type that is to be made.
struct TypeField: Hashable, Sendable {
  var name: FieldName
  /// The field as `addField.json` takes it.
  var definition: JSON

  /// The dedupe field.
  init(key: FieldName) {
    self.init(key, label: "Dynamics Id", dataType: "string", ["isDedupeField": true])
  }

  /// The link to a person or company, by id.
  init(link: ParentField) {
    let target: JSON = link.object == .company ? "company" : "lead"
    self.init(
      link.name, label: link.object == .company ? "Company Id" : "Person Id", dataType: "link",
      ["relatedTo": ["name": target, "field": "id"]])
  }

  /// A plain field.
  init(_ field: Field) {
    self.init(field.name, label: field.label, dataType: Self.dataType(of: field), [:])
  }

  private init(
    _ name: FieldName, label: String, dataType: String, _ others: [String: JSON]
  ) {
    self.name = name
    definition = .object(
      others.merging([
        "name": .string(name.rawValue), "displayName": .string(label),
        "dataType": .string(dataType),
      ]) { _, last in last })
  }

  /// A `string` holds 255 characters.
  ///
  /// Only a `currency` is known to keep its digits, two of them after the point.
  private static func dataType(of field: Field) -> String {
    switch field.type {
    case .text: (field.length ?? 255) > 255 ? "text" : "string"
    case .option, .guid, .reference: "string"
    case .integer: "integer"
    case .decimal: field.scale == 2 ? "currency" : "float"
    case .boolean: "boolean"
    case .date: "date"
    case .instant: "datetime"
    }
  }
}
