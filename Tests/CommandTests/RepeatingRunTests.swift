import Testing

@testable import dynsync_cli

@Suite struct RepeatingRunTests {
  @Test func `the pause begins at the end of a run`() async {
    let clock = VirtualClock()
    let starts = Collected<Duration>()

    let status = await RepeatingRun(pause: .seconds(300), clock: clock)(until: StopRequest()) {
      stop in
      starts.append(clock.now.offset)
      clock.advance(by: .seconds(40))
      if starts.all.count == 3 { stop.make() }
      return .inStep
    }

    #expect(starts.all == [.zero, .seconds(340), .seconds(680)])
    #expect(status == .inStep)
  }

  @Test func `a request ends a pause at once`() async {
    let stop = StopRequest()
    let runs = Collected<Int>()
    let clock = VirtualClock { _ in
      stop.make()
      try await StopRequest().wait(orThrow: ())
    }

    let status = await RepeatingRun(pause: .seconds(300), clock: clock)(until: stop) { _ in
      runs.append(1)
      return .unfinished
    }

    #expect(runs.all == [1])
    #expect(status == .unfinished)
    #expect(clock.now.offset == .zero)
  }

  @Test func `a run that is under way sees the request and ends by itself`() async {
    let batches = Collected<Int>()

    let status = await RepeatingRun(pause: .seconds(1), clock: VirtualClock())(
      until: StopRequest()
    ) { stop in
      for batch in 1...10 where !stop.isMade {
        batches.append(batch)
        if batch == 3 { stop.make() }
      }
      return .unfinished
    }

    #expect(batches.all == [1, 2, 3])
    #expect(status == .unfinished)
  }

  @Test(arguments: [
    (ExitStatus.inStep, 3), (.failed, 3), (.unfinished, 3), (.later, 3), (.stopped, 1), (.usage, 1),
  ])
  func `only what needs a person ends the repetition`(status: ExitStatus, expected: Int) async {
    let runs = Collected<Int>()

    let last = await RepeatingRun(pause: .seconds(1), clock: VirtualClock())(until: StopRequest()) {
      stop in
      runs.append(1)
      if runs.all.count == 3 { stop.make() }
      return status
    }

    #expect(runs.all.count == expected)
    #expect(last == status)
  }

  @Test func `a request that is already made lets nobody wait`() async {
    let stop = StopRequest()
    stop.make()
    stop.make()

    await stop.wait()

    #expect(stop.isMade)
  }

  @Test func `a waiter that is cancelled waits no longer`() async {
    let stop = StopRequest()

    await withTaskGroup(of: Void.self) { group in
      group.addTask { await stop.wait() }
      group.cancelAll()
    }

    #expect(!stop.isMade)
  }
}

extension StopRequest {
  /// Waits for a request that nobody makes; throws when cancelled.
  fileprivate func wait(orThrow: Void) async throws {
    await wait()
    try Task.checkCancellation()
  }
}
