import Synchronization

/// Counts what is in flight and what came in the last 20 seconds, for all callers together.
///
/// A class, because every request of the service shares the one count; what it guards is behind a
/// lock. The counts live no longer than the process: a window of 20 seconds is not worth keeping.
final class MarketoGate: Sendable {
  private struct Counts {
    var inFlight = 0
    var recent: [Int64] = []
    var served: UInt64 = 0
  }

  private let counts = Mutex(Counts())

  /// The length of the window in seconds ("API limits": 100 calls in 20 seconds).
  static let window: Int64 = 20

  /// Lets a call in, or says by which limit it is refused.
  ///
  /// A call that was let in must ``leave()``.
  func enter(now: Int64, settings: MarketoSettings) -> MarketoFailure? {
    counts.withLock { counts in
      let atOnce = settings.number(.concurrencyLimit)
      guard counts.inFlight < atOnce else { return .concurrency(atOnce) }
      counts.recent.removeAll { $0 <= now - Self.window || $0 > now }
      let limit = settings.number(.rateLimit)
      guard counts.recent.count < limit else { return .rate(limit) }
      counts.recent.append(now)
      counts.inFlight += 1
      return nil
    }
  }

  /// Takes a call out again.
  func leave() { counts.withLock { $0.inFlight -= 1 } }

  /// The id of the next request: a number that looks random, and the time in milliseconds.
  func requestID(now: Int64) -> String {
    let served = counts.withLock { counts in
      counts.served += 1
      return counts.served
    }
    let left = SampleRandom.mix(served) & 0xFFFFF
    return String(left, radix: 16) + "#" + String(now * 1000, radix: 16)
  }

  /// Forgets everything.
  func reset() { counts.withLock { $0.recent = [] } }
}
