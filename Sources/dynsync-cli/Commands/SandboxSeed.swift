import ArgumentParser
import Sandbox

/// Fills the sandbox with the sample organisation.
struct SandboxSeed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed",
    abstract: "Fill the sandbox with a sample organisation.",
    discussion: """
      The same seed gives the same organisation: users, teams, accounts, contacts,
      leads, opportunities with their stakeholders, subscriptions (a custom table),
      and persons that only Marketo knows, some of whom match by e-mail. The
      sandbox may be running.

      EXAMPLES
        dynsync sandbox seed
        dynsync sandbox seed --seed 7
      """)

  @Option(help: "The number that decides what the organisation is like.")
  var seed: UInt64 = 2026

  @OptionGroup var place: SandboxStateOption

  func run() async throws {
    let state = try place.open()
    let organisation = SampleOrganisation(seed: seed)
    do {
      try state.seed(organisation, now: SandboxStateOption.now)
    } catch {
      throw CommandError(
        .failed, "sandbox: \(place.state) cannot be seeded: \(error)",
        mend: "run 'dynsync sandbox reset' first, which empties it")
    }
    Console.result(
      "\(place.state) holds \(organisation.users.count) users, \(organisation.teams.count) teams, "
        + "\(organisation.accounts.count) accounts, \(organisation.contacts.count) contacts, "
        + "\(organisation.leads.count) leads, \(organisation.opportunities.count) opportunities, "
        + "\(organisation.connections.count) connections and "
        + "\(organisation.subscriptions.count) subscriptions in Dynamics, and "
        + "\(organisation.persons.count) persons in Marketo")
  }
}
