import Model
import Transport

/// The custom activity by which a person's log tells what became of a change.
///
/// REST API, Custom Activities: once a type is approved and used, its names and its primary attribute
/// are frozen.
enum OutcomeActivityType {
  static let apiName = "dynsyncOutcome"
  static let name = "dynsync Outcome"

  /// The type without its attributes, as `activities/external/type.json` takes it.
  static let definition: JSON = [
    "apiName": .string(apiName), "name": .string(name), "triggerName": "Has dynsync Outcome",
    "filterName": "Had dynsync Outcome",
    "description": "What became of a change that dynsync brought from one side to the other",
    "primaryAttribute": [
      "apiName": "key", "name": "Key", "description": "The run, the person and the outcome",
    ],
  ]

  /// The secondary attributes with their types.
  static let attributes: KeyValuePairs<String, (name: String, dataType: String)> = [
    "outcome": ("Outcome", "string"), "entity": ("Entity", "string"),
    "direction": ("Direction", "string"), "fields": ("Fields", "text"),
    "message": ("Message", "text"), "run": ("Run", "integer"),
  ]

  /// An attribute as `attributes/create.json` takes it.
  static func definition(of attribute: (key: String, value: (name: String, dataType: String)))
    -> JSON
  {
    [
      "apiName": .string(attribute.key), "name": .string(attribute.value.name),
      "dataType": .string(attribute.value.dataType),
    ]
  }

  /// An activity as `activities/external.json` takes it.
  static func record(of activity: OutcomeActivity, type: Int64) -> JSON {
    let values: KeyValuePairs<String, String?> = [
      "outcome": activity.outcome.rawValue, "entity": activity.entity.rawValue,
      "direction": words(of: activity.direction), "fields": activity.fields,
      "message": activity.message,
    ]
    var attributes = values.compactMap { name, value in
      value.map { JSON.object(["apiName": .string(name), "value": .string($0)]) }
    }
    attributes.append(["apiName": "run", "value": .integer(activity.run)])
    return [
      "leadId": .integer(Int64(activity.person.text) ?? 0),
      "activityDate": .string(activity.at.text), "activityTypeId": .integer(type),
      "primaryAttributeValue": .string(activity.key), "attributes": .array(attributes),
    ]
  }

  private static func words(of direction: Direction) -> String {
    switch direction {
    case .toMarketo: "Dynamics to Marketo"
    case .toDynamics: "Marketo to Dynamics"
    case .both: "both ways"
    }
  }
}
