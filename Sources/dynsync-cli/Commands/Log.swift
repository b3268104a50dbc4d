import ArgumentParser
import Store

/// Shows what was decided and done.
struct Log: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what was decided and done, of everything or of one record.",
    discussion: """
      EXAMPLES
        dynsync log
        dynsync log ines@park.example
        dynsync log 4b1c0d2e-0000-4000-8000-000000000001 --limit 100
      """)

  @Argument(help: "A record: its Dynamics id, its Marketo id or its e-mail address.")
  var record: String?

  @Option(help: "How many rows, the newest last.")
  var limit = 50

  @OptionGroup var location: ConfigurationOption

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
  }

  func run() async throws {
    let reader = try Reader(path: try location.load().database)
    guard let record else { return show(try reader.log(limit: limit)) }
    for match in try reader.matches(record) {
      Console.result(RecordText.heading(of: match))
      show(try reader.log(of: match, limit: limit))
    }
  }

  private func show(_ lines: [LogLine]) {
    for line in lines { Console.result(RecordText.line(of: line)) }
  }
}
