import Model

/// The logs of persons in memory: what is sent twice stands twice.
package actor FakeOutcomeLog: OutcomeLog {
  /// What becomes of the next call that writes.
  package enum Trouble: Sendable {
    case lostRequest
    case lostAnswer
    /// It takes effect when the test says so.
    case late
    case unavailable
    case missingType
    /// Each of its activities is refused, with this code.
    case refused(String)
    /// All but the first are turned away for the moment.
    case partial
  }

  package nonisolated let batchSize = 4
  package nonisolated let settlingTime: Duration
  /// What stands in the logs, in the order of writing.
  package private(set) var entries: [OutcomeActivity] = []
  package private(set) var looks = 0
  package private(set) var writes: [Int] = []
  private var troubles: [Trouble] = []
  private var gone: Set<String> = []
  private var late: [OutcomeActivity] = []
  /// Whole calls that carry an activity of this person are refused, or not answered.
  private var poison: (person: String, isSilent: Bool)?
  /// Called before and after whatever has an effect: what it throws is the end of the process.
  private var step: @Sendable () throws -> Void = {}

  package init(settlingTime: Duration) { self.settlingTime = settlingTime }

  /// What becomes of the next calls that write, one after the other.
  package func expect(_ troubles: Trouble...) { self.troubles = troubles }
  package func remove(_ person: String) { gone.insert(person) }
  package func setPoison(_ person: String?, isSilent: Bool = false) {
    poison = person.map { ($0, isSilent) }
  }
  package func onStep(_ step: @escaping @Sendable () throws -> Void) { self.step = step }

  /// Calls that were not answered take effect now.
  package func carryOutLate() {
    entries += late
    late = []
  }

  package var keys: [String] { entries.map(\.key) }

  package func provision() -> [String] { [] }

  package func keys(of activities: [OutcomeActivity]) throws -> Set<String> {
    try step()
    looks += 1
    let persons = Set(activities.map(\.person))
    return Set(entries.filter { persons.contains($0.person) }.map(\.key))
      .intersection(activities.map(\.key))
  }

  package func write(_ activities: [OutcomeActivity]) throws -> [OutcomeActivityResult] {
    try step()
    writes.append(activities.count)
    let unknown = activities.map { OutcomeActivityResult($0.id, .unknown) }
    if let poison, activities.contains(where: { $0.person.text == poison.person }) {
      if poison.isSilent { return unknown }
      throw failure(.refusedCall)
    }
    switch troubles.isEmpty ? nil : troubles.removeFirst() {
    case .unavailable: throw failure(.unavailable(retryAfter: nil))
    case .missingType: throw failure(.setup)
    case .lostRequest: return unknown
    case .late:
      late += activities
      return unknown
    case .refused(let code):
      return activities.map {
        OutcomeActivityResult($0.id, .refused(Rejection(code: code, message: "no")))
      }
    case .partial:
      return activities.enumerated().map { place, activity in
        place == 0 ? added(activity) : OutcomeActivityResult(activity.id, .postponed)
      }
    case .lostAnswer:
      _ = activities.map(added)
      return unknown
    case nil:
      let results = activities.map(added)
      try step()
      return results
    }
  }

  private func added(_ activity: OutcomeActivity) -> OutcomeActivityResult {
    guard !gone.contains(activity.person.text) else {
      return OutcomeActivityResult(activity.id, .gone)
    }
    entries.append(activity)
    return OutcomeActivityResult(
      activity.id, .written(id: "g\(entries.count)"), requestID: "r\(writes.count)")
  }

  private func failure(_ kind: ServiceError.Kind) -> ServiceError {
    ServiceError(kind, side: .marketo, attempt: "could not write activities", reason: "no")
  }
}

extension FakeMarketo {
  package nonisolated var outcomeLog: (any OutcomeLog)? { log }
}
