import GRDB

/// A failure that was ordered for coming requests.
///
/// The setting is an object: `status`, `code`, `message`, `count` (1), `retry_after` (seconds),
/// `match` (part of the method and path), `body` (part of the request's body), `in_batch` (hits parts of batches instead of whole
/// requests) and `applied` (the request takes effect, but its answer is the failure). With status
/// 0 the connection ends without an answer. A bare number is the count.
struct DynamicsFault: Sendable {
  var failure: DynamicsFailure
  var isApplied: Bool

  /// Takes the failure that is ordered for a request, if any, and counts it down.
  static func take(for call: DynamicsCall, inBatch: Bool, _ db: Database) throws -> DynamicsFault? {
    let settings = try SandboxSettings.all(db)
    for kind in [DynamicsSwitch.throttleNext, .failNext] {
      guard let value = settings[kind.rawValue],
        (value["in_batch"]?.boolean ?? false) == inBatch,
        "\(call.method) \(call.path)".contains(value["match"]?.string ?? "")
          || value["match"] == nil,
        value["body"]?.string.map({ call.body.contains($0.utf8) }) ?? true
      else { continue }
      let count = value.integer ?? value["count"]?.integer ?? 1
      let rest = count > 1 ? value.counted(count - 1) : .null
      try SandboxSettings.set(kind.rawValue, rest, db)
      return DynamicsFault(
        failure: failure(kind, value), isApplied: value["applied"]?.boolean ?? false)
    }
    return nil
  }

  /// Whether any failure is ordered.
  static func isOrdered(_ settings: [String: DynamicsJSON]) -> Bool {
    settings[DynamicsSwitch.failNext.rawValue] != nil
      || settings[DynamicsSwitch.throttleNext.rawValue] != nil
  }

  private static func failure(_ kind: DynamicsSwitch, _ value: DynamicsJSON) -> DynamicsFailure {
    if kind == .throttleNext {
      return .throttled(
        code: value["code"]?.string ?? "0x80072322",
        retryAfter: value["retry_after"]?.integer ?? 2)
    }
    var failure = DynamicsFailure(
      Int(value["status"]?.integer ?? 503), value["code"]?.string ?? "0x80040216",
      value["message"]?.string ?? "An unexpected error occurred.")
    if let seconds = value["retry_after"]?.integer {
      failure.headers = [(name: "Retry-After", value: String(seconds))]
    }
    return failure
  }
}

extension DynamicsJSON {
  /// The same order with another count.
  fileprivate func counted(_ count: Int64) -> DynamicsJSON {
    guard let members else { return .integer(count) }
    return .object(members.filter { $0.name != "count" } + [Member("count", .integer(count))])
  }
}

extension DynamicsFailure {
  /// A refusal by the service's protection of itself (Dataverse, service protection limits).
  static func throttled(code: String, retryAfter: Int64) -> DynamicsFailure {
    let message =
      switch code.uppercased() {
      case "0X80072321":
        "Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds "
          + "over time window of 300 seconds. Decrease number of concurrent requests or reduce "
          + "the duration of requests and try again later."
      case "0X80072326": "Number of concurrent requests exceeded the limit of 52."
      default: "Number of requests exceeded the limit of 6000 over time window of 300 seconds."
      }
    var failure = DynamicsFailure(429, code, message)
    failure.headers = [(name: "Retry-After", value: String(retryAfter))]
    return failure
  }
}
