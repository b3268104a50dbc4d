import ArgumentParser
import Store

/// Answers a question in SQL.
struct Query: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer a question in SQL, on a connection that can only read.",
    discussion: """
      The tables and views are described in docs/schema.md, the output in
      docs/cli.md.

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
    let result = try answer(of: try location.reader())
    guard !result.columns.isEmpty else {
      throw CommandError(
        .usage, "query: this statement has no answer",
        mend: "ask with a SELECT; what dynsync holds is changed by its own commands")
    }
    Console.rawResult(format.text(of: ResultTable(result)))
  }

  private func answer(of reader: Reader) throws -> QueryResult {
    do {
      return try reader.query(sql)
    } catch let error as StoreError {
      throw CommandError(query: error)
    }
  }
}
