import Store
import Synchronization

/// The counts of a run under way; streams that are read side by side add to it.
final class Tally: Sendable {
  private let mutex = Mutex(RunCounts())

  var counts: RunCounts { mutex.withLock { $0 } }

  func add(_ change: (inout RunCounts) -> Void) {
    mutex.withLock { change(&$0) }
  }
}
