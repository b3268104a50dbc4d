import Model

/// What whole calls come to that carry a record with a certain text.
package struct CallTrouble: Sendable {
  /// Calls with it are refused as a whole; empty for every call.
  package var refused: String?
  /// Calls with it are not carried out, and nobody learns that.
  package var unanswered: String?

  package init(refused: String? = nil, unanswered: String? = nil) {
    self.refused = refused
    self.unanswered = unanswered
  }

  /// The results of a call in trouble, or what it throws; `nil` where all is well.
  func results(of writes: [Write], _ side: Side) throws -> [WriteResult]? {
    func carries(_ text: String) -> Bool {
      text.isEmpty || writes.contains { $0.fields.values.contains(.text(text)) }
    }
    if let refused, carries(refused) {
      throw ServiceError(
        .refusedCall, side: side, attempt: "write", reason: "the data of the call were refused",
        code: "609", requestID: "r-609")
    }
    guard let unanswered, carries(unanswered) else { return nil }
    let error = ServiceError(
      .unavailable(retryAfter: nil), side: side, attempt: "write", reason: "it broke",
      code: "HTTP 500", requestID: "r-500", mayHaveApplied: true)
    return writes.map { WriteResult(operation: $0.operation, outcome: .unknown(error)) }
  }
}
