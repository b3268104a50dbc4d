/// Answers the delete of an object of the shared pattern.
enum MarketoObjectDelete {
  /// Deletes the records of the keys; one that something names is skipped with 1022.
  static func answer(_ object: MarketoObject, _ call: MarketoCall) throws -> MarketoAnswer {
    guard !object.isCRMManaged || !call.state.settings.isOn(.nativeCRM) else {
      throw MarketoFailure.crmEnabled
    }
    let key = try MarketoObjectKey(
      alias: call.option("deleteBy"), member: "deleteBy", of: object)
    return .result(
      try call.input().enumerated().map { seq, record in
        do {
          let id = try delete(key.values(in: record), object, call.state)
          return .object([
            .init(key: "seq", value: .integer(seq)), .init(key: object.idField, value: id),
            .init(key: "status", value: .string("deleted")),
          ])
        } catch let reason as MarketoFailure {
          return MarketoObjectSync.skipped(seq, reason)
        }
      })
  }

  private static func delete(
    _ key: [MarketoFieldValue], _ object: MarketoObject, _ state: MarketoState
  ) throws -> MarketoJSON {
    guard let row = try state.row(of: object, where: key) else { throw object.notFound }
    guard try !state.isUsed(object, row: row) else { throw MarketoFailure.inUse }
    let writer = MarketoObjectWriter(object: object, state: state)
    let id = try writer.id(of: row)
    try writer.remove(row)
    return id
  }
}
