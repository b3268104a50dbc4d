/// Answers the calls that change the fields of a custom object type.
///
/// They work on the draft, which begins as a copy of the approved version. What was approved of
/// keys and links is frozen, and so is the type of every approved field.
enum MarketoCustomTypeFields {
  /// Adds fields: all of them or, where one cannot be added, none.
  static func add(_ call: MarketoCall) throws -> MarketoAnswer {
    let input = try call.input()
    return try change(call) { type, draft in
      for record in input {
        let field = try field(record, of: type, call.state)
        guard draft.place(of: field.name) == nil else {
          throw MarketoFailure.invalid("Field '\(field.name)' already exists")
        }
        draft.fields.append(field)
      }
      guard let approved = type.approved else { return }
      let added = draft.fields.filter { approved.place(of: $0.name) == nil }
      for field in added where field.isFrozenOnceApproved {
        throw MarketoFailure.invalid("Field '\(field.name)' cannot be added after approval")
      }
      guard added.count <= MarketoCustomType.laterFieldLimit else {
        throw MarketoFailure.invalid(
          "The limit of \(MarketoCustomType.laterFieldLimit) added fields is reached")
      }
    }
  }

  /// Changes one field.
  static func update(_ call: MarketoCall) throws -> MarketoAnswer {
    let name = call.captured["fieldApiName"] ?? ""
    return try change(call) { type, draft in
      guard let place = draft.place(of: name) else { throw MarketoFailure.field(name) }
      var field = draft.fields[place]
      let before = field
      field.displayName = call.option("displayName") ?? field.displayName
      field.description = call.option("description") ?? field.description
      field.isDedupeField = call.body?["isDedupeField"]?.truth ?? field.isDedupeField
      if let body = call.body, body["dataType"] != nil || body["relatedTo"] != nil {
        field.type = try fieldType(
          call.option("dataType") ?? (before.isLink ? "link" : ""), body["relatedTo"], of: type,
          call.state)
      }
      if type.approved?.place(of: name) != nil,
        field.type != before.type || field.isDedupeField != before.isDedupeField
          || (before.isFrozenOnceApproved && field != before)
      {
        throw MarketoFailure.invalid("Field '\(name)' cannot be changed after approval")
      }
      draft.fields[place] = field
    }
  }

  /// Removes fields.
  static func delete(_ call: MarketoCall) throws -> MarketoAnswer {
    let names = try call.input().map { $0["name"]?.text ?? "" }
    return try change(call) { type, draft in
      for name in names {
        guard let place = draft.place(of: name) else { throw MarketoFailure.field(name) }
        guard type.approved?.place(of: name) == nil || !draft.fields[place].isFrozenOnceApproved
        else {
          throw MarketoFailure.invalid("Field '\(name)' cannot be deleted after approval")
        }
        draft.fields.remove(at: place)
      }
    }
  }

  /// Lists the data types.
  static func dataTypes(_ call: MarketoCall) -> MarketoAnswer {
    var names = MarketoCustomType.dataTypes.map(\.rawValue)
    names.insert("link", at: 4)
    return .result(names.map { .string($0) })
  }

  private static func change(
    _ call: MarketoCall,
    _ work: (MarketoCustomType, inout MarketoCustomType.Definition) throws -> Void
  ) throws -> MarketoAnswer {
    var type = try MarketoCustomTypeCalls.named(call)
    guard var draft = type.draft ?? type.approved else { return .result([]) }
    try work(type, &draft)
    draft.changedAt = MarketoInstant.text(call.state.now)
    type.draft = draft
    try call.state.save(type)
    return .result([])
  }

  private static func field(
    _ record: MarketoJSON, of type: MarketoCustomType, _ state: MarketoState
  ) throws -> MarketoCustomType.Field {
    for key in ["name", "displayName", "dataType"] where (record[key]?.text ?? "").isEmpty {
      throw MarketoFailure.missing(key)
    }
    let name = record["name"]?.text ?? ""
    let standard = ["marketoguid", "createdat", "updatedat", "rowid"]
    guard MarketoName.isValid(name), !standard.contains(name.lowercased()) else {
      throw MarketoFailure.invalid("Invalid name '\(name)'")
    }
    return MarketoCustomType.Field(
      name: name, displayName: record["displayName"]?.text ?? name,
      description: record["description"]?.text,
      type: try fieldType(record["dataType"]?.text ?? "", record["relatedTo"], of: type, state),
      isDedupeField: record["isDedupeField"]?.truth ?? false)
  }

  private static func fieldType(
    _ name: String, _ related: MarketoJSON?, of type: MarketoCustomType, _ state: MarketoState
  ) throws -> MarketoCustomType.FieldType {
    if name == "link" {
      return .link(try MarketoLinkableObjects.link(to: related, from: type, state))
    }
    guard related == nil || related == .null else {
      throw MarketoFailure.invalid("relatedTo needs the dataType 'link'")
    }
    guard let plain = MarketoFieldType(rawValue: name),
      MarketoCustomType.dataTypes.contains(plain)
    else { throw MarketoFailure.invalid("Invalid dataType '\(name)'") }
    return .plain(plain)
  }
}

extension MarketoCustomType.Field {
  /// Whether it links.
  var isLink: Bool {
    if case .link = type { true } else { false }
  }

  /// Whether nothing of it may change once it is approved: it is a link, or part of the key.
  var isFrozenOnceApproved: Bool { isLink || isDedupeField }
}
