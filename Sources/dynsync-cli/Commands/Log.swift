import ArgumentParser
import Store

/// Shows what was decided and done.
struct Log: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what was decided and done, of everything or of one record.",
    discussion: """
      One line a row, the newest last: time, run, record (its Dynamics and its
      Marketo id), what happened to which field, the value that was written and
      where to, and the reason. The filters go together: a row must pass all.

      EXAMPLES
        dynsync log
        dynsync log ines@park.example
        dynsync log --run last --action collision --action rejected
        dynsync log --since 2h --side dynamics --entity lead
        dynsync log 4b1c0d2e-0000-4000-8000-000000000001 --field jobtitle --json
      """)

  @Argument(help: "A record: its Dynamics id, its Marketo id or its e-mail address.")
  var record: String?

  @Option(name: .customLong("record"), help: "The same, as an option.")
  var recordOption: String?

  @OptionGroup var filter: LogFilterOptions

  @Option(help: "How many rows, the newest last.")
  var limit = 50

  @Flag(help: "Print the rows as JSON: the contract is in docs/cli.md.")
  var json = false

  @OptionGroup var location: ConfigurationOption

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
    guard record == nil || recordOption == nil else {
      throw ValidationError("the record is named twice; leave one out")
    }
  }

  func run() async throws {
    let reader = try location.reader()
    var filter = try filter.filter(of: reader, now: RunWiring.now())
    var lines: [LogLine] = []
    if let name = record ?? recordOption {
      for match in try reader.matches(name) {
        filter.record = match
        lines += try reader.log(filter, limit: limit)
      }
    } else {
      lines = try reader.log(filter, limit: limit)
    }
    if json { return Console.rawResult(OutputFormat.json.text(of: ResultTable(lines))) }
    if lines.isEmpty {
      Console.note(
        filter == LogFilter() ? "nothing was decided yet" : "the log has no such row")
    }
    for line in lines { Console.result(RecordText.line(of: line)) }
  }
}
