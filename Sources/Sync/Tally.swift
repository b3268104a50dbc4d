import Model
import Store
import Synchronization

/// What a run under way counts; streams that are read side by side add to it.
final class Tally: Sendable {
  private struct State {
    var counts = RunCounts()
    var hasSent = false
    var missing: [ObjectType: Set<String>] = [:]
    var expected: [ObjectType: Int] = [:]
  }

  private let mutex = Mutex(State())

  var counts: RunCounts { mutex.withLock { $0.counts } }

  /// Whether a write was sent.
  var hasSent: Bool { mutex.withLock { $0.hasSent } }

  func add(_ change: (inout RunCounts) -> Void) {
    mutex.withLock { change(&$0.counts) }
  }

  func noteSending() { mutex.withLock { $0.hasSent = true } }

  /// The records of an object that were found missing so far.
  func missing(of object: ObjectType) -> Set<String> {
    mutex.withLock { $0.missing[object] ?? [] }
  }

  func add(missing ids: Set<String>, of object: ObjectType) {
    mutex.withLock { $0.missing[object, default: []].formUnion(ids) }
  }

  /// How many records of an object there should be: counted once a run.
  func expected(of object: ObjectType, count: () throws -> Int) rethrows -> Int {
    if let known = mutex.withLock({ $0.expected[object] }) { return known }
    let counted = try count()
    mutex.withLock { $0.expected[object] = counted }
    return counted
  }
}
