import ArgumentParser
import Sync

/// Carries out a run, or one after another.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read both sides, settle what changed, and write both sides.",
    discussion: """
      The first run copies everything; later ones read and write what changed. A
      run can be ended at any moment and started again.

      EXAMPLES
        dynsync run
        dynsync run --dry-run
        dynsync run --every 5m
        dynsync run --only lead --only contact
        dynsync run --record ines@park.example
      """)

  @Flag(help: "Stop before the first write and show what would be written.")
  var dryRun = false

  @Option(help: "Run again, so long after the end of each run: 30s, 5m, 1h.")
  var every: String?

  @Option(help: "Carry out the plan of this digest, although it goes over a limit.")
  var allowMass: String?

  @Option(help: "Plan and write this entity alone; may be repeated.")
  var only: [String] = []

  @Option(
    help: "Settle this record alone, with what it needs: a Dynamics id, a Marketo id or an e-mail.")
  var record: String?

  @OptionGroup var location: ConfigurationOption
  @OptionGroup var logging: LogOptions

  func validate() throws {
    if let every, DurationText.duration(every) == nil {
      throw ValidationError("'\(every)' is no duration; write 30s, 5m or 1h")
    }
    if dryRun, every != nil { throw ValidationError("a dry run is not repeated; leave one out") }
    guard let record else { return }
    if record.allSatisfy(\.isWhitespace) { throw ValidationError("--record names no record") }
    if !only.isEmpty || every != nil {
      throw ValidationError("--record goes neither with --only nor with --every")
    }
  }

  func run() async throws {
    let configuration = try location.load()
    let options = RunOptions(
      isDry: dryRun, only: try RunOptions.entities(only, of: configuration.rules),
      allowedMass: allowMass, record: record)
    let wiring = RunWiring(configuration, log: logging.logger)
    let pause = every.flatMap(DurationText.duration)
    let status = try await SignalledStop.during { stop in
      let session = RunSession(wiring: wiring, options: options)
      guard let pause else { return await session.run(until: stop) }
      return await RepeatingRun(pause: pause, clock: ContinuousClock())(until: stop) { stop in
        await session.run(until: stop)
      }
    }
    try await wiring.shutdown()
    if status != .inStep { throw status.code }
  }
}
