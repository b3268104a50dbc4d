import Model

/// When a call that did not succeed is made again, and after how long.
public struct RetryPolicy: Hashable, Sendable {
  /// How often a call is made at most, the first time included.
  public var attempts: Int
  /// The wait after the first attempt; each further one doubles it.
  public var base: Duration
  /// No wait of our own is longer.
  public var cap: Duration
  /// A service that asks for more than this is left alone: the call is given up at once.
  public var patience: Duration

  public init(
    attempts: Int = 5, base: Duration = .seconds(1), cap: Duration = .seconds(60),
    patience: Duration = .seconds(600)
  ) {
    self.attempts = attempts
    self.base = base
    self.cap = cap
    self.patience = patience
  }

  /// How long to wait after the attempt of that number (from 1); `nil` to give up.
  ///
  /// What the service asked for (`retryAfter`) is never undercut. `jitter`, from 0 up to 1, is chosen
  /// anew each time, so that callers do not come back together.
  public func delay(
    afterAttempt attempt: Int, retryAfter: Duration?, jitter: Double
  ) -> Duration? {
    guard attempt < attempts else { return nil }
    if let retryAfter {
      return retryAfter > patience ? nil : retryAfter + base * (jitter / 2)
    }
    let doublings = min(attempt - 1, 30)
    let full = min(cap, base * (1 << doublings))
    return full * (0.5 + jitter / 2)
  }

  /// Makes a call until it succeeds, fails for good, or the attempts are used up.
  ///
  /// Only a ``ServiceError`` that waiting can mend and that cannot have taken effect is tried again;
  /// a used-up day's quota is not. Throws the last error, or `CancellationError` while waiting.
  public func run<T: Sendable>(
    clock: any Clock<Duration>, jitter: @Sendable () -> Double,
    _ body: @Sendable () async throws -> T
  ) async throws -> T {
    var attempt = 1
    while true {
      do {
        return try await body()
      } catch let error as ServiceError where Self.mayRepeat(error) {
        guard
          let wait = delay(
            afterAttempt: attempt, retryAfter: error.retryAfter, jitter: jitter())
        else { throw error }
        try await clock.sleep(for: wait)
        attempt += 1
      }
    }
  }

  private static func mayRepeat(_ error: ServiceError) -> Bool {
    error.isTransient && !error.mayHaveApplied && error.kind != .quotaExhausted
  }
}
