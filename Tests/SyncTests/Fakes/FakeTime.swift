import Model
import Synchronization

/// A clock that moves when a test says so.
final class FakeTime: Sendable {
  private let seconds = Mutex<Int64>(1_767_225_600)

  var now: Instant { Instant(seconds: seconds.withLock { $0 }) }

  func advance(by amount: Int64) { seconds.withLock { $0 += amount } }
}
