extension DynamicsSession {
  /// Answers `POST` on an entity set.
  func create(_ call: DynamicsCall, _ table: DynamicsTable) throws -> DynamicsAnswer {
    let id = try insert(table, try call.object())
    return try created(call, table, id)
  }

  /// Answers `PATCH` on a row: an update, or without a condition also a creation.
  func patch(_ call: DynamicsCall, _ table: DynamicsTable, _ id: String) throws -> DynamicsAnswer {
    let body = try call.object()
    let version = try rows.version(table, id)
    try check(call, version, table, id)
    guard version != nil else {
      return try created(call, table, try insert(table, body, id: id))
    }
    try update(table, id, body)
    return try changed(call, table, id)
  }

  /// Answers `DELETE` on a row.
  func delete(_ call: DynamicsCall, _ table: DynamicsTable, _ id: String) throws -> DynamicsAnswer {
    guard let version = try rows.version(table, id) else {
      throw DynamicsFailure.missing(table.name, id)
    }
    try check(call, version, table, id)
    try remove(table, id)
    return .empty()
  }

  /// Answers `PUT` and `DELETE` on one property or one look-up of a row.
  func property(
    _ call: DynamicsCall, _ table: DynamicsTable, _ id: String, _ name: String, isReference: Bool
  ) throws -> DynamicsAnswer {
    let isKnown = isReference ? table.navigations[name] != nil : table.columnsByName[name] != nil
    guard isKnown else { throw DynamicsFailure.segment(name) }
    let value: DynamicsJSON
    switch (call.method, isReference) {
    case ("DELETE", _): value = .null
    case ("PUT", true): value = try call.object()["@odata.id"] ?? .null
    case ("PUT", false): value = try call.object()["value"] ?? .null
    case ("GET", _): throw DynamicsFailure.unsupported("read of a single property")
    default: throw DynamicsFailure.method(call.method)
    }
    let member = DynamicsJSON.Member(isReference ? name + "@odata.bind" : name, value)
    try update(table, id, .object([member]))
    return .empty()
  }

  private func check(
    _ call: DynamicsCall, _ version: Int64?, _ table: DynamicsTable, _ id: String
  ) throws {
    if call.headers["if-none-match"] == "*", version != nil { throw DynamicsFailure.matching }
    guard let condition = call.headers["if-match"] else { return }
    guard let version else { throw DynamicsFailure.missing(table.name, id) }
    guard condition == "*" || Self.version(condition) == version else {
      throw DynamicsFailure.stale
    }
  }

  private func created(_ call: DynamicsCall, _ table: DynamicsTable, _ id: String) throws
    -> DynamicsAnswer
  {
    try written(call, table, id, status: 201, headers: ["Location", "OData-EntityId"])
  }

  private func changed(_ call: DynamicsCall, _ table: DynamicsTable, _ id: String) throws
    -> DynamicsAnswer
  {
    try written(call, table, id, status: 200, headers: ["OData-EntityId"])
  }

  private func written(
    _ call: DynamicsCall, _ table: DynamicsTable, _ id: String, status: Int, headers: [String]
  ) throws -> DynamicsAnswer {
    let url = "\(base)/\(table.setName)(\(id))"
    let select = try DynamicsOptions(call.query).select
    var answer =
      call.preferences.wantsRepresentation
      ? try representation(of: table, id, select: select, call.preferences, status: status)
      : DynamicsAnswer(status: 204, headers: headers.map { ($0, url) })
    answer.entity = url
    return answer
  }
}
