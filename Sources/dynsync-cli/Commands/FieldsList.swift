import ArgumentParser
import Sync

/// Shows every pair of fields with what both services say of it.
struct FieldsList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the pairs of fields: types, direction, winner, and who tells of a change.",
    discussion: """
      Asks both services for their metadata; nothing is read or written beside it.
      A Dynamics name with an underscore before it is a value that dynsync derives.
      The columns are described in docs/cli.md.

      EXAMPLES
        dynsync fields list
        dynsync fields list --entity lead --format csv
      """)

  @Option(help: "Show this entity alone; may be repeated.")
  var entity: [String] = []

  @Option(help: "How to print the answer: table, csv or json.")
  var format = OutputFormat.table

  @OptionGroup var location: ConfigurationOption
  @OptionGroup var logging: LogOptions

  func run() async throws {
    let configuration = try location.load()
    let wiring = RunWiring(configuration, log: logging.logger)
    let table = try await wiring.use { wiring in
      let only = try RunOptions.entities(entity, of: wiring.rules, for: "fields list")
      let survey = FieldSurvey(
        rules: wiring.rules.entities.filter { only.isEmpty || only.contains($0.entity) },
        connectors: [
          .dynamics: try wiring.dynamicsConnector(), .marketo: try wiring.marketoConnector(),
        ])
      return FieldTable.table(of: try await survey.fields())
    }
    Console.rawResult(format.text(of: table))
  }
}
