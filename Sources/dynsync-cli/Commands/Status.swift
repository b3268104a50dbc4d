import ArgumentParser
import Store

/// Tells how things stand.
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell how things stand: the last run, what is left, and why.",
    discussion: """
      EXAMPLES
        dynsync status
        dynsync status --json
      """)

  @Flag(help: "Print the facts as JSON.")
  var json = false

  @OptionGroup var location: ConfigurationOption

  func run() async throws {
    let status = try Reader(path: try location.load().database).status()
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
