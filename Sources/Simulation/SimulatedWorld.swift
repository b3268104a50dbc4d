import Model
import Synchronization

/// What both simulated services and the engine share: time, the points at which the process may die,
/// and a ledger of everything that was written.
public final class SimulatedWorld: Sendable {
  private struct State {
    var seconds: Int64 = 1_767_225_600
    var calls = 0
    var steps = 0
    var deathAt: Int?
    var isDead = false
    var faults: [Int: Fault] = [:]
    var edits: [Int: [HumanEvent]] = [:]
    var ledger: [LedgerEntry] = []
    var counts: [String: Int] = [:]
    var epoch = 0
  }

  private let state = Mutex(State())
  private let performer = Mutex<(@Sendable (HumanEvent) async -> Void)?>(nil)

  public init() {}

  var now: Instant { Instant(seconds: state.withLock { $0.seconds }) }

  func advance(by seconds: Int64) { state.withLock { $0.seconds += seconds } }

  /// Who carries out what people do, whenever it is due.
  func setPerformer(_ perform: @escaping @Sendable (HumanEvent) async -> Void) {
    performer.withLock { $0 = perform }
  }

  /// Sets the scene of the next run: what goes wrong at which call, what people do before which call,
  /// and the step at which the process dies.
  func begin(faults: [Int: Fault], edits: [Int: [HumanEvent]], deathAt: Int?) {
    state.withLock {
      $0.calls = 0
      $0.steps = 0
      $0.isDead = false
      $0.deathAt = deathAt
      $0.faults = faults
      $0.edits = edits
    }
  }

  /// What people were to do in a run that ended before they came to it.
  func takeLeftEdits() -> [HumanEvent] {
    state.withLock { state in
      defer { state.edits = [:] }
      return state.edits.sorted { $0.key < $1.key }.flatMap(\.value)
    }
  }

  /// How many steps the last run had.
  var steps: Int { state.withLock { $0.steps } }

  /// One point at which the process may die; afterwards nothing works any more.
  func step() throws {
    try state.withLock { state in
      guard !state.isDead else { throw SimulatedDeath() }
      state.steps += 1
      guard state.steps == state.deathAt else { return }
      state.isDead = true
      state.counts["death", default: 0] += 1
      throw SimulatedDeath()
    }
  }

  /// A call begins: time passes, people do what is due, and perhaps something goes wrong.
  func call() async throws -> Fault? {
    try step()
    let (edits, fault) = state.withLock { state in
      state.calls += 1
      state.seconds += 1
      return (state.edits.removeValue(forKey: state.calls) ?? [], state.faults[state.calls])
    }
    for edit in edits { await perform(edit) }
    return fault
  }

  func perform(_ event: HumanEvent) async {
    await performer.withLock { $0 }?(event)
  }

  func count(_ what: String) { state.withLock { $0.counts[what, default: 0] += 1 } }

  var counts: [String: Int] { state.withLock { $0.counts } }

  func note(_ entry: LedgerEntry) {
    state.withLock { state in
      var entry = entry
      entry.epoch = state.epoch
      state.ledger.append(entry)
    }
  }

  /// A new database begins: its operations are numbered from one.
  func beginEpoch() { state.withLock { $0.epoch += 1 } }

  /// Everything that was written, in its order.
  var ledger: [LedgerEntry] { state.withLock { $0.ledger } }
}

/// The process was killed.
public struct SimulatedDeath: Error, Hashable, Sendable {
  public init() {}
}

/// One field of one record that got another value.
struct LedgerEntry: Hashable, Sendable {
  var side: Side
  var object: ObjectType
  var id: String
  var field: FieldName
  var before: Value
  var after: Value
  var author: Author
  /// Which database the sync worked with.
  var epoch = 0

  enum Author: Hashable, Sendable {
    /// A person, or something of the service's own.
    case human
    /// The sync, with the operation that it was.
    case sync(Int64)
  }
}

/// What can go wrong with one call.
public enum Fault: String, CaseIterable, Hashable, Sendable {
  /// The service is down, and nothing was done.
  case unavailable
  /// The request never arrives, and nobody knows.
  case lostRequest = "lost_request"
  /// The write is done and its answer is lost.
  case lostAnswer = "lost_answer"
  /// Nobody answers, and the write is done later, perhaps after recovery has looked.
  case lateEffect = "late_effect"
  /// Some of a batch is done, the rest was turned away.
  case partialBatch = "partial_batch"
  /// The service wants to be left alone for a while.
  case throttled
  /// The service forgets what the watermark means.
  case expiredWatermark = "expired_watermark"
}
