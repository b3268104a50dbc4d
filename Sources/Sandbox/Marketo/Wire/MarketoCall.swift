/// One call that was let in: its parameters, the parts of its path, its body, and the state it
/// works on.
struct MarketoCall {
  let parameters: MarketoForm
  /// The parts of the path that stand for a name or a number, by their names in the route.
  let captured: [String: String]
  /// The JSON body; `nil` where there was none.
  let body: MarketoJSON?
  let state: MarketoState

  /// Records that one call may carry ("Lead database": 300).
  static let batchLimit = 300

  /// A parameter that must be there.
  func parameter(_ name: String) throws(MarketoFailure) -> String {
    guard let value = parameters[name] else { throw .invalid("\(name) not specified") }
    return value
  }

  /// The size of a page: what was asked for, between 1 and 300.
  func batchSize() throws(MarketoFailure) -> Int {
    let inBody = body?["batchSize"]
    guard let text = parameters["batchSize"] ?? inBody?.text ?? inBody?.jsonText else {
      return Self.batchLimit
    }
    guard let size = Int(text), size > 0 else { throw .value(text, required: "integer") }
    return min(size, Self.batchLimit)
  }

  /// The records of a write: at least one, at most 300.
  func input() throws(MarketoFailure) -> [MarketoJSON] {
    guard let records = body?["input"]?.elements, !records.isEmpty else {
      throw .missing("input")
    }
    guard records.count <= Self.batchLimit else {
      throw .invalid("The number of records exceeds the limit of \(Self.batchLimit)")
    }
    return records
  }

  /// A member of the body that is text; `nil` where it is missing or empty.
  func option(_ name: String) -> String? {
    guard let text = body?[name]?.text, !text.isEmpty else { return nil }
    return text
  }
}

/// The token of a list whose pages are told apart by the last row shown.
enum MarketoPositionToken {
  /// Writes the token that goes on after a row.
  static func text(_ list: String, after row: Int64) -> String {
    MarketoBase32.encode("\(list),\(row)")
  }

  /// Reads the row after which to go on; 0 without a token.
  static func row(_ list: String, _ token: String?) throws(MarketoFailure) -> Int64 {
    guard let token else { return 0 }
    let parts = MarketoBase32.decode(token)?.split(separator: ",") ?? []
    guard parts.count == 2, parts[0] == list, let row = Int64(parts[1]) else {
      throw .pageToken(token)
    }
    return row
  }
}
