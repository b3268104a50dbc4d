import ArgumentParser
import Store

/// Shows the error list.
struct Errors: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what was refused or needs a person, by cause, with what mends it.",
    discussion: """
      Entries with one cause (side, kind, code, field, words) are one: how many, since
      when, an example, the service's code and its name of the call, and what to do.
      A value that changes is tried again at once, an unchanged one after a while, and
      after 12 tries not until it changes or 'dynsync retry' is called.

      EXAMPLES
        dynsync errors
        dynsync errors --entity lead --side dynamics
        dynsync errors --record ines@park.example --all
        dynsync errors --json
      """)

  @Option(help: "Only this entity.")
  var entity: String?

  @Option(help: "Only what this side refused: dynamics or marketo.")
  var side: ErrorSide?

  @Option(help: "Only this record: its Dynamics id, its Marketo id or its e-mail address.")
  var record: String?

  @Flag(help: "List each record instead of the causes.")
  var all = false

  @Flag(help: "Print JSON: the contract is in docs/cli.md.")
  var json = false

  @Option(help: "How many causes, the most frequent first; or records, the oldest first.")
  var limit = 50

  @OptionGroup var location: ConfigurationOption

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
  }

  func run() async throws {
    let reader = try location.reader()
    let errors = try reader.errors(
      ErrorFilter(
        entity: entity, side: side?.rawValue,
        records: try record.map { try reader.ids(named: $0).ids }))
    let entries = all ? Array(errors.prefix(limit)) : []
    let causes = all ? [] : Array(ErrorCause.grouped(errors).prefix(limit))
    if json {
      let table = all ? ResultTable(entries) : ResultTable(causes)
      return Console.rawResult(OutputFormat.json.text(of: table))
    }
    if errors.isEmpty { return Console.note("no such errors are listed") }
    let texts = entries.map(ErrorText.entry) + causes.map(ErrorText.cause)
    Console.result(texts.joined(separator: "\n\n"))
  }
}

/// A side, as an option names it.
enum ErrorSide: String, Sendable, CaseIterable, ExpressibleByArgument {
  case dynamics
  case marketo
}

extension Reader {
  /// The ids of the records that a person named, the word itself among them; and whether any of them
  /// is known.
  func ids(named name: String) throws -> (ids: [String], isKnown: Bool) {
    let matches = try records(named: name)
    let found = matches.flatMap { [$0.dynamicsID, $0.marketoID].compactMap(\.self) }
    return (Set(found + [name, name.lowercased()]).sorted(), !matches.isEmpty)
  }
}
