extension DynamicsFailure {
  /// A query that cannot be read.
  static func query(_ message: String) -> DynamicsFailure {
    DynamicsFailure(400, "0x80060888", message)
  }

  /// A column that a query names and the table does not have.
  static func unknownProperty(_ name: String, type: String) -> DynamicsFailure {
    query("Could not find a property named '\(name)' on type 'Microsoft.Dynamics.CRM.\(type)'.")
  }

  /// A path that leads nowhere.
  static func segment(_ name: String) -> DynamicsFailure {
    DynamicsFailure(404, "0x80060888", "Resource not found for the segment '\(name)'.")
  }

  /// A verb that the path does not take.
  static func method(_ name: String) -> DynamicsFailure {
    DynamicsFailure(
      405, "0x80060888", "The requested resource does not support http method '\(name)'.")
  }

  /// Something that the real service has and the sandbox has not.
  static func unsupported(_ what: String) -> DynamicsFailure {
    DynamicsFailure(501, "0x80040216", "The sandbox has no \(what).")
  }

  /// A body that cannot be read against the table.
  static func payload(_ reason: String, set: String? = nil) -> DynamicsFailure {
    let entity = set.map { " for Entity :'\($0)'" } ?? ""
    return DynamicsFailure(
      400, "0x80048d19",
      "Error identified in Payload provided by the user\(entity), For more information on this "
        + "error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  "
        + "---->  InnerException : \(reason)")
  }

  /// A property in a body that the table does not have.
  static func undeclared(_ name: String, table: DynamicsTable) -> DynamicsFailure {
    payload(
      "Microsoft.Crm.CrmException: Invalid property '\(name)' was found in entity "
        + "'Microsoft.Dynamics.CRM.\(table.name)'. ---> Microsoft.OData.ODataException: "
        + "Does not support untyped value in non-open type.",
      set: table.setName)
  }

  /// A value in a body that is not of the column's type.
  static func literal(_ value: DynamicsJSON, type: String, table: DynamicsTable) -> DynamicsFailure
  {
    let text = value.string ?? String(decoding: value.bytes, as: UTF8.self)
    return payload(
      "Microsoft.OData.ODataException: Cannot convert the literal '\(text)' to the expected "
        + "type '\(type)'.",
      set: table.setName)
  }

  /// A row that is not there.
  static func missing(_ table: String, _ id: String) -> DynamicsFailure {
    DynamicsFailure(404, "0x80040217", "\(table) With Id = \(id) Does Not Exist")
  }

  /// An etag that is not the row's any more.
  static let stale = DynamicsFailure(
    412, "0x80060882",
    "The version of the existing record doesn't match the RowVersion property provided.")

  /// A row that is there although its absence was the condition.
  static let matching = DynamicsFailure(
    412, "0x80040237", "A record with matching key values already exists.")

  /// A primary key that is taken.
  static let duplicate = DynamicsFailure(
    412, "0x80040237", "Operation failed due to a SQL integrity violation.")

  /// A change-tracking token that is too old to be trusted.
  static let expiredToken = DynamicsFailure(
    400, "0x80044352",
    "Version stamp associated with the client has expired. Please perform a full sync.")
}
