import GRDB
import Hummingbird
public import Logging
public import ServiceLifecycle

/// The sandbox's server: both services on one port of the loopback interface.
public struct SandboxServer: Service {
  /// The only address that the sandbox listens on.
  public static let host = "127.0.0.1"
  /// The port that is taken unless another one is asked for.
  public static let defaultPort = 8365

  private let state: SandboxState
  private let port: Int
  private let now: @Sendable () -> Int64
  private let onRunning: @Sendable (Int) async -> Void
  private let logger: Logger

  /// Prepares a server; nothing listens before ``run()``.
  ///
  /// - Parameters:
  ///   - state: Where both services keep what they hold.
  ///   - port: 0 takes any free port.
  ///   - now: The time in Unix seconds.
  ///   - logger: Silent unless given.
  ///   - onRunning: Told the port once requests are answered.
  public init(
    state: SandboxState, port: Int = defaultPort, now: @escaping @Sendable () -> Int64,
    logger: Logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() },
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) {
    self.state = state
    self.port = port
    self.now = now
    self.logger = logger
    self.onRunning = onRunning
  }

  /// Answers requests until the task is cancelled or a graceful shutdown begins.
  public func run() async throws {
    let router = Router()
    SandboxSettingsRoutes(database: state.database).add(to: router)
    DynamicsService(database: state.database, now: now).addRoutes(to: router)
    MarketoService(database: state.database, now: now).addRoutes(to: router)
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname(Self.host, port: port)),
      onServerRunning: { [onRunning] channel in
        await onRunning(channel.localAddress?.port ?? 0)
      },
      logger: logger)
    try await application.run()
  }
}
