import ArgumentParser
import Store

/// Explains the values of one record.
struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a record's values: who changed what, which rule chose, what was written.",
    discussion: """
      The answer comes from the log, the newest decision last: for each field what
      both sides held and held before, which rule decided, and what was written
      where. Below it, for values that dynsync derives (company, owner, person), the
      records that they are made from now.

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
    let reader = try location.reader()
    let explanations = try reader.matches(record).map { match in
      RecordText.explanation(
        of: match, field: field,
        by: try reader.log(of: match, field: field, limit: RecordText.mostExplained + 1),
        from: try reader.origins(of: match, field: field))
    }
    Console.result(explanations.joined(separator: "\n\n"))
  }
}

extension Reader {
  /// The records that a person named; at least one.
  func matches(_ name: String) throws -> [RecordMatch] {
    let matches = try records(named: name)
    guard matches.isEmpty else { return matches }
    throw CommandError(
      .usage, "no record is known as '\(name)'",
      mend: "give the Dynamics id, the Marketo id or the e-mail address of a record that was read")
  }
}
