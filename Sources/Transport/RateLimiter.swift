/// Keeps calls within a service's limits: so many in any window of time, and so many at once.
///
/// A call counts from its start until a whole window after its end, since nobody knows when between
/// the two the service counted it: the service's own window can never be crossed. Calls begin in the
/// order in which they came; a cancelled one leaves no gap.
public actor RateLimiter {
  private let calls: Int
  private let window: Duration
  private let clock: any Clock<Duration>
  private let elapsed: @Sendable () -> Duration
  private let turn = Permits(1)
  private let places: Permits
  private var running = 0
  /// When the calls of the running window ended, oldest first.
  private var ends: [Duration] = []

  public init(calls: Int, per window: Duration, atOnce: Int, clock: any Clock<Duration>) {
    self.calls = max(1, calls)
    self.window = window
    self.clock = clock
    elapsed = stopwatch(clock)
    places = Permits(max(1, min(calls, atOnce)))
  }

  /// Runs `body` as soon as the limits allow.
  ///
  /// Throws what it throws, or `CancellationError` without having run it.
  public func run<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
    try await begin()
    defer { end() }
    return try await body()
  }

  private func begin() async throws {
    try await turn.acquire()
    defer { turn.release() }
    try await places.acquire()
    do {
      try await waitForWindow()
      running += 1
    } catch {
      places.release()
      throw error
    }
  }

  /// One caller at a time is here, and holds a place: a full window then has an end to wait for.
  private func waitForWindow() async throws {
    try Task.checkCancellation()
    while let oldest = oldestEnd() {
      try await clock.sleep(for: oldest + window - elapsed())
    }
  }

  /// The end that a full window waits for; `nil` while there is room.
  private func oldestEnd() -> Duration? {
    let now = elapsed()
    ends.removeAll { $0 + window <= now }
    return running + ends.count < calls ? nil : ends.first
  }

  private func end() {
    running -= 1
    ends.append(elapsed())
    places.release()
  }
}

/// Reads how much time has passed on `clock` since this call.
func stopwatch<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
  let start = clock.now
  return { start.duration(to: clock.now) }
}
