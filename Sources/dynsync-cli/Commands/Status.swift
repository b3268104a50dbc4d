import ArgumentParser
import Store

/// Tells how things stand.
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell how things stand: the last run, what is left, and why.",
    discussion: """
      Tells the newest run and the last one that went to its end, how many records
      are linked, how much is left for which reason, and how many entries of each
      kind the error list has, with the time when they are tried again; then the
      first 20 of what is left and of the errors. It reads the database alone and
      calls no service.

      EXAMPLES
        dynsync status
        dynsync status --json
      """)

  @Flag(help: "Print the facts as JSON: the contract is in docs/cli.md.")
  var json = false

  @OptionGroup var location: ConfigurationOption

  func run() async throws {
    let text = StatusText(try location.reader().status(), now: RunWiring.now())
    Console.rawResult(json ? text.json : text.forPeople)
  }
}
