/// Answers the calls that make, approve and delete custom object types.
///
/// A write answers an empty result; only describe tells what came of it.
enum MarketoCustomTypeCalls {
  /// Lists the types, each in its approved version if it has one.
  static func list(_ call: MarketoCall) throws -> MarketoAnswer {
    let names = call.parameters.list("names").map { $0.lowercased() }
    let state = call.parameters["state"]
    return .result(
      try call.state.customTypes()
        .filter { names.isEmpty || names.contains($0.apiName.lowercased()) }
        .filter { state == nil || $0.state.rawValue == state }
        .map { MarketoCustomTypeElement.type($0, $0.shown) })
  }

  /// Describes one type: the version asked for, or the approved one if it has one.
  static func describe(_ call: MarketoCall) throws -> MarketoAnswer {
    let type = try named(call)
    let version: MarketoCustomType.Version =
      switch call.parameters["state"] {
      case nil: type.shown
      case "draft", "approvedWithDraft": .draft
      case "approved": .approved
      case let other?: throw MarketoFailure.invalid("Invalid state '\(other)'")
      }
    guard type.definition(version) != nil else { throw notFound }
    return .result([MarketoCustomTypeElement.type(type, version)])
  }

  /// Makes a type, or changes what may be changed of one.
  static func sync(_ call: MarketoCall) throws -> MarketoAnswer {
    guard let apiName = call.option("apiName") else { throw MarketoFailure.missing("apiName") }
    let action = call.option("action") ?? MarketoObjectSync.Action.createOrUpdate.rawValue
    let known = try call.state.customType(apiName)
    switch (MarketoObjectSync.Action(rawValue: action), known) {
    case (nil, _): throw MarketoFailure.invalid("Invalid action '\(action)'")
    case (.createOnly, .some): throw MarketoFailure.recordExists
    case (.updateOnly, nil): throw notFound
    default: break
    }
    guard let known else {
      try call.state.save(make(apiName, call))
      return .result([])
    }
    try call.state.save(changed(known, call))
    return .result([])
  }

  /// Puts the draft in force, and makes room for its records.
  static func approve(_ call: MarketoCall) throws -> MarketoAnswer {
    var type = try named(call)
    guard let draft = type.draft else {
      throw MarketoFailure.invalid("There is no draft to approve")
    }
    guard (1...MarketoCustomType.dedupeLimit).contains(draft.dedupeFields.count) else {
      throw MarketoFailure.invalid(
        "An object needs 1 to \(MarketoCustomType.dedupeLimit) dedupe fields")
    }
    type.approved = draft
    type.draft = nil
    try call.state.save(type)
    if let object = type.object { try call.state.makeRoom(for: object) }
    return .result([])
  }

  /// Goes back to the approved version.
  static func discardDraft(_ call: MarketoCall) throws -> MarketoAnswer {
    var type = try named(call)
    guard type.state == .approvedWithDraft else {
      throw MarketoFailure(1048, "Discard draft failed")
    }
    type.draft = nil
    try call.state.save(type)
    return .result([])
  }

  /// Deletes a type and all its records; one that another type links to is in use.
  static func delete(_ call: MarketoCall) throws -> MarketoAnswer {
    let type = try named(call)
    let isLinked = try call.state.customTypes().contains { other in
      [other.draft, other.approved].compactMap(\.self).flatMap(\.links)
        .contains { $0.link.object == type.apiName }
    }
    guard !isLinked else { throw MarketoFailure.inUse }
    try call.state.delete(type)
    return .result([])
  }

  /// Lists the assets that use a type: none, since the sandbox has no assets.
  static func dependentAssets(_ call: MarketoCall) throws -> MarketoAnswer {
    _ = try named(call)
    return .result([])
  }

  /// The error of a type that is not there.
  static let notFound = MarketoFailure(1013, "Object not found")

  /// The type of the call's path.
  static func named(_ call: MarketoCall) throws -> MarketoCustomType {
    guard let type = try call.state.customType(call.captured["apiName"] ?? "") else {
      throw notFound
    }
    return type
  }

  private static func make(_ apiName: String, _ call: MarketoCall) throws -> MarketoCustomType {
    guard MarketoName.isValid(apiName), apiName.lowercased() != "schema" else {
      throw MarketoFailure.invalid("Invalid apiName '\(apiName)'")
    }
    guard let displayName = call.option("displayName") else {
      throw MarketoFailure.missing("displayName")
    }
    guard let pluralName = call.option("pluralName") else {
      throw MarketoFailure.missing("pluralName")
    }
    let now = MarketoInstant.text(call.state.now)
    return MarketoCustomType(
      id: 0, apiName: apiName, createdAt: now,
      draft: .init(
        displayName: displayName, pluralName: pluralName,
        description: call.option("description"),
        isShownInLeadDetail: call.body?["showInLeadDetail"]?.truth ?? false, changedAt: now))
  }

  private static func changed(
    _ known: MarketoCustomType, _ call: MarketoCall
  ) throws -> MarketoCustomType {
    var type = known
    guard var draft = type.draft ?? type.approved else { return type }
    if let title = call.option("displayName"), title != draft.displayName {
      guard type.approved == nil else {
        throw MarketoFailure.invalid("displayName cannot be changed after approval")
      }
      draft.displayName = title
    }
    draft.pluralName = call.option("pluralName") ?? draft.pluralName
    draft.description = call.option("description") ?? draft.description
    draft.isShownInLeadDetail =
      call.body?["showInLeadDetail"]?.truth ?? draft.isShownInLeadDetail
    draft.changedAt = MarketoInstant.text(call.state.now)
    type.draft = draft
    return type
  }
}
