/// Runs again and again, waiting after the end of each run, until somebody asks it to stop.
struct RepeatingRun<C: Clock<Duration>>: Sendable {
  /// From the end of one run to the start of the next.
  var pause: Duration
  var clock: C

  /// Repeats `run` until `stop` is made, and returns what the last run told.
  ///
  /// A request ends a pause at once; a run that is under way sees it in `stop` and ends by itself. A
  /// status that needs a person ends the repetition, for the next run would tell the same.
  func callAsFunction(
    until stop: StopRequest, _ run: (StopRequest) async -> ExitStatus
  ) async -> ExitStatus {
    while true {
      let status = await run(stop)
      if stop.isMade || status.needsPerson || Task.isCancelled { return status }
      await wait(or: stop)
      if stop.isMade || Task.isCancelled { return status }
    }
  }

  private func wait(or stop: StopRequest) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [clock, pause] in
        do { try await clock.sleep(for: pause) } catch {
          // Cancelled: the request came first.
        }
      }
      group.addTask { await stop.wait() }
      await group.next()
      group.cancelAll()
    }
  }
}
