import Model
import Synchronization

/// What both simulated services and the engine share: time, the points at which the process may die,
/// and a ledger of everything that was written.
public final class SimulatedWorld: Sendable {
  private struct State {
    var seconds: Int64 = 1_767_225_600
    var calls = 0
    var reads = 0
    var writes = 0
    var steps = 0
    var isDead = false
    var scene = Scene()
    var ledger: [LedgerEntry] = []
    var counts: [String: Int] = [:]
    var epoch = 0
    /// Leads whose contact the sync was told of, when it could have known them for what they are.
    var toldConversions: Set<String> = []
    var violations: [String] = []
    var removals = Removals()
    var refusals: [RefusedWrite] = []
  }

  /// What is to happen in one run.
  struct Scene: Sendable {
    /// What goes wrong at which reading call.
    var readFaults: [Int: Fault] = [:]
    /// What goes wrong at which writing call.
    var writeFaults: [Int: Fault] = [:]
    /// What people do before which call.
    var edits: [Int: [HumanEvent]] = [:]
    /// The step at which the process dies.
    var deathAt: Int?
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

  /// Sets the scene of the next run.
  func begin(_ scene: Scene = Scene()) {
    state.withLock {
      $0.calls = 0
      $0.reads = 0
      $0.writes = 0
      $0.steps = 0
      $0.isDead = false
      $0.scene = scene
      $0.removals.runBegan = $0.seconds
    }
  }

  /// What people were to do in a run that ended before they came to it.
  func takeLeftEdits() -> [HumanEvent] {
    state.withLock { state in
      defer { state.scene.edits = [:] }
      return state.scene.edits.sorted { $0.key < $1.key }.flatMap(\.value)
    }
  }

  /// How many writing calls the last run made.
  var writeCalls: Int { state.withLock { $0.writes } }

  /// How many steps the last run had.
  var steps: Int { state.withLock { $0.steps } }

  /// One point at which the process may die; afterwards nothing works any more.
  func step() throws {
    try state.withLock { state in
      guard !state.isDead else { throw SimulatedDeath() }
      state.steps += 1
      guard state.steps == state.scene.deathAt else { return }
      state.isDead = true
      state.counts["death", default: 0] += 1
      throw SimulatedDeath()
    }
  }

  /// A call begins: time passes, people do what is due, and perhaps something goes wrong.
  func call(isWrite: Bool = false) async throws -> Fault? {
    try step()
    let (edits, fault) = state.withLock { state in
      state.calls += 1
      state.seconds += 1
      if isWrite { state.writes += 1 } else { state.reads += 1 }
      let fault =
        isWrite ? state.scene.writeFaults[state.writes] : state.scene.readFaults[state.reads]
      return (state.scene.edits.removeValue(forKey: state.calls) ?? [], fault)
    }
    for edit in edits { await perform(edit) }
    return fault
  }

  func perform(_ event: HumanEvent) async {
    await performer.withLock { $0 }?(event)
  }

  /// Seconds, up to 590, after which something late is seen.
  ///
  /// The same thing is late by the same time in each life of a history.
  func lateness(of name: String) -> Int64 {
    let sum = name.utf8.reduce(UInt64(now.seconds)) { ($0 &* 31) &+ UInt64($1) }
    return Int64(1 + SimulationRandom(seed: sum).first(below: 590))
  }

  func count(_ what: String) { state.withLock { $0.counts[what, default: 0] += 1 } }

  var counts: [String: Int] { state.withLock { $0.counts } }

  /// What a fault makes of the rows or notices of a page: each twice, or in another order.
  func misled<Element>(_ told: [Element], by fault: Fault?) -> [Element] {
    guard let fault, !told.isEmpty else { return told }
    switch fault {
    case .repeatedRows:
      count(fault.rawValue)
      return told + told
    case .shuffledRows:
      if told.count > 1 { count(fault.rawValue) }
      return told.reversed()
    default: return told
    }
  }

  /// A page told of the contact that a lead has become.
  func tellConversion(of lead: String) { state.withLock { _ = $0.toldConversions.insert(lead) } }

  /// The leads' own rows do not say, or not yet, what they have become.
  func excuseConversions(of leads: some Sequence<String>) {
    state.withLock { $0.toldConversions.subtract(leads) }
  }

  func isToldConversion(of lead: String) -> Bool {
    state.withLock { $0.toldConversions.contains(lead) }
  }

  /// A row of Dynamics stands from now on, or is gone.
  func noteStanding(_ object: ObjectType, _ id: String, _ stands: Bool) {
    state.withLock { $0.removals.note(object, id, stands: stands, at: $0.seconds) }
  }

  /// Whether a row of Dynamics was seen to be gone in this run, or may have been.
  func wasGone(_ object: ObjectType, _ id: String) -> Bool {
    state.withLock { $0.removals.wasGone(object, id) }
  }

  func noteRefusal(_ refusal: RefusedWrite) {
    state.withLock { state in
      var refusal = refusal
      refusal.epoch = refusal.epoch ?? state.epoch
      refusal.at = Instant(seconds: state.seconds)
      state.refusals.append(refusal)
    }
  }

  /// What the services refused, in its order.
  var refusals: [RefusedWrite] { state.withLock { $0.refusals } }

  /// Something happened that must never be.
  func violate(_ what: String) { state.withLock { $0.violations.append(what) } }

  var violations: [String] { state.withLock { $0.violations } }

  func note(_ entry: LedgerEntry) {
    state.withLock { state in
      var entry = entry
      entry.epoch = entry.epoch ?? state.epoch
      entry.at = Instant(seconds: state.seconds)
      state.ledger.append(entry)
    }
  }

  /// A new database begins: its operations are numbered from one.
  func beginEpoch() { state.withLock { $0.epoch += 1 } }

  var epoch: Int { state.withLock { $0.epoch } }

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
  /// Which database the sync worked with when it sent the write; set by the world if it is `nil`.
  var epoch: Int?
  /// When it was written; set by the world.
  var at = Instant(seconds: 0)

  enum Author: Hashable, Sendable {
    /// A person, or something of the service's own.
    case human
    /// The sync, with the operation that it was.
    case sync(Int64)
  }

  /// The entry for people, in one line.
  var words: String {
    let who =
      switch author {
      case .human: "somebody"
      case .sync(let operation): "operation \(operation)"
      }
    let texts = [before, after].map { "'\($0.canonicalText ?? "")'" }.joined(separator: " → ")
    return "\(at.text)  \(who): \(object) \(id) \(field) \(texts)"
  }
}
