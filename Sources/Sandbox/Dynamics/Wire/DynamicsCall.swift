/// One request to the Web API, alone or as a part of a batch.
struct DynamicsCall: Sendable {
  var method: String
  /// The path after `/api/data/v9.x/`, still percent-encoded.
  var path: String
  /// The text after the question mark, still percent-encoded.
  var query: String
  /// Header values under lower-case names; repeated headers are joined by a comma.
  var headers: [String: String]
  var body: [UInt8]

  /// What the caller asked for in `Prefer`.
  var preferences: DynamicsPreferences { DynamicsPreferences(headers["prefer"]) }

  /// The body as one JSON object; throws the service's refusal of anything else.
  func object() throws -> DynamicsJSON {
    let value: DynamicsJSON
    do {
      value = try DynamicsJSON(parsing: body)
    } catch let fault as DynamicsJSONFault {
      throw DynamicsFailure.payload(
        "Microsoft.OData.ODataException: Invalid JSON. Unexpected text at offset \(fault.offset).")
    }
    guard value.members != nil else {
      throw DynamicsFailure.payload("Microsoft.OData.ODataException: A JSON object was expected.")
    }
    return value
  }
}
