import ArgumentParser
import Store

/// Answers a question in SQL.
struct Query: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer a question in SQL, on a connection that can only read.",
    discussion: """
      The tables and views are described in docs/schema.md.

      EXAMPLES
        dynsync query "SELECT * FROM status"
        dynsync query --format csv "SELECT * FROM errors"
      """)

  @Argument(help: "One SQL statement.")
  var sql: String

  @Option(help: "How to print the answer: table, csv or json.")
  var format = OutputFormat.table

  @OptionGroup var location: ConfigurationOption

  func run() async throws {
    let reader = try Reader(path: try location.load().database)
    Console.rawResult(format.text(of: ResultTable(try reader.query(sql))))
  }
}
