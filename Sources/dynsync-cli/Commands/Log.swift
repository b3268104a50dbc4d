import ArgumentParser
import Store

/// Shows what was decided and done.
struct Log: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what was decided and done, of everything or of one record.",
    discussion: """
      One line a row, the newest last: time, run, record (its Dynamics and its
      Marketo id), what happened to which field, the value that was written and
      where to, and the reason.

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
    let reader = try location.reader()
    guard let record else { return show(try reader.log(limit: limit)) }
    for match in try reader.matches(record) {
      show(try reader.log(of: match, limit: limit))
    }
  }

  private func show(_ lines: [LogLine]) {
    if lines.isEmpty { Console.note("nothing was decided yet") }
    for line in lines { Console.result(RecordText.line(of: line)) }
  }
}
