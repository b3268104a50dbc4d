import ArgumentParser
import Store

/// Explains the values of one record.
struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a record's values: who changed what, which rule chose, what was written.",
    discussion: """
      The answer comes from the log, the newest decision last: for each field what
      both sides held and held before, which rule decided, what was written where,
      and what the written side made of it. Below it, for values that dynsync
      derives (company, owner, person), the records that they are made from now.

      With --at it tells what both sides held at that time, the last decision
      before it and the first one after it.

      EXAMPLES
        dynsync why ines@park.example
        dynsync why ines@park.example jobtitle
        dynsync why ines@park.example jobtitle --at 2026-01-05
        dynsync why 7001 --at '2h ago'
      """)

  @Argument(help: "A record: its Dynamics id, its Marketo id or its e-mail address.")
  var record: String

  @Argument(help: "A field, in either side's spelling.")
  var field: String?

  @Option(help: "As of then: \(TimeText.help).")
  var at: String?

  @Flag(help: "Print the decisions as JSON: the contract is in docs/cli.md.")
  var json = false

  @OptionGroup var location: ConfigurationOption

  func validate() throws {
    guard let at else { return }
    if !TimeText.isTime(at) { throw ValidationError(TimeText.complaint(at)) }
    if json { throw ValidationError("--json goes without --at; 'dynsync log --until' has both") }
  }

  func run() async throws {
    let reader = try location.reader()
    let matches = try reader.matches(record)
    if json { return Console.rawResult(try decisions(matches, reader)) }
    let moment = at.flatMap { TimeText.moment($0, at: .end, now: RunWiring.now()) }
    let pruning = try reader.furthestPruning()
    let explanations = try matches.map { match in
      if let moment {
        return RecordText.explanation(
          of: match, field: field, at: moment, pruning: pruning,
          by: try reader.history(of: match, field: field, at: moment))
      }
      let lines = try reader.log(
        LogFilter(record: match, field: field), limit: RecordText.mostExplained + 1)
      return RecordText.explanation(
        of: match, field: field, by: lines,
        from: try reader.origins(of: match, field: field), pruning: pruning)
    }
    Console.result(explanations.joined(separator: "\n\n"))
  }

  private func decisions(_ matches: [RecordMatch], _ reader: Reader) throws -> String {
    let lines = try matches.flatMap { match in
      try reader.log(LogFilter(record: match, field: field), limit: RecordText.mostExplained)
    }
    return OutputFormat.json.text(of: ResultTable(lines))
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
