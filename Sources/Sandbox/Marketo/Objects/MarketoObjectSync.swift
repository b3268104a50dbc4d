/// Answers create and update of an object of the shared pattern.
struct MarketoObjectSync {
  /// What to do with a record whose key is there, or is not.
  enum Action: String, Sendable {
    case createOrUpdate, createOnly, updateOnly
  }

  private let action: Action
  private let key: MarketoObjectKey
  private let writer: MarketoObjectWriter

  private var object: MarketoObject { writer.object }

  /// Carries the call out; what is wrong with one record is that record's reason alone.
  ///
  /// A key that comes a second time in the same call, also in other case, is skipped with 1036.
  static func answer(_ object: MarketoObject, _ call: MarketoCall) throws -> MarketoAnswer {
    guard !object.isCRMManaged || !call.state.settings.isOn(.nativeCRM) else {
      throw MarketoFailure.crmEnabled
    }
    let sync = try MarketoObjectSync(object, call)
    let input = try call.input()
    try sync.writer.checkWholeCall(input)
    var seen: Set<[String]> = []
    return .result(
      try input.enumerated().map { seq, record in
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
    self.action = action
    key = try MarketoObjectKey(alias: dedupeBy, member: "dedupeBy", of: object)
    writer = MarketoObjectWriter(object: object, state: call.state)
  }

  private func carryOut(
    _ record: MarketoJSON, _ values: [MarketoFieldValue], _ seq: Int
  ) throws -> MarketoJSON {
    let found = try writer.state.row(of: object, where: values)
    switch (found, action) {
    case (nil, .updateOnly): throw object.notFound
    case (.some, .createOnly): throw MarketoFailure.recordExists
    default: break
    }
    let given = try writer.given(record, besides: key)
    guard let row = found else {
      try writer.checkReferences(values + given)
      return try item(seq, writer.create(values, given), "created")
    }
    try writer.checkReferences(given)
    try writer.update(row, given)
    return try item(seq, row, "updated")
  }

  private func item(_ seq: Int, _ row: Int64, _ status: String) throws -> MarketoJSON {
    .object([
      .init(key: "seq", value: .integer(seq)),
      .init(key: object.idField, value: try writer.id(of: row)),
      .init(key: "status", value: .string(status)),
    ])
  }
}
