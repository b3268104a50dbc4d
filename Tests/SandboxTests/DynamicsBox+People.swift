@testable import Sandbox

extension DynamicsBox {
  /// Adds a lead with a chosen id and returns the answer with its representation.
  @discardableResult
  func addLead(
    _ number: Int, _ members: [DynamicsJSON.Member] = [], select: String = "fullname"
  ) async throws -> Answer {
    try await send(
      "POST", "leads?$select=\(select)", ["Prefer": "return=representation"],
      .object(
        [
          .init("leadid", .string(guid(number))), .init("lastname", .string("Park\(number)")),
        ] + members))
  }

  /// The etag of a lead as it stands.
  func etag(_ set: String, _ number: Int) async throws -> String {
    try await get("\(set)(\(guid(number)))?$select=createdon").json["@odata.etag"]?.string ?? ""
  }

  /// Selected values of one row, without annotations, key and etag.
  func values(_ set: String, _ number: Int, _ names: String...) async throws -> [DynamicsJSON] {
    let row = try await get("\(set)(\(guid(number)))?$select=\(names.joined(separator: ","))").json
    return names.map { row[$0] ?? "(absent)" }
  }
}

extension DynamicsJSON {
  /// The value of one member of every item of a collection.
  func each(_ name: String) -> [DynamicsJSON?] { self["value"]?.items?.map { $0[name] } ?? [] }
}
