/// Answers the calls that read the activity log.
enum MarketoActivityCalls {
  /// Kinds that one call may name ("Activities": 10).
  static let typeLimit = 10
  /// Persons that one call may name (30).
  static let personLimit = 30

  /// Describes every kind of activity.
  static func types(_ call: MarketoCall) throws -> MarketoAnswer {
    let custom = try call.state.customTypes().filter { $0.approved != nil }.map(\.activityType)
    let own = try call.state.customActivities().compactMap(\.activityType)
    return .result((MarketoActivityType.all + custom + own).map(MarketoActivityElement.type))
  }

  /// Gives the token from which the log can be read since a date-time, or since a bare date.
  static func pagingToken(_ call: MarketoCall) throws -> MarketoAnswer {
    guard let text = call.parameters["sinceDatetime"] else {
      throw MarketoFailure.missing("sinceDatetime")
    }
    guard let at = MarketoInstant.seconds(text) ?? MarketoInstant.days(text).map({ $0 * 86_400 })
    else { throw MarketoFailure.value(text, required: "datetime") }
    return MarketoAnswer(nextPageToken: MarketoActivityToken.text(.init(at: at, id: 0)))
  }

  /// Lists the entries of up to ten kinds.
  static func list(_ call: MarketoCall) throws -> MarketoAnswer {
    let types = try numbers(call, "activityTypeIds", limit: typeLimit)
    guard !types.isEmpty else { throw MarketoFailure.invalid("activityTypeIds not specified") }
    let assets = try numbers(call, "assetIds", limit: MarketoCall.batchLimit)
    guard assets.isEmpty || types.count == 1 else {
      throw MarketoFailure.invalid("assetIds needs exactly one activity type")
    }
    let hidesDeletes = !call.state.settings.isOn(.deletesInActivities)
    let ids = call.state.settings[.activityIDs].text ?? ""
    return try page(call, types: types) { activity in
      if hidesDeletes, activity.type == MarketoActivityType.deleteLead { return nil }
      guard assets.isEmpty || activity.primaryID.map(assets.contains) ?? false else { return nil }
      return MarketoActivityElement.activity(activity, ids: ids)
    }
  }

  /// Lists new persons and changes of values.
  ///
  /// The list of fields is applied weakly, as users report: about a third of the rows of other
  /// fields come through. New persons come in any case; changes of scores never do.
  static func changes(_ call: MarketoCall) throws -> MarketoAnswer {
    let schema = try call.state.personSchema()
    let names = call.parameters.list("fields")
    guard !names.isEmpty else { throw MarketoFailure.invalid("fields not specified") }
    let wanted = try Set(schema.fields(names).map(\.id))
    let types = [MarketoActivityType.newLead, MarketoActivityType.changeDataValue]
    return try page(call, types: types) { activity in
      guard activity.type == MarketoActivityType.changeDataValue else {
        return MarketoActivityElement.change(activity, of: nil)
      }
      guard let id = activity.primaryID, let field = schema.field(numbered: id),
        wanted.contains(id) || activity.id % 3 == 0
      else { return nil }
      return MarketoActivityElement.change(activity, of: field)
    }
  }

  /// Lists deleted persons.
  static func deletions(_ call: MarketoCall) throws -> MarketoAnswer {
    try page(call, types: [MarketoActivityType.deleteLead]) { activity in
      MarketoActivityElement.activity(activity, ids: "normal")
    }
  }

  /// Reads one page and writes it; the token always comes, `result` only with rows.
  private static func page(
    _ call: MarketoCall, types: [Int64], element: (MarketoActivity) -> MarketoJSON?
  ) throws -> MarketoAnswer {
    let token = try call.parameter("nextPageToken")
    let position = try MarketoActivityToken.position(token)
    guard call.parameters["listId"] == nil else {
      throw MarketoFailure(1013, "List not found")
    }
    let persons = try numbers(call, "leadIds", limit: personLimit)
    if try call.state.takeOne(.emptyActivityPages) {
      return MarketoAnswer(nextPageToken: token, moreResult: true)
    }
    let size = try call.batchSize()
    let found = try call.state.activities(
      after: position, types: types, persons: persons, limit: size + 1)
    let shown = found.prefix(size)
    let elements = shown.compactMap(element)
    let next = shown.last.map { MarketoActivityPosition(at: $0.at, id: $0.id) } ?? position
    return MarketoAnswer(
      result: elements.isEmpty ? nil : elements, nextPageToken: MarketoActivityToken.text(next),
      moreResult: found.count > size)
  }

  private static func numbers(
    _ call: MarketoCall, _ name: String, limit: Int
  ) throws(MarketoFailure) -> [Int64] {
    let texts = call.parameters.list(name)
    guard texts.count <= limit else {
      throw .invalid("The number of \(name) exceeds the limit of \(limit)")
    }
    var numbers: [Int64] = []
    for text in texts {
      guard let number = Int64(text) else { throw .value(text, required: "integer") }
      numbers.append(number)
    }
    return numbers
  }
}
