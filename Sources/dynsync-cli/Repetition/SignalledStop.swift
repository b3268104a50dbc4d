import Logging
import ServiceLifecycle
import Synchronization

/// Turns SIGTERM and SIGINT into a ``StopRequest`` while some work runs.
enum SignalledStop {
  /// Runs `work`, which should end soon after the request is made, and returns its result.
  static func during<Result: Sendable>(
    _ work: @escaping @Sendable (StopRequest) async throws -> Result
  ) async throws -> Result {
    let service = StoppableWork(work: work)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          .init(
            service: service, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
        ],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "dynsync") { _ in SwiftLogNoOpLogHandler() }))
    do {
      try await group.run()
    } catch {
      guard service.outcome == nil else { return try service.result() }
      throw error
    }
    return try service.result()
  }
}

/// Work as a service whose graceful shutdown is a request to stop.
///
/// A class, because the outcome must outlive the group that runs it.
private final class StoppableWork<Result: Sendable>: Service {
  private let work: @Sendable (StopRequest) async throws -> Result
  private let kept = Mutex<Swift.Result<Result, any Error>?>(nil)

  init(work: @escaping @Sendable (StopRequest) async throws -> Result) { self.work = work }

  var outcome: Swift.Result<Result, any Error>? { kept.withLock { $0 } }

  func run() async throws {
    let stop = StopRequest()
    let outcome: Swift.Result<Result, any Error>
    do {
      let result = try await withGracefulShutdownHandler {
        try await work(stop)
      } onGracefulShutdown: {
        stop.make()
      }
      outcome = .success(result)
    } catch {
      outcome = .failure(error)
    }
    kept.withLock { $0 = outcome }
  }

  /// The work's result, or the error that it threw.
  func result() throws -> Result {
    guard let outcome else { throw CancellationError() }
    return try outcome.get()
  }
}
