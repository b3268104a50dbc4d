import Model
import Synchronization
import Testing

@testable import Transport

private let policy = RetryPolicy(
  attempts: 4, base: .seconds(1), cap: .seconds(3), patience: .seconds(600))

private func failure(
  _ kind: ServiceError.Kind, mayHaveApplied: Bool = false
) -> ServiceError {
  ServiceError(
    kind, side: .dynamics, attempt: "could not read leads", reason: "it was busy",
    mayHaveApplied: mayHaveApplied)
}

@Test func `waits double, spread out, stop at the cap and end with the attempts`() {
  let least = (1...4).map { policy.delay(afterAttempt: $0, retryAfter: nil, jitter: 0) }
  let most = (1...4).map { policy.delay(afterAttempt: $0, retryAfter: nil, jitter: 1) }
  #expect(least == [.milliseconds(500), .seconds(1), .milliseconds(1500), nil])
  #expect(most == [.seconds(1), .seconds(2), .seconds(3), nil])
}

@Test func `what the service asks for is kept, unless it asks for too much`() {
  #expect(policy.delay(afterAttempt: 1, retryAfter: .seconds(27), jitter: 0) == .seconds(27))
  let spread = policy.delay(afterAttempt: 1, retryAfter: .seconds(27), jitter: 0.5)
  #expect(spread == .milliseconds(27_250))
  #expect(policy.delay(afterAttempt: 1, retryAfter: .seconds(601), jitter: 0) == nil)
}

@Test func `a throttled call is made again after the wait`() async throws {
  let clock = VirtualClock()
  let attempts = Mutex(0)
  let answer = try await clock.whileAdvancing {
    try await policy.run(clock: clock, jitter: { 0 }) {
      let number = attempts.withLock { count in
        count += 1
        return count
      }
      if number == 1 { throw failure(.rateLimited(retryAfter: .seconds(27))) }
      if number == 2 { throw failure(.unavailable(retryAfter: nil)) }
      return "done"
    }
  }
  #expect(answer == "done")
  #expect(clock.slept == [.seconds(27), .seconds(1)])
}

@Test(arguments: [
  failure(.timedOut, mayHaveApplied: true), failure(.credentials), failure(.quotaExhausted),
  failure(.watermarkExpired), failure(.schema("x")),
])
func `what waiting cannot mend, or what may have happened, is not repeated`(
  error: ServiceError
) async throws {
  let clock = VirtualClock()
  let attempts = Mutex(0)
  await #expect(throws: error) {
    try await policy.run(clock: clock, jitter: { 0 }) {
      attempts.withLock { $0 += 1 }
      throw error
    }
  }
  #expect(attempts.withLock { $0 } == 1)
}
