import Dynamics
import Foundation
import Logging
import Marketo
import Model
import Sandbox
import Store
import Sync
import Transport

@testable import dynsync_cli

/// Both services on loopback, a client for each of their APIs, and runs between them.
struct Rig: Sendable {
  let base: String
  let folder: URL
  let exchange: AsyncHTTPClientExchange
  let dynamics: DynamicsAPI
  let marketo: MarketoAPI

  var databasePath: String { folder.appendingPathComponent("dynsync.db").path }

  /// Starts a sandbox, lets `body` use it, and takes everything down.
  ///
  /// `organisation` fills both services first.
  static func with(
    seed organisation: SampleOrganisation? = nil,
    observe: (@Sendable (SandboxMoment) async throws -> Void)? = nil,
    _ body: @escaping @Sendable (Rig) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("dynsync-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let state = try SandboxState(path: folder.appendingPathComponent("sandbox.db").path)
    if let organisation { try state.seed(organisation, now: now) }
    let exchange = AsyncHTTPClientExchange(timeout: .seconds(60))
    let outcome = await Task {
      try await serve(state, observe) { port in
        try await body(try await Rig(port: port, folder: folder, exchange: exchange))
      }
    }.result
    try await exchange.shutdown()
    try outcome.get()
  }

  /// Serves on any free port while `body` runs.
  private static func serve(
    _ state: SandboxState, _ observe: (@Sendable (SandboxMoment) async throws -> Void)?,
    _ body: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let server = SandboxServer(
      state: state, port: 0, now: now, onRunning: { port.yield($0) }, observe: observe)
    try await withThrowingTaskGroup { group in
      group.addTask { try await server.run() }
      for await number in ports {
        try await body(number)
        break
      }
      group.cancelAll()
      do { try await group.waitForAll() } catch is CancellationError {}
    }
  }

  private init(port: Int, folder: URL, exchange: AsyncHTTPClientExchange) async throws {
    base = "http://127.0.0.1:\(port)"
    self.folder = folder
    self.exchange = exchange
    dynamics = try await DynamicsAPI(base: base, exchange: exchange)
    marketo = try await MarketoAPI(base: base, exchange: exchange)
  }

  static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

  /// The configuration that `dynsync init --sandbox` writes, for this sandbox's port.
  func configuration() throws -> Configuration {
    let path = folder.appendingPathComponent("dynsync.yaml").path
    if !FileManager.default.fileExists(atPath: path) {
      try ConfigurationTemplate(.sandbox).write(to: path)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacing("http://127.0.0.1:\(SandboxServer.defaultPort)", with: base)
        .replacing(
          "  person_key: dynamicsId", with: "  person_key: dynamicsId\n  server_timeout: 1s"
        )
        .replacing("dynamics:\n", with: "dynamics:\n  server_timeout: 1s\n", maxReplacements: 1)
        .write(toFile: path, atomically: true, encoding: .utf8)
    }
    return try Configuration.load(from: path, environment: [:])
  }

  /// Opens the database that runs work on.
  func store() throws -> Store {
    let store = try Store(path: databasePath)
    try store.migrate()
    return store
  }

  /// Carries out one run with the real connectors, after Marketo has what the configuration needs.
  @discardableResult
  func run(_ options: RunOptions = RunOptions(), on store: Store) async throws -> RunReport {
    let rules = try configuration().wholeRules
    let dynamics = try dynamicsConnector()
    let marketo = try marketoConnector()
    try await provision(rules, dynamics, marketo)
    let engine = Engine(
      store: store, rules: rules, dynamics: dynamics, marketo: marketo, version: "test",
      log: Self.silence, now: RunWiring.now)
    return try await engine.run(options) { _ in 0 }
  }

  /// Makes the custom objects that the configuration needs, as `dynsync init --provision` does.
  func provision() async throws {
    try await provision(
      try configuration().wholeRules, try dynamicsConnector(), try marketoConnector())
  }

  private func provision(
    _ rules: SyncRules, _ dynamics: DynamicsConnector, _ marketo: MarketoConnector
  ) async throws {
    let provisioning = Provisioning(rules: rules, dynamics: dynamics, marketo: marketo)
    _ = try await provisioning.carryOut(known: [])
  }

  private static let silence = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  func dynamicsConnector() throws -> DynamicsConnector {
    DynamicsConnector(
      settings: try configuration().dynamicsSettings, exchange: exchange, meter: CallMeter(),
      now: RunWiring.now, clock: ContinuousClock(), log: Self.silence)
  }

  /// A connector that no limit slows down.
  func marketoConnector() throws -> MarketoConnector {
    var settings = try configuration().marketoSettings
    settings.share = MarketoSettings.RateShare(calls: 100_000, atOnce: 5)
    return MarketoConnector(
      settings: settings, exchange: exchange, meter: CallMeter(), now: RunWiring.now,
      clock: ContinuousClock(), log: Self.silence)
  }
}
