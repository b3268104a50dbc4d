import Synchronization

/// A fixed number of places, handed out in the order in which they were asked for.
///
/// A class because its places are shared, with a lock rather than an actor so that a cancelled
/// waiter leaves at once.
final class Permits: Sendable {
  private let state: Mutex<State>

  init(_ count: Int) { state = Mutex(State(free: count)) }

  /// Waits for a place; throws `CancellationError`, without one, if the task is cancelled first.
  func acquire() async throws {
    let ticket = state.withLock { $0.ticket() }
    defer { state.withLock { $0.forget(ticket) } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let answer = state.withLock { $0.enter(ticket, continuation) }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      state.withLock { $0.leave(ticket) }?.resume(throwing: CancellationError())
    }
  }

  /// How many wait for a place.
  var waiters: Int { state.withLock { $0.count } }

  /// Gives a place back, to the one who has waited longest.
  func release() { state.withLock { $0.release() }?.resume() }
}

extension Permits {
  private typealias Waiter = CheckedContinuation<Void, any Error>

  private struct State {
    var free: Int
    private var waiting: [(ticket: Int, waiter: Waiter)] = []
    private var cancelled: Set<Int> = []
    private var lastTicket = 0

    init(free: Int) { self.free = free }

    var count: Int { waiting.count }

    mutating func ticket() -> Int {
      lastTicket += 1
      return lastTicket
    }

    /// `nil`: the waiter is answered later.
    mutating func enter(_ ticket: Int, _ waiter: Waiter) -> Result<Void, any Error>? {
      if cancelled.contains(ticket) { return .failure(CancellationError()) }
      guard free == 0 else {
        free -= 1
        return .success(())
      }
      waiting.append((ticket, waiter))
      return nil
    }

    mutating func leave(_ ticket: Int) -> Waiter? {
      guard let place = waiting.firstIndex(where: { $0.ticket == ticket }) else {
        cancelled.insert(ticket)
        return nil
      }
      return waiting.remove(at: place).waiter
    }

    mutating func forget(_ ticket: Int) { cancelled.remove(ticket) }

    mutating func release() -> Waiter? {
      guard waiting.isEmpty else { return waiting.removeFirst().waiter }
      free += 1
      return nil
    }
  }
}
