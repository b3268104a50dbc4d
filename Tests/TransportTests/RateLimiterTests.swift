import Synchronization
import Testing

@testable import Transport

struct Span: Sendable {
  var start: Duration
  var end: Duration
}

@Test(arguments: 1...12)
func `no window and no moment ever holds more calls than allowed`(seed: UInt64) async throws {
  var generator = SeededGenerator(seed: seed)
  let calls = Int.random(in: 1...12, using: &generator)
  let atOnce = Int.random(in: 1...15, using: &generator)
  let window = Duration.milliseconds(Int.random(in: 100...3000, using: &generator))
  let lengths = (0..<80).map { _ in
    Duration.milliseconds(Int.random(in: 1...900, using: &generator))
  }
  let clock = VirtualClock()
  let limiter = RateLimiter(calls: calls, per: window, atOnce: atOnce, clock: clock)

  let spans = try await clock.whileAdvancing {
    try await withThrowingTaskGroup(of: Span.self) { group in
      for length in lengths {
        group.addTask {
          try await limiter.run {
            let start = clock.now.offset
            try await clock.sleep(for: length)
            return Span(start: start, end: clock.now.offset)
          }
        }
      }
      return try await group.reduce(into: [Span]()) { $0.append($1) }
    }
  }

  #expect(spans.count == lengths.count)
  for span in spans {
    let before = spans.filter { $0.start <= span.start }
    #expect(before.count { $0.end + window > span.start } <= calls)
    #expect(before.count { $0.end > span.start } <= atOnce)
  }
}

/// Who came when.
private final class Order: Sendable {
  let numbers = Mutex<[Int]>([])
}

@Test func `places are given in the order in which they were asked for`() async throws {
  let permits = Permits(1)
  let order = Order()
  try await permits.acquire()
  try await withThrowingTaskGroup(of: Void.self) { group in
    for number in 1...5 {
      group.addTask {
        try await permits.acquire()
        order.numbers.withLock { $0.append(number) }
        permits.release()
      }
      while permits.waiters < number { await Task.yield() }
    }
    permits.release()
    try await group.waitForAll()
  }
  #expect(order.numbers.withLock { $0 } == [1, 2, 3, 4, 5])
}

@Test func `a cancelled waiter takes no place with it`() async throws {
  let clock = VirtualClock()
  let limiter = RateLimiter(calls: 1, per: .seconds(20), atOnce: 1, clock: clock)
  let first = try await limiter.run { 1 }
  let waiting = Task { try await limiter.run { 2 } }
  while clock.slept.isEmpty { await Task.yield() }
  waiting.cancel()
  await #expect(throws: CancellationError.self) { try await waiting.value }
  let third = try await clock.whileAdvancing { try await limiter.run { 3 } }
  #expect([first, third] == [1, 3])
  #expect(clock.now.offset == .seconds(20))
}

@Test func `a call that fails gives its place back`() async throws {
  struct Failure: Error {}
  let limiter = RateLimiter(calls: 5, per: .seconds(20), atOnce: 1, clock: VirtualClock())
  await #expect(throws: Failure.self) { try await limiter.run { throw Failure() } }
  #expect(try await limiter.run { 7 } == 7)
}
