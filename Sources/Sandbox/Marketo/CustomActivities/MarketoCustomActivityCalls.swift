/// Answers the call that writes custom activities.
enum MarketoCustomActivityCalls {
  /// Adds activities to the logs of persons: written for good, and never compared with what is there.
  static func add(_ call: MarketoCall) throws -> MarketoAnswer {
    let types = try Dictionary(
      call.state.customActivities().map { ($0.id, $0) }
    ) { first, _ in first }
    return .result(
      try call.input().map { record in
        do throws(MarketoFailure) {
          let activity = try activity(record, types)
          guard try isThere(activity.personID, call.state) else { throw .leadNotFound }
          return try added(activity, call.state)
        } catch {
          return .members([
            "status": .string("skipped"), "errors": .array([error.json]),
          ])
        }
      })
  }

  private static func isThere(
    _ person: Int64, _ state: MarketoState
  ) throws(MarketoFailure) -> Bool {
    do {
      return try state.person(person, []) != nil
    } catch {
      throw .systemError
    }
  }

  private static func added(
    _ activity: MarketoActivity, _ state: MarketoState
  ) throws(MarketoFailure) -> MarketoJSON {
    do {
      let id = try state.add(activity)
      return .members([
        "id": .integer(id), "marketoGUID": .string(String(id)), "status": .string("added"),
      ])
    } catch {
      throw .systemError
    }
  }

  private static func activity(
    _ record: MarketoJSON, _ types: [Int64: MarketoCustomActivity]
  ) throws(MarketoFailure) -> MarketoActivity {
    guard let person = record["leadId"]?.wholeNumber else { throw .missing("leadId") }
    guard let text = record["activityDate"]?.text else { throw .missing("activityDate") }
    guard let at = MarketoInstant.seconds(text) else { throw .value(text, required: "datetime") }
    guard let number = record["activityTypeId"]?.wholeNumber else {
      throw .missing("activityTypeId")
    }
    guard let type = types[number]?.approved else {
      throw .invalid("Invalid activityTypeId '\(number)'")
    }
    guard let primary = record["primaryAttributeValue"]?.text, !primary.isEmpty else {
      throw .missing("primaryAttributeValue")
    }
    guard let attributes = record["attributes"]?.elements else { throw .missing("attributes") }
    guard MarketoJSON.array(attributes).bytes.count <= MarketoCustomActivity.largestAttributes
    else { throw .init(1049, "Attributes exceed the limit of 65536 bytes") }
    return MarketoActivity(
      personID: person, at: at, type: number, primaryValue: primary,
      attributes: try values(attributes, of: type))
  }

  /// An attribute is named by its API name or its name; an empty one is left out.
  private static func values(
    _ attributes: [MarketoJSON], of type: MarketoCustomActivity.Definition
  ) throws(MarketoFailure) -> [MarketoJSON.Member] {
    var members: [MarketoJSON.Member] = []
    for json in attributes {
      let name = json["apiName"]?.text ?? json["name"]?.text ?? ""
      let known = type.attributes.first {
        [$0.apiName.lowercased(), $0.name.lowercased()].contains(name.lowercased())
      }
      guard let known else { throw .field(name) }
      let value = try known.fieldType.value(json["value"] ?? .null)
      guard value != .empty else { continue }
      members.append(.init(key: known.name, value: value.json))
    }
    return members
  }
}
