import ArgumentParser
import Model
import Store
import Sync

/// Accepts that another organisation or user stands behind a service's URL.
struct Adopt: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Accept that another organisation or user answers for a service.",
    discussion: """
      For a service that was replaced on purpose: restored from a copy, moved to
      another tenant, promoted from a sandbox, or signed in to as another user.
      The links and the last agreed values are kept. The next run reads that side
      from the start and stops before it writes if the records are not the same:
      see docs/guards.md. The old and the new identity stay in the table adoption.

      EXAMPLES
        dynsync adopt dynamics
        dynsync adopt marketo --yes
      """)

  @Argument(help: "The service: dynamics or marketo.")
  var side: AdoptedSide

  @Flag(help: "Do not ask; for scripts.")
  var yes = false

  @OptionGroup var location: ConfigurationOption
  @OptionGroup var logging: LogOptions

  func run() async throws {
    let configuration = try location.load()
    let wiring = RunWiring(configuration, log: logging.logger)
    try await wiring.use { wiring in
      let lock = try RunLock(besides: configuration.database)
      defer { _ = lock }
      let store = try Store(path: configuration.database)
      try store.migrate()
      let connector: any Connector =
        side == .dynamics ? try wiring.dynamicsConnector() : try wiring.marketoConnector()
      let adoption = try await Adoption(of: connector, in: store)
      Console.result(AdoptionText(adoption).text)
      try confirm()
      try adoption.carryOut(in: store, version: Dynsync.version, at: RunWiring.now())
      Console.result("adopted; look at the next run's plan with 'dynsync run --dry-run'")
    }
  }

  private func confirm() throws(CommandError) {
    guard !yes else { return }
    guard Console.isAnswered else {
      throw CommandError(
        .stopped, "adopt: nobody is there to confirm it; nothing was changed",
        mend: "dynsync adopt \(side.rawValue) --yes")
    }
    guard Console.agrees("Adopt it?") else {
      throw CommandError(.stopped, "adopt: not confirmed; nothing was changed")
    }
  }
}

/// The service whose other organisation or user is accepted.
enum AdoptedSide: String, Sendable, CaseIterable, ExpressibleByArgument {
  case dynamics
  case marketo
}
