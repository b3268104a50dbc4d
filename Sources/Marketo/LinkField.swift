import Model
import Transport

/// A custom field of persons that carries the link to Dynamics.
struct LinkField: Hashable, Sendable {
  var name: FieldName
  var label: String
  var dataType: String

  /// The field as `leads/schema/fields.json` takes it.
  var definition: JSON {
    [
      "displayName": .string(label), "name": .string(name.rawValue),
      "dataType": .string(dataType), "description": "Kept by dynsync",
    ]
  }
}

extension MarketoSettings {
  /// The four fields that every person needs, in the order in which they are made.
  var linkFields: [LinkField] {
    [
      LinkField(name: personKey, label: "Dynamics Id", dataType: "string"),
      LinkField(name: typeField, label: "Dynamics Type", dataType: "string"),
      LinkField(name: deletedField, label: "Dynamics Is Deleted", dataType: "boolean"),
      LinkField(name: syncAsField, label: "Dynamics Sync As", dataType: "string"),
    ]
  }
}
