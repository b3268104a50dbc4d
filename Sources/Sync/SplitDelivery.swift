import Model

/// Sends writes in one call, and in halves where the service refuses the whole call for what it
/// carries: what is refused alone is that record's rejection, and the others go on.
///
/// The number of calls in a run is bounded; what is left over is postponed, to be planned again.
struct SplitDelivery {
  private let connector: any Connector
  private let schema: ObjectSchema
  private let refusals: RefusedCalls
  private var results: [Int64: WriteResult] = [:]
  /// Why nothing further is sent.
  private var stop: ServiceError?

  private init(connector: any Connector, schema: ObjectSchema, refusals: RefusedCalls) {
    self.connector = connector
    self.schema = schema
    self.refusals = refusals
  }

  /// The results in the order of `writes`; throws only if nothing can have been applied.
  static func deliver(
    _ writes: [Write], to schema: ObjectSchema, through connector: any Connector,
    counting refusals: RefusedCalls
  ) async throws -> [WriteResult] {
    var delivery = SplitDelivery(connector: connector, schema: schema, refusals: refusals)
    try await delivery.deliver(writes)
    return writes.compactMap { delivery.results[$0.operation] }
  }

  private mutating func deliver(_ writes: [Write]) async throws {
    if let stop { return keep(.postponed(stop), for: writes, stop) }
    do {
      let answers = try await connector.write(writes, to: schema)
      if answers.contains(where: \.isAnswered) { refusals.pass(connector.side) }
      for result in answers { results[result.operation] = result }
    } catch let error as ServiceError where error.kind == .refusedCall && !error.mayHaveApplied {
      try await refused(writes, error)
    } catch let error as ServiceError where !results.isEmpty {
      stop = error
      keep(error.mayHaveApplied ? .unknown(error) : .postponed(error), for: writes, error)
    }
  }

  private mutating func refused(_ writes: [Write], _ error: ServiceError) async throws {
    guard writes.count > 1 else {
      // Nothing passed in the whole run: nothing can have been applied.
      if let trouble = refusals.refusedAlone(error) { throw trouble }
      let rejection = Rejection(
        code: error.code ?? "dynsync:refused",
        message: "the whole call was refused, also with this record alone: \(error.reason)")
      return keep(.rejected(rejection), for: writes, error)
    }
    guard refusals.mayHalve(connector.side) else {
      return keep(.postponed(error), for: writes, error)
    }
    let middle = writes.count / 2
    // Until one half was answered, nothing was applied: another failure of the call is thrown.
    try await deliver(Array(writes[..<middle]))
    try await deliver(Array(writes[middle...]))
  }

  private mutating func keep(
    _ outcome: WriteResult.Outcome, for writes: [Write], _ error: ServiceError
  ) {
    for write in writes {
      results[write.operation] = WriteResult(
        operation: write.operation, outcome: outcome, requestID: error.requestID)
    }
  }
}

extension WriteResult {
  /// Whether the service said what became of the write.
  var isAnswered: Bool {
    if case .unknown = outcome { false } else { true }
  }
}
