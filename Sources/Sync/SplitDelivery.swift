import Model

/// Sends writes in one call, and in halves where the service refuses the whole call for what it
/// carries: what is refused alone is that record's rejection, and the others go on.
///
/// The number of calls is bounded; what is left over is postponed, to be planned again.
struct SplitDelivery {
  /// So many calls may be made for the writes of one batch: enough to find seven among a thousand.
  static let mostCalls = 64

  private let connector: any Connector
  private let schema: ObjectSchema
  private var calls = 0
  private var results: [Int64: WriteResult] = [:]
  /// Why nothing further is sent.
  private var stop: ServiceError?

  private init(connector: any Connector, schema: ObjectSchema) {
    self.connector = connector
    self.schema = schema
  }

  /// The results in the order of `writes`; throws only if nothing can have been applied.
  static func deliver(
    _ writes: [Write], to schema: ObjectSchema, through connector: any Connector
  ) async throws -> [WriteResult] {
    var delivery = SplitDelivery(connector: connector, schema: schema)
    try await delivery.deliver(writes)
    return writes.compactMap { delivery.results[$0.operation] }
  }

  private mutating func deliver(_ writes: [Write]) async throws {
    if let stop { return keep(.postponed(stop), for: writes, stop) }
    calls += 1
    do {
      for result in try await connector.write(writes, to: schema) {
        results[result.operation] = result
      }
    } catch let error as ServiceError where error.kind == .refusedCall && !error.mayHaveApplied {
      try await refused(writes, error)
    } catch let error as ServiceError where !results.isEmpty {
      stop = error
      keep(error.mayHaveApplied ? .unknown(error) : .postponed(error), for: writes, error)
    }
  }

  private mutating func refused(_ writes: [Write], _ error: ServiceError) async throws {
    guard writes.count > 1 else {
      let rejection = Rejection(
        code: error.code ?? "dynsync:refused",
        message: "the whole call was refused, also with this record alone: \(error.reason)")
      return keep(.rejected(rejection), for: writes, error)
    }
    guard calls < Self.mostCalls else {
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
