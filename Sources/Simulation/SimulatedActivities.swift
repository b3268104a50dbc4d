import Model

/// The logs of Marketo's persons in virtual time: what is sent twice stands twice, and some of it comes
/// late.
actor SimulatedActivities {
  /// Everything that was ever written, in its order.
  private(set) var entries: [OutcomeActivity] = []
  private var late: [(at: Instant, activities: [OutcomeActivity])] = []
  private let world: SimulatedWorld

  init(world: SimulatedWorld) { self.world = world }

  /// Carries out what was accepted earlier and is due now, for persons that are still there.
  func settleLate(persons: Set<String>) {
    let due = late.filter { $0.at <= world.now }
    late.removeAll { $0.at <= world.now }
    entries += due.flatMap(\.activities).filter { persons.contains($0.person.text) }
  }

  func accept(_ activities: [OutcomeActivity], dueAt: Instant) { late.append((dueAt, activities)) }

  func add(_ activity: OutcomeActivity) { entries.append(activity) }
}

/// What the sync is told of the logs, and writes there.
struct SimulatedOutcomeLog: OutcomeLog {
  let world: SimulatedWorld
  let marketo: SimulatedMarketo
  let activities: SimulatedActivities
  let batchSize = 4
  let settlingTime = Duration.seconds(120)

  /// What is counted of activities.
  static let countedKinds = [
    "activities", "activities_of_nobody", "activities_throttled", "activities_lost_request",
    "activities_late_effect", "activities_partial_batch", "activities_lost_answer",
  ]

  private static func failure(
    _ reason: String, mayHaveApplied: Bool = false
  ) -> ServiceError {
    ServiceError(
      .unavailable(retryAfter: nil), side: .marketo, attempt: "tell", reason: reason,
      mayHaveApplied: mayHaveApplied)
  }

  func provision() -> [String] { [] }

  /// A person shows the activities of those that became part of it.
  func keys(of asked: [OutcomeActivity]) async throws -> Set<String> {
    if try await world.call() == .unavailable {
      world.count(Fault.unavailable.rawValue)
      throw Self.failure("it is down")
    }
    let persons = Set(await marketo.ids(.person))
    await activities.settleLate(persons: persons)
    let merged = await marketo.merged
    func owner(_ person: String) -> String { merged[person].map(owner) ?? person }
    let wanted = Set(asked.map(\.person.text)).intersection(persons)
    let shown = await activities.entries.filter { wanted.contains(owner($0.person.text)) }
    try world.step()
    return Set(shown.map(\.key)).intersection(asked.map(\.key))
  }

  func write(_ sent: [OutcomeActivity]) async throws -> [OutcomeActivityResult] {
    let fault = try await world.call(isWrite: true)
    let persons = Set(await marketo.ids(.person))
    await activities.settleLate(persons: persons)
    let unknown = sent.map { OutcomeActivityResult($0.id, .unknown) }
    switch fault {
    case .throttled:
      world.count("activities_throttled")
      throw Self.failure("too many requests")
    case .lostRequest:
      world.count("activities_lost_request")
      return unknown
    case .lateEffect:
      world.count("activities_late_effect")
      await activities.accept(sent, dueAt: world.now + 90)
      return unknown
    default: break
    }
    var results: [OutcomeActivityResult] = []
    for (place, activity) in sent.enumerated() {
      if fault == .partialBatch, place > 0 {
        world.count("activities_partial_batch")
        results.append(OutcomeActivityResult(activity.id, .postponed))
      } else if persons.contains(activity.person.text) {
        await activities.add(activity)
        world.count("activities")
        results.append(OutcomeActivityResult(activity.id, .written(id: nil)))
      } else {
        world.count("activities_of_nobody")
        results.append(OutcomeActivityResult(activity.id, .gone))
      }
    }
    try world.step()
    guard fault == .lostAnswer else { return results }
    world.count("activities_lost_answer")
    return unknown
  }
}

extension SimulatedMarketo {
  nonisolated var outcomeLog: (any OutcomeLog)? {
    SimulatedOutcomeLog(world: world, marketo: self, activities: activities)
  }
}
