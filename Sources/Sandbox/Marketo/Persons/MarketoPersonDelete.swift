/// Answers the delete of persons.
enum MarketoPersonDelete {
  /// Deletes the persons named in the body or in the parameter `id`.
  static func answer(_ call: MarketoCall) throws -> MarketoAnswer {
    let records = call.body?["input"]?.elements ?? []
    let ids =
      records.map { $0["id"]?.wholeNumber ?? 0 }
      + call.parameters.list("id").map { Int64($0) ?? 0 }
    guard !ids.isEmpty else { throw MarketoFailure.invalid("Lead ids not specified") }
    guard ids.count <= MarketoCall.batchLimit else {
      throw MarketoFailure.invalid(
        "The number of records exceeds the limit of \(MarketoCall.batchLimit)")
    }
    return .result(try ids.map { try delete($0, call.state) })
  }

  private static func delete(_ id: Int64, _ state: MarketoState) throws -> MarketoJSON {
    guard try state.person(id, []) != nil else {
      return .members([
        "id": .integer(id), "status": .string("skipped"),
        "reasons": .array([MarketoFailure.leadNotFound.json]),
      ])
    }
    try MarketoPersonLog(state: state).deleted(id)
    try MarketoPersonTies(state: state).cut(id)
    try state.deletePerson(id)
    return .members(["id": .integer(id), "status": .string("deleted")])
  }
}
