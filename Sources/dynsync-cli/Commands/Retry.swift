import ArgumentParser
import Store

/// Has what was refused or paused tried again.
struct Retry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Have the next run try again what was refused or paused.",
    discussion: """
      A value that changes is tried again without it; this is for causes that were
      mended elsewhere (a right, a plug-in, an option) and for records that were given
      up. It calls no service, and may be called while a run goes on. A person whom
      Dynamics refused on request is asked for again with 'sync-person'.

      EXAMPLES
        dynsync retry ines@park.example
        dynsync retry --all
      """)

  @Argument(help: "A record: its Dynamics id, its Marketo id or its e-mail address.")
  var record: String?

  @Flag(help: "Every record on the error list.")
  var all = false

  @OptionGroup var location: ConfigurationOption

  func validate() throws {
    guard (record == nil) == all else {
      throw ValidationError(all ? "name a record or --all, not both" : "name a record, or --all")
    }
  }

  func run() async throws {
    let named = try record.map { try location.reader().ids(named: $0) }
    if named == nil { _ = try location.reader() }
    let store = try Store(path: try location.load().database)
    try store.requireCurrentSchema()
    let count = try store.retry(named?.ids, at: RunWiring.now())
    let requests = try store.refusedRequests(of: named?.ids)
    guard count > 0 || !requests.isEmpty || named?.isKnown != false else {
      throw CommandError(
        .usage, "no record is known as '\(DisplayText.visible(record ?? ""))'",
        mend: "look for it in 'dynsync errors --all'")
    }
    if count > 0 || requests.isEmpty {
      Console.result("the next run tries \(Amount.text(count, "record")) again")
    }
    for line in RequestText.again(requests) { Console.result(line) }
  }
}
