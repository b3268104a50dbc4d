import ArgumentParser
import Store

/// Shortens the log by age.
struct Prune: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shorten the log, the operations and the watermark history by age.",
    discussion: """
      What a run needs stays: open writes, the error list, links, bases and
      mirrors are not touched. So does the last decision of each kind about each
      field: 'dynsync why' explains every value as before, and says from when on
      older decisions are gone. It takes the run's lock, works in small steps and
      can be ended at any moment and started again.

      EXAMPLES
        dynsync prune --dry-run
        dynsync prune --keep 180d
        dynsync prune --keep 30d --vacuum
      """)

  @Option(help: "How much of the past stays whole: an age (90d, 26w), at least 1d.")
  var keep = "90d"

  @Flag(help: "Tell how much would be removed, and remove nothing.")
  var dryRun = false

  @Flag(help: "Give the freed room back to the disk; needs as much room as the file has.")
  var vacuum = false

  @OptionGroup var location: ConfigurationOption

  func validate() throws {
    guard let age = TimeText.age(keep) else {
      throw ValidationError("'\(keep)' is no age; write 90d or 26w")
    }
    guard age >= 86_400 else { throw ValidationError("--keep takes at least 1d") }
    if dryRun, vacuum { throw ValidationError("a dry run frees no room; leave --vacuum out") }
  }

  func run() async throws {
    let path = try location.reader().path
    let lock = try RunLock(besides: path)
    defer { _ = lock }
    let store = try Store(path: path)
    try store.requireCurrentSchema()
    let now = RunWiring.now()
    guard let before = TimeText.moment(keep, at: .start, now: now) else {
      throw CommandError(.usage, "prune: '\(keep)' is no age", mend: "write 90d or 26w")
    }
    let pruning = try store.prune(before: before, at: now, isDry: dryRun)
    Console.result(PruneText.line(of: pruning, isDry: dryRun))
    if vacuum {
      try store.shrink()
      Console.result("the freed room was given back to the disk")
    } else if !dryRun, !pruning.isEmpty {
      Console.note("the file keeps its size and fills up again; --vacuum gives the room back")
    }
  }
}
