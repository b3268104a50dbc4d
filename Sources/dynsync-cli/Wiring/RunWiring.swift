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
  func engine(
    store: Store, report: @escaping @Sendable (Sync.Progress) -> Void,
    isStopped: @escaping @Sendable () -> Bool
  ) throws -> Engine {
    Engine(
      store: store, rules: rules, dynamics: try dynamicsConnector(),
      marketo: try marketoConnector(), version: Dynsync.version, log: log, now: Self.now,
      report: report, isStopped: isStopped)
  }

  /// The configured rules with what dynsync keeps by itself.
  var rules: SyncRules {
    configuration.rules.withDerivedPairs(personKey: configuration.marketo.personKey)
  }

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

  /// A new connector to Dynamics.
  func dynamicsConnector() throws -> DynamicsConnector {
    let access = configuration.dynamics
    let auth: DynamicsAuth =
      switch access.login {
      case .clientCredentials(let tenant, let clientID, let secret):
        .clientCredentials(tenant: tenant ?? "", clientID: clientID, secret: secret)
      case .password(let tenant, let clientID, _, let username, let password):
        .password(
          tenant: tenant ?? "organizations", clientID: clientID, username: username,
          password: password)
      }
    let settings = try DynamicsSettings(
      url: access.url.text, auth: auth, tokenURL: access.tokenURL?.text,
      tables: configuration.tables)
    return DynamicsConnector(
      settings: settings, exchange: dynamics, meter: CallMeter(), now: Self.now,
      clock: ContinuousClock(), log: log)
  }

  /// A new connector to Marketo.
  func marketoConnector() throws -> MarketoConnector {
    let access = configuration.marketo
    let settings = try MarketoSettings(
      url: access.url.text, clientID: access.clientID, secret: access.clientSecret,
      personKey: access.personKey, partition: access.partition,
      serverTimeout: access.serverTimeout)
    return MarketoConnector(
      settings: settings, exchange: marketo, meter: CallMeter(), now: Self.now,
      clock: ContinuousClock(), log: log)
  }
}
