import Foundation
import Testing

@testable import dynsync_cli

@Suite(.serialized) struct SignalledStopTests {
  @Test(arguments: [SIGTERM, SIGINT])
  func `a signal asks the work to stop, and the work's result stands`(signal: Int32) async throws {
    let result = try await SignalledStop.during { stop in
      kill(getpid(), signal)
      await stop.wait()
      return stop.isMade ? ExitStatus.unfinished : .inStep
    }

    #expect(result == .unfinished)
  }

  @Test func `work that ends by itself gives its result`() async throws {
    #expect(try await SignalledStop.during { _ in 42 } == 42)
  }

  @Test func `what the work throws comes through`() async {
    await #expect(throws: CommandError(.later, "locked")) {
      try await SignalledStop.during { _ in throw CommandError(.later, "locked") }
    }
  }
}
