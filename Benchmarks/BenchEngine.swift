import Logging
import Model
import Store
import Sync

/// An engine between two made-up services and a real store.
struct BenchEngine: Sendable {
  let store: Store
  let dynamics: GeneratedDynamics
  let marketo: GeneratedMarketo

  /// Opens the file at `path`; `contacts` contacts stand on both sides.
  init(path: String, contacts: Int, accounts: Int) throws {
    store = try Store(path: path)
    try store.migrate()
    dynamics = GeneratedDynamics(contacts: contacts, accounts: accounts)
    marketo = GeneratedMarketo(persons: contacts)
  }

  static let now = Instant(seconds: 1_767_225_600)

  @discardableResult
  func run(isDry: Bool = false) async throws -> RunReport {
    let engine = Engine(
      store: store, rules: BenchRules.rules, dynamics: dynamics, marketo: marketo,
      version: "bench", log: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() },
      now: { Self.now })
    return try await engine.run(RunOptions(isDry: isDry)) { _ in 0 }
  }
}
