import Synchronization

/// Somebody's wish that work should end soon: asked for once, looked at by whoever works.
///
/// A class, because the one who asks and those who work share it.
final class StopRequest: Sendable {
  private struct State {
    var isMade = false
    var nextWaiter = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// Whether work should end: looked at between two batches.
  var isMade: Bool { state.withLock(\.isMade) }

  /// Asks for the end; asking again changes nothing.
  func make() {
    let waiters = state.withLock { state in
      state.isMade = true
      defer { state.waiters = [:] }
      return state.waiters.values.map { $0 }
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Waits until the end is asked for, or the task is cancelled.
  func wait() async {
    let number = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mustNotWait = state.withLock { state in
          if state.isMade || Task.isCancelled { return true }
          state.waiters[number] = continuation
          return false
        }
        if mustNotWait { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }
}
