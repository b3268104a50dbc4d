import Foundation
import Model
import Store
import Sync

/// One run from lock to last word; what goes wrong is told here and becomes a status.
struct RunSession: Sendable {
  let wiring: RunWiring
  let options: RunOptions

  /// Runs once; `stop` ends it between two batches.
  func run(until stop: StopRequest) async -> ExitStatus {
    let reporter = ProgressReporter(
      Console.isTerminal ? .terminal(columns: Console.terminalColumns) : .plain,
      clock: ContinuousClock(),
      write: Console.raw)
    let (stream, feed) = AsyncStream.makeStream(of: Progress.self)
    let showing = Task {  // ends with the stream, which is finished below
      for await progress in stream { await reporter.show(progress) }
      await reporter.finish()
    }
    let outcome = await carryOut(stop) { progress in
      feed.yield(Progress(progress))
    }
    feed.finish()
    await showing.value
    return tell(outcome)
  }

  private func carryOut(
    _ stop: StopRequest, report: @escaping @Sendable (Sync.Progress) -> Void
  ) async -> Result<RunReport, any Error> {
    do {
      let path = wiring.configuration.database
      let lock = try RunLock(besides: path)
      defer { _ = lock }
      let store = try Store(path: path)
      try store.migrate()
      let engine = try wiring.engine(store: store, report: report, isStopped: { stop.isMade })
      return .success(
        try await engine.run(options) { Int(Self.status(of: $0, options).rawValue) })
    } catch {
      return .failure(error)
    }
  }

  private func tell(_ outcome: Result<RunReport, any Error>) -> ExitStatus {
    switch outcome {
    case .success(let report):
      if options.isDry { showPlan() }
      if options.requests.isEmpty {
        Console.result(RunSummary(report, isDry: options.isDry).text)
      }
      for warning in report.warnings { Console.note("Warning: \(warning.message)") }
      for outcome in report.requests { Console.result(RequestText.line(of: outcome)) }
      tellWaiting()
    case .failure(let error):
      Console.note(CommandError(error).description)
    }
    return Self.status(of: outcome, options)
  }

  /// Tells what a run of some entities alone leaves.
  private func tellWaiting() {
    guard !options.only.isEmpty else { return }
    do {
      let backlog = try Reader(path: wiring.configuration.database).backlogByEntity()
      if let note = OnlyNote.text(
        only: options.only, of: wiring.rules.entities.map(\.entity), backlog: backlog)
      {
        Console.note(note)
      }
    } catch {
      Console.note(CommandError(error).description)
    }
  }

  private func showPlan() {
    do {
      var plan = PlanText()
      try Reader(path: wiring.configuration.database).plan { plan.add($0) }
      let text = plan.text
      if !text.isEmpty { Console.result(text) }
    } catch {
      Console.note(CommandError(error).description)
    }
  }

  /// A dry run ends well when it is done, whatever it found.
  private static func status(
    of outcome: Result<RunReport, any Error>, _ options: RunOptions
  ) -> ExitStatus {
    switch outcome {
    case .success(let report) where !options.requests.isEmpty:
      RequestText.status(of: report, asked: options.requests.count)
    case .success(let report):
      options.isDry || report.isInStep ? .inStep : .unfinished
    case .failure(let error): CommandError(error).status
    }
  }
}
