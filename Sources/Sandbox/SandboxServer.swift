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
  private let observe: (@Sendable (SandboxMoment) async throws -> Void)?
  private let logger: Logger

  /// Prepares a server; nothing listens before ``run()``.
  ///
  /// - Parameters:
  ///   - state: Where both services keep what they hold.
  ///   - port: 0 takes any free port.
  ///   - now: The time in Unix seconds.
  ///   - logger: Silent unless given.
  ///   - onRunning: Told the port once requests are answered.
  ///   - observe: Told of each request twice, and waited for; throwing as one arrives drops it.
  public init(
    state: SandboxState, port: Int = defaultPort, now: @escaping @Sendable () -> Int64,
    logger: Logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() },
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in },
    observe: (@Sendable (SandboxMoment) async throws -> Void)? = nil
  ) {
    self.state = state
    self.port = port
    self.now = now
    self.logger = logger
    self.onRunning = onRunning
    self.observe = observe
  }

  /// Answers requests until the task is cancelled or a graceful shutdown begins.
  public func run() async throws {
    let router = Router()
    if let observe { router.add(middleware: SandboxObserver(observe: observe)) }
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
