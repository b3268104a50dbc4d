import ArgumentParser
import Store

/// Explains the values of one record.
struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a record's values: who changed what, which rule chose, what was written.",
    discussion: """
      The answer comes from the log: for each decision both bases, both values, the rule, the winner,
      and the write.

      EXAMPLES
        dynsync why ines@park.example
        dynsync why ines@park.example jobtitle
      """)

  @Argument(help: "A record: its Dynamics id, its Marketo id or its e-mail address.")
  var record: String

  @Argument(help: "A field, in either side's spelling.")
  var field: String?

  @OptionGroup var location: ConfigurationOption

  func run() async throws {
    let reader = try Reader(path: try location.load().database)
    for match in try reader.matches(record) {
      Console.result(RecordText.heading(of: match))
      let lines = try reader.log(of: match, field: field, limit: 1000)
      if lines.isEmpty { Console.result("  nothing was decided about it yet") }
      for line in lines { Console.result(RecordText.explanation(of: line)) }
    }
  }
}

extension Reader {
  /// The records that a person named; at least one.
  func matches(_ name: String) throws -> [RecordMatch] {
    let matches = try records(named: name)
    guard matches.isEmpty else { return matches }
    throw CommandError(
      .usage, "no record is known as '\(name)'",
      mend: "a Dynamics id, a Marketo id or an e-mail address of a record that was read")
  }
}
