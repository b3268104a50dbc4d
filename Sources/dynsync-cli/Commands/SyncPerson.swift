import ArgumentParser
import Sync

/// Makes Marketo persons leads or contacts of Dynamics.
struct SyncPerson: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make Marketo persons leads or contacts of Dynamics, at once.",
    discussion: """
      A person that is linked already stays as it is, and the answer says so. One
      whose Dynamics record was deleted gets a new one. A repeat, also after a
      kill, makes no second record. A contact is made without an account.

      EXAMPLES
        dynsync sync-person 7001 --as lead
        dynsync sync-person 7001 7002 --as contact --assign-to dana@acme.example
      """)

  @Argument(help: "The persons' Marketo ids.")
  var persons: [String]

  @Option(name: .customLong("as"), help: "What they become: lead or contact.")
  var kind: PersonKind

  @Option(help: "The user who gets them: a Dynamics id or an e-mail address.")
  var assignTo: String?

  @OptionGroup var location: ConfigurationOption
  @OptionGroup var logging: LogOptions

  func validate() throws {
    for person in persons where SyncRequest.marketoID(person) == nil {
      throw ValidationError("'\(person)' is no Marketo id; write a whole number above 0")
    }
    if let assignTo, assignTo.allSatisfy(\.isWhitespace) {
      throw ValidationError("--assign-to names no user")
    }
  }

  func run() async throws {
    let configuration = try location.load()
    let requests = try SyncRequest.all(
      persons, as: kind, assignTo: assignTo, rules: configuration.rules)
    let wiring = RunWiring(configuration, log: logging.logger)
    let status = try await SignalledStop.during { stop in
      await RunSession(wiring: wiring, options: RunOptions(requests: requests)).run(until: stop)
    }
    try await wiring.shutdown()
    if status != .inStep { throw status.code }
  }
}

/// What a person can become.
enum PersonKind: String, Sendable, CaseIterable, ExpressibleByArgument {
  case lead
  case contact
}
