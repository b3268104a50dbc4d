import Synchronization

/// A clock whose time passes only by sleeping: a sleep ends at once, that much later.
///
/// A class, because copies must share the time.
final class VirtualClock: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
  }

  private let time = Mutex(Instant(offset: .zero))
  private let onSleep: @Sendable (Instant) async throws -> Void

  /// `onSleep` is called with the deadline of each sleep before the sleep ends.
  init(onSleep: @escaping @Sendable (Instant) async throws -> Void = { _ in }) {
    self.onSleep = onSleep
  }

  var now: Instant { time.withLock { $0 } }
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try await onSleep(deadline)
    try Task.checkCancellation()
    time.withLock { $0 = max($0, deadline) }
  }

  /// Lets time pass without a sleep.
  func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
}

/// Values that several tasks hand in.
///
/// A class, because they share it.
final class Collected<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])
  var all: [Value] { values.withLock { $0 } }
  func append(_ value: Value) { values.withLock { $0.append(value) } }
}
