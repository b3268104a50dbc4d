import ArgumentParser
import Store

/// Tells how things stand.
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell how things stand: the last run, what is left, and why.",
    discussion: """
      Tells the newest run, how many records are linked, how much is left and how
      many entries the error list has; then the first 20 of what is left and of
      the errors. It reads the database alone and calls no service.

      EXAMPLES
        dynsync status
        dynsync status --json
      """)

  @Flag(help: "Print the facts as JSON: the contract is in docs/cli.md.")
  var json = false

  @OptionGroup var location: ConfigurationOption

  func run() async throws {
    let status = try location.reader().status()
    if json {
      return Console.rawResult(OutputFormat.json.text(of: ResultTable(status.facts)))
    }
    Console.rawResult(OutputFormat.table.text(of: ResultTable(status.facts)))
    for (title, part) in [("Left to do", status.backlog), ("Errors", status.errors)]
    where !part.rows.isEmpty {
      Console.result("\n\(title) (the first 20)")
      Console.rawResult(OutputFormat.table.text(of: ResultTable(part)))
    }
  }
}
