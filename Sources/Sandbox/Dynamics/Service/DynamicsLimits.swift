import Synchronization

/// Counts requests against the service's limits, caller by caller.
///
/// It is a class because all requests share it; a lock guards its one value.
final class DynamicsLimits: Sendable {
  /// Requests within ``window`` seconds.
  static let requests = 6000
  /// Requests at a time.
  static let atOnce = 52
  /// Seconds.
  static let window: Int64 = 300

  private struct Usage {
    var inFlight = 0
    /// Requests a second, the oldest first.
    var seconds: [(second: Int64, count: Int)] = []
    var total = 0
  }

  private let usage = Mutex<[String: Usage]>([:])
  private let sequence = Mutex<UInt64>(0)

  /// Counts a request in, and returns how many more the window allows; throws the refusal.
  ///
  /// Refused requests count too, so that sending on while refused makes the wait longer.
  func enter(_ caller: String, now: Int64) throws -> Int {
    try usage.withLock { all in
      var usage = all[caller] ?? Usage()
      defer { all[caller] = usage }
      while let oldest = usage.seconds.first, oldest.second <= now - Self.window {
        usage.total -= oldest.count
        usage.seconds.removeFirst()
      }
      if usage.seconds.last?.second == now {
        usage.seconds[usage.seconds.count - 1].count += 1
      } else {
        usage.seconds.append((now, 1))
      }
      usage.total += 1
      if usage.total > Self.requests {
        throw DynamicsFailure.throttled(
          code: "0x80072322", retryAfter: Self.wait(usage.seconds, usage.total, now))
      }
      if usage.inFlight >= Self.atOnce {
        throw DynamicsFailure.throttled(code: "0x80072326", retryAfter: 1)
      }
      usage.inFlight += 1
      return Self.requests - usage.total
    }
  }

  /// Counts a request out that ``enter(_:now:)`` let in.
  func leave(_ caller: String) {
    usage.withLock { $0[caller]?.inFlight -= 1 }
  }

  /// A number for the next request's id.
  func nextRequest() -> UInt64 {
    sequence.withLock { value in
      value += 1
      return value
    }
  }

  /// Seconds until so many requests have left the window that one more is allowed.
  private static func wait(
    _ seconds: [(second: Int64, count: Int)], _ total: Int, _ now: Int64
  ) -> Int64 {
    var left = total
    for entry in seconds {
      left -= entry.count
      if left < requests { return entry.second + window - now }
    }
    return window
  }
}
