/// Answers create and update of an object of the shared pattern.
struct MarketoObjectSync {
  /// What to do with a record whose key is there, or is not.
  enum Action: String, Sendable {
    case createOrUpdate, createOnly, updateOnly
  }

  private let object: MarketoObject
  private let action: Action
  private let key: MarketoObjectKey
  private let state: MarketoState

  /// Carries the call out; what is wrong with one record is that record's reason alone.
  ///
  /// A key that comes a second time in the same call, also in other case, is skipped with 1036.
  static func answer(_ object: MarketoObject, _ call: MarketoCall) throws -> MarketoAnswer {
    guard !call.state.settings.isOn(.nativeCRM) else { throw MarketoFailure.crmEnabled }
    let sync = try MarketoObjectSync(object, call)
    var seen: Set<[String]> = []
    return .result(
      try call.input().enumerated().map { seq, record in
        do {
          let values = try sync.key.values(in: record)
          guard seen.insert(values.map { ($0.value.logText ?? "").lowercased() }).inserted else {
            throw MarketoFailure.duplicateInBatch
          }
          return try sync.carryOut(record, values, seq)
        } catch let reason as MarketoFailure {
          return MarketoObjectSync.skipped(seq, reason)
        }
      })
  }

  /// The item of a record that was left alone.
  static func skipped(_ seq: Int, _ reason: MarketoFailure) -> MarketoJSON {
    .members([
      "seq": .integer(seq), "status": .string("skipped"), "reasons": .array([reason.json]),
    ])
  }

  private init(_ object: MarketoObject, _ call: MarketoCall) throws {
    let name = call.option("action") ?? Action.createOrUpdate.rawValue
    guard let action = Action(rawValue: name) else {
      throw MarketoFailure.invalid("Invalid action '\(name)'")
    }
    let dedupeBy = call.option("dedupeBy")
    guard dedupeBy != "idField" || action == .updateOnly else {
      throw MarketoFailure.invalid("dedupeBy 'idField' is not supported with action '\(name)'")
    }
    self.object = object
    self.action = action
    key = try MarketoObjectKey(alias: dedupeBy, member: "dedupeBy", of: object)
    state = call.state
  }

  private func carryOut(
    _ record: MarketoJSON, _ values: [MarketoFieldValue], _ seq: Int
  ) throws -> MarketoJSON {
    let found = try state.row(of: object, where: values)
    switch (found, action) {
    case (nil, .updateOnly): throw MarketoFailure.recordNotFound
    case (.some, .createOnly): throw MarketoFailure.recordExists
    default: break
    }
    let given = try given(record)
    try checkReferences(given)
    guard let row = found else { return try item(seq, create(values, given), "created") }
    try update(row, given)
    return try item(seq, row, "updated")
  }

  private func given(_ record: MarketoJSON) throws -> [MarketoFieldValue] {
    guard let members = record.members else { throw MarketoFailure.invalid("Invalid record") }
    let cutting = state.settings.isOn(.cutOverlong)
    let aliases = key.names.contains("marketoGUID") ? ["marketoGuid"] : []
    return try members.compactMap { member in
      if aliases.contains(member.key) { return nil }
      guard let field = object.field(member.key) else { throw MarketoFailure.field(member.key) }
      if key.names.contains(field.name) {
        _ = try field.value(member.value, cutting: false)
        return nil
      }
      guard field.isUpdateable, !object.dedupeFields.contains(field.name) else {
        throw MarketoFailure.field(member.key)
      }
      return MarketoFieldValue(
        field: field, value: try field.value(member.value, cutting: cutting))
    }
  }

  private func checkReferences(_ given: [MarketoFieldValue]) throws {
    for reference in object.references {
      guard let value = given.first(where: { $0.field.name == reference.field })?.value,
        value != .empty
      else { continue }
      let isThere: Bool =
        switch reference.target {
        case .person: try value.wholeNumber.map { try state.person($0, []) != nil } ?? false
        case .object(let path, let name):
          try MarketoObject.named(path).flatMap { target in
            try target.field(name).flatMap { field in
              try state.row(of: target, where: [.init(field: field, value: value)])
            }
          } != nil
        }
      guard isThere else { throw reference.missing }
    }
  }

  private func create(
    _ key: [MarketoFieldValue], _ given: [MarketoFieldValue]
  ) throws -> Int64 {
    for name in object.required
    where given.first(where: { $0.field.name == name })?.value ?? .empty == .empty {
      throw MarketoFailure.missing(name)
    }
    var stamped = key + given + stamps(["createdAt", "updatedAt"])
    if !object.hasNumericID, let field = object.field(object.idField) {
      let name = "\(object.path)-\(try state.highestRow(of: object))-\(state.now)"
      stamped.append(.init(field: field, value: .text(SampleRandom.guid(named: name))))
    }
    return try state.insert(object, stamped)
  }

  private func update(_ row: Int64, _ given: [MarketoFieldValue]) throws {
    if object.isShownByPersons {
      try MarketoCompanyWriter(state: state, author: .api).update(row, given)
      return
    }
    let before = try state.record(of: object, row: row, given.map(\.field))
    let changes = given.filter { before[$0.field.name] != $0.value }
    guard !changes.isEmpty else { return }
    try state.update(object, row: row, changes + stamps(["updatedAt"]))
  }

  private func stamps(_ names: [String]) -> [MarketoFieldValue] {
    names.compactMap { name in
      object.field(name).map { MarketoFieldValue(field: $0, value: state.nowText) }
    }
  }

  private func item(_ seq: Int, _ row: Int64, _ status: String) throws -> MarketoJSON {
    let fields = object.field(object.idField).map { [$0] } ?? []
    let id = try state.record(of: object, row: row, fields)[object.idField] ?? .empty
    return .object([
      .init(key: "seq", value: .integer(seq)), .init(key: object.idField, value: id.json),
      .init(key: "status", value: .string(status)),
    ])
  }
}
