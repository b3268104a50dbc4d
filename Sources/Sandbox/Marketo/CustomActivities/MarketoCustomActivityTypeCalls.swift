/// Answers the calls that make, change, approve and delete custom activity types.
enum MarketoCustomActivityTypeCalls {
  private typealias Element = MarketoCustomActivityElement

  /// Lists the types, each in its approved version if it has one.
  static func list(_ call: MarketoCall) throws -> MarketoAnswer {
    .result(
      try call.state.customActivities().compactMap { type in
        (type.approved ?? type.draft).map { Element.type(type, $0) }
      })
  }

  /// Describes one type: its draft where that is asked for and there is one.
  static func describe(_ call: MarketoCall) throws -> MarketoAnswer {
    let type = try named(call)
    let wantsDraft = call.parameters["draft"] == "true"
    let shown = wantsDraft ? type.draft ?? type.approved : type.approved ?? type.draft
    return .result(shown.map { [Element.type(type, $0)] } ?? [])
  }

  /// Makes a type: a draft.
  static func make(_ call: MarketoCall) throws -> MarketoAnswer {
    for key in ["apiName", "name", "triggerName", "filterName"] where call.option(key) == nil {
      throw MarketoFailure.missing(key)
    }
    let apiName = call.option("apiName") ?? ""
    guard Element.isAPIName(apiName) else {
      throw MarketoFailure.invalid("Invalid apiName '\(apiName)'")
    }
    guard let primary = call.body?["primaryAttribute"], primary.members != nil else {
      throw MarketoFailure.missing("primaryAttribute")
    }
    let standing = try call.state.customActivities()
    guard !standing.contains(where: { $0.apiName.lowercased() == apiName.lowercased() }) else {
      throw MarketoFailure.recordExists
    }
    guard standing.count < MarketoCustomActivity.typeLimit else {
      throw MarketoFailure(1027, "Custom activity type limit reached")
    }
    let now = MarketoInstant.text(call.state.now)
    let draft = MarketoCustomActivity.Definition(
      name: call.option("name") ?? apiName, triggerName: call.option("triggerName") ?? "",
      filterName: call.option("filterName") ?? "", description: call.option("description"),
      primaryAttribute: try Element.attribute(primary, isPrimary: true))
    let type = MarketoCustomActivity(
      id: 0, apiName: apiName, createdAt: now, changedAt: now, draft: draft)
    try call.state.save(type)
    return .result([Element.type(type, draft, isNew: true)])
  }

  /// Changes the words of a type; once it is approved, the description alone.
  static func update(_ call: MarketoCall) throws -> MarketoAnswer {
    try change(call) { type, draft in
      let names = [call.option("name"), call.option("triggerName"), call.option("filterName")]
      let isRenamed =
        zip(names, [draft.name, draft.triggerName, draft.filterName]).contains { new, old in
          new.map { $0 != old } ?? false
        }
      guard type.approved == nil || !isRenamed, call.body?["primaryAttribute"] == nil else {
        throw MarketoFailure.invalid("The names of an approved type cannot be changed")
      }
      draft.name = names[0] ?? draft.name
      draft.triggerName = names[1] ?? draft.triggerName
      draft.filterName = names[2] ?? draft.filterName
      draft.description = call.option("description") ?? draft.description
    }
  }

  /// Puts the draft in force.
  static func approve(_ call: MarketoCall) throws -> MarketoAnswer {
    var type = try named(call)
    guard let draft = type.draft else {
      throw MarketoFailure.invalid("There is no draft to approve")
    }
    type.approved = draft
    type.draft = nil
    try call.state.save(type)
    return .result([Element.type(type, draft)])
  }

  /// Goes back to the approved version.
  static func discardDraft(_ call: MarketoCall) throws -> MarketoAnswer {
    var type = try named(call)
    guard type.draft != nil, let approved = type.approved else {
      throw MarketoFailure(1048, "Discard draft failed")
    }
    type.draft = nil
    try call.state.save(type)
    return .result([Element.type(type, approved)])
  }

  /// Deletes a type; its activities stay where they are.
  static func delete(_ call: MarketoCall) throws -> MarketoAnswer {
    try call.state.delete(named(call))
    return .result([])
  }

  /// Works on the draft, which begins as a copy of the approved version.
  static func change(
    _ call: MarketoCall,
    _ work: (MarketoCustomActivity, inout MarketoCustomActivity.Definition) throws -> Void
  ) throws -> MarketoAnswer {
    var type = try named(call)
    guard var draft = type.draft ?? type.approved else { return .result([]) }
    try work(type, &draft)
    type.draft = draft
    type.changedAt = MarketoInstant.text(call.state.now)
    try call.state.save(type)
    return .result([Element.type(type, draft)])
  }

  /// The type of the call's path.
  private static func named(_ call: MarketoCall) throws -> MarketoCustomActivity {
    let name = (call.captured["apiName"] ?? "").lowercased()
    guard
      let type = try call.state.customActivities().first(where: { $0.apiName.lowercased() == name })
    else { throw MarketoFailure(1013, "Activity type not found") }
    return type
  }
}
