import Model
import Transport

/// Carries out writes of one object, call by call, and keeps what became of each.
///
/// After a call whose outcome is unknown, or that could not be made, nothing further is sent: what is
/// left is postponed.
struct WriteDelivery: Sendable {
  private let client: MarketoClient
  private let object: ServiceObject
  private let schema: ObjectSchema
  private var results: [Int64: WriteResult] = [:]
  /// Why nothing further is sent.
  private var stop: ServiceError?

  init(client: MarketoClient, object: ServiceObject, schema: ObjectSchema) {
    self.client = client
    self.object = object
    self.schema = schema
  }

  /// The results in the order of `writes`; throws if nothing can have been applied.
  static func deliver(
    _ writes: [Write], to schema: ObjectSchema, object: ServiceObject, client: MarketoClient
  ) async throws(ServiceError) -> [WriteResult] {
    var delivery = WriteDelivery(client: client, object: object, schema: schema)
    for kind in order(of: object) {
      await delivery.deliver(writes.filter { WriteKind($0.action) == kind }, kind)
    }
    if let stop = delivery.stop, delivery.results.values.allSatisfy(\.isPostponed) { throw stop }
    return writes.compactMap { delivery.results[$0.operation] }
  }

  /// A role whose text changes in case alone is the same role to the service: it must be gone before
  /// it is made anew.
  private static func order(of object: ServiceObject) -> [WriteKind] {
    object == .opportunityRole ? [.delete, .create, .update] : WriteKind.allCases
  }

  private mutating func deliver(_ writes: [Write], _ kind: WriteKind) async {
    guard !writes.isEmpty else { return }
    if let stop { return keep(.postponed(stop), for: writes, stop.requestID) }
    let form = WriteForm(
      object: object, schema: schema, kind: kind, settings: client.settings)
    let call = form.call(writes)
    if writes.count > 1, call.isTooLarge { return await halves(writes, kind) }
    let reader = OutcomeReader(form: form)
    do throws(ServiceError) {
      switch try await client.answer(to: call) {
      case .done(let envelope):
        for result in reader.results(of: writes, in: envelope, call: call) {
          results[result.operation] = result
        }
      case .refused(let refusal) where refusal.treatment == .refusedData:
        await refused(writes, refusal, call, reader)
      case .refused(let refusal): throw refusal.serviceError(for: call)
      }
    } catch {
      stop = error
      keep(error.mayHaveApplied ? .unknown(error) : .postponed(error), for: writes, error.requestID)
    }
  }

  /// The service refuses a whole call for one record's data at times: halving finds the one, and the
  /// others go on.
  ///
  /// Records of one sales person are refused together for it, and never parted.
  private mutating func refused(
    _ writes: [Write], _ refusal: Refusal, _ call: Call, _ reader: OutcomeReader
  ) async {
    let groups = refusal.isOfSalesPerson ? writes.groupedByOwner : writes.map { [$0] }
    guard groups.count == 1 else { return await halves(groups, reader.form.kind) }
    for write in writes {
      keep(reader.outcome(of: refusal, for: write, call: call), for: [write], refusal.requestID)
    }
  }

  private mutating func halves(_ writes: [Write], _ kind: WriteKind) async {
    await halves(writes.map { [$0] }, kind)
  }

  private mutating func halves(_ groups: [[Write]], _ kind: WriteKind) async {
    await deliver(groups.prefix(groups.count / 2).flatMap { $0 }, kind)
    await deliver(groups.dropFirst(groups.count / 2).flatMap { $0 }, kind)
  }

  private mutating func keep(
    _ outcome: WriteResult.Outcome, for writes: [Write], _ requestID: String?
  ) {
    for write in writes {
      results[write.operation] = WriteResult(
        operation: write.operation, outcome: outcome, requestID: requestID)
    }
  }
}

extension Refusal {
  /// An unknown sales person refuses every record of the call.
  fileprivate var isOfSalesPerson: Bool { code == "718" }
}

extension [Write] {
  /// The writes that name one sales person together, the others each alone, in their order.
  fileprivate var groupedByOwner: [[Write]] {
    var groups: [[Write]] = []
    var places: [Value: Int] = [:]
    for write in self {
      let owner = write.fields[ServiceObject.salesPersonKey] ?? .empty
      if let place = places[owner], !owner.isEmpty {
        groups[place].append(write)
      } else {
        places[owner] = groups.count
        groups.append([write])
      }
    }
    return groups
  }
}

extension WriteResult {
  fileprivate var isPostponed: Bool {
    if case .postponed = outcome { true } else { false }
  }
}
