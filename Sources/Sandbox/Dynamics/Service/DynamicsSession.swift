/// One caller's work on the organisation within one transaction.
struct DynamicsSession {
  let rows: DynamicsRows
  let caller: DynamicsCaller
  /// The address of the Web API as the caller wrote it, without a slash at its end.
  let base: String
  /// Rows that earlier parts of a change set made, by references such as `$1`.
  var contentIDs: [String: String] = [:]

  init(rows: DynamicsRows, caller: DynamicsCaller, base: String) {
    self.rows = rows
    self.caller = caller
    self.base = base
  }

  /// The time in Unix seconds.
  var now: Int64 { rows.now }

  /// Answers one call that is no batch; throws ``DynamicsFailure``.
  func respond(to call: DynamicsCall) throws -> DynamicsAnswer {
    guard call.path.utf8.count + call.query.utf8.count < 32_768 else {
      throw DynamicsFailure(414, "0x80060888", "The request URL is too long.")
    }
    let path = try DynamicsPath(call.path)
    guard let first = path.segments.first else { return try serviceDocument(call) }
    switch first.name {
    case "WhoAmI": return try whoAmI(call)
    case "RetrieveCurrentOrganization": return try currentOrganization(call)
    case "EntityDefinitions":
      let metadata = DynamicsMetadata(base: base, tracked: try trackedTables())
      return try metadata.respond(to: call, path)
    case "Merge": return try merge(call)
    case "WinOpportunity": return try close(call, isWon: true)
    case "LoseOpportunity": return try close(call, isWon: false)
    default:
      guard let table = DynamicsCatalogue.table(set: first.name) else {
        throw DynamicsFailure.segment(first.name)
      }
      return try respond(to: call, table: table, path)
    }
  }

  private func respond(to call: DynamicsCall, table: DynamicsTable, _ path: DynamicsPath) throws
    -> DynamicsAnswer
  {
    let rest = path.segments.dropFirst()
    guard let key = path.segments[0].key else {
      switch (call.method, rest.first?.name) {
      case ("GET", nil): return try collection(call, table)
      case ("GET", "$count"): return try countOf(call, table)
      case ("POST", nil): return try create(call, table)
      case (_, let name?) where name != "$count": throw DynamicsFailure.segment(name)
      default: throw DynamicsFailure.method(call.method)
      }
    }
    let id = try identifier(key, of: table)
    guard let next = rest.first?.name else {
      switch call.method {
      case "GET": return try single(call, table, id)
      case "PATCH": return try patch(call, table, id)
      case "DELETE": return try delete(call, table, id)
      default: throw DynamicsFailure.method(call.method)
      }
    }
    if next == "Microsoft.Dynamics.CRM.QualifyLead" || next == "QualifyLead", table.name == "lead" {
      return try qualify(call, id)
    }
    return try property(call, table, id, next, isReference: rest.dropFirst().first?.name == "$ref")
  }

  /// The GUID of a key; throws at alternate keys, which no table of the sandbox declares.
  func identifier(_ key: String, of table: DynamicsTable) throws -> String {
    if let id = DynamicsGUID.parse(key) { return id }
    let prefix = table.idColumn + "="
    if key.hasPrefix(prefix), let id = DynamicsGUID.parse(key.dropFirst(prefix.count)) { return id }
    guard key.contains("=") else {
      throw DynamicsFailure.query("Bad Request - Error in query syntax.")
    }
    let type = "Microsoft.Dynamics.CRM.\(table.name)"
    throw DynamicsFailure.query(
      "The key in the request URI is not valid for resource '\(type)'. Ensure that the names and "
        + "number of key properties match the declared or alternate key properties for the "
        + "resource '\(type)'.")
  }
}

/// Who makes a call.
struct DynamicsCaller: Sendable {
  /// The user in whose name rows are written.
  var user: String
  /// The user who signed in, where that is another one.
  var onBehalfBy: String?
}
