import Model

extension TransportFailure {
  /// The failure as the connectors tell it.
  ///
  /// A write that may have left may have taken effect too, and the error says so.
  public func serviceError(side: Side, attempt: String, isWrite: Bool) -> ServiceError {
    let mayHaveApplied = isWrite && kind != .notSent
    switch kind {
    case .notSent:
      return ServiceError(
        .unavailable(retryAfter: nil), side: side, attempt: attempt,
        reason: "the service cannot be reached: \(reason)",
        mend: "check the address and the network, or try later")
    case .noAnswer:
      return ServiceError(
        .unavailable(retryAfter: nil), side: side, attempt: attempt,
        reason: "the service did not answer: \(reason)", mayHaveApplied: mayHaveApplied)
    case .timedOut:
      return ServiceError(
        .timedOut, side: side, attempt: attempt,
        reason: "the service did not answer: \(reason)", mayHaveApplied: mayHaveApplied)
    }
  }
}
