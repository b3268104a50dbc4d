import Dynamics
import Foundation
import Logging
import Marketo
import Model
import Store
import Sync
import Transport

/// Builds the real things that a run works with, and ends them.
struct RunWiring: Sendable {
  let configuration: Configuration
  let log: Logger
  private let dynamics: AsyncHTTPClientExchange
  private let marketo: AsyncHTTPClientExchange

  /// A call is given up a little after the service's own limit, so that a late answer is not lost.
  init(_ configuration: Configuration, log: Logger) {
    self.configuration = configuration
    self.log = log
    dynamics = AsyncHTTPClientExchange(timeout: .seconds(130))
    marketo = AsyncHTTPClientExchange(timeout: .seconds(185))
  }

  /// The wall clock, in the seconds that both services keep.
  static let now: @Sendable () -> Instant = {
    Instant(seconds: Int64(Date().timeIntervalSince1970))
  }

  /// An engine over new connectors: their call counts begin at zero.
  ///
  /// They leave their metadata to later runs in `store`.
  func engine(
    store: Store, report: @escaping @Sendable (Sync.Progress) -> Void,
    isStopped: @escaping @Sendable () -> Bool
  ) throws -> Engine {
    Engine(
      store: store, rules: rules, dynamics: try dynamicsConnector(cache: store),
      marketo: try marketoConnector(cache: store), version: Dynsync.version, log: log,
      now: Self.now,
      report: report, isStopped: isStopped)
  }

  /// The configured rules with what dynsync keeps by itself.
  var rules: SyncRules { configuration.wholeRules }

  /// Lets `body` use this wiring, and closes the connections however it ends.
  func use<Outcome: Sendable>(
    _ body: (RunWiring) async throws -> Outcome
  ) async throws -> Outcome {
    let outcome: Result<Outcome, any Error>
    do {
      outcome = .success(try await body(self))
    } catch {
      outcome = .failure(error)
    }
    try await shutdown()
    return try outcome.get()
  }

  /// Closes the connections.
  func shutdown() async throws {
    try await dynamics.shutdown()
    try await marketo.shutdown()
  }

  /// A new connector to Dynamics; without a `cache` it asks for all metadata anew.
  func dynamicsConnector(cache: (any DocumentCache)? = nil) throws -> DynamicsConnector {
    DynamicsConnector(
      settings: try configuration.dynamicsSettings, exchange: dynamics, meter: CallMeter(),
      now: Self.now,
      clock: ContinuousClock(), log: log, cache: cache)
  }

  /// A new connector to Marketo; without a `cache` it asks for all metadata anew.
  func marketoConnector(cache: (any DocumentCache)? = nil) throws -> MarketoConnector {
    MarketoConnector(
      settings: try configuration.marketoSettings, exchange: marketo, meter: CallMeter(),
      now: Self.now,
      clock: ContinuousClock(), log: log, cache: cache)
  }
}
