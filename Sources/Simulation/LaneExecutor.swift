import Foundation
import Synchronization

/// Runs tasks one after the other on one thread, in the order in which they become ready: the same
/// program takes the same steps every time.
///
/// A task runs here if it is started with this executor as its preference; its children follow.
final class LaneExecutor: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])
  private let signal = DispatchSemaphore(value: 0)
  private let isEnded = Mutex(false)

  init() {
    let thread = Thread { [weak self] in
      while let lane = self, lane.runNext() {}
    }
    thread.stackSize = 8 << 20
    thread.name = "simulation"
    thread.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    signal.signal()
  }

  /// Ends the thread once nothing is left to run.
  func end() {
    isEnded.withLock { $0 = true }
    signal.signal()
  }

  private func runNext() -> Bool {
    signal.wait()
    guard let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
      return !isEnded.withLock { $0 }
    }
    job.runSynchronously(on: asUnownedTaskExecutor())
    return true
  }
}
