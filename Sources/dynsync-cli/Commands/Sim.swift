import ArgumentParser
import Foundation
import Simulation

/// Lives through made-up histories to see whether a promise can be broken.
struct Sim: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try the engine on made-up histories in which much goes wrong.",
    discussion: """
      Each history is the whole engine and a real database in virtual time, between
      two services in memory: people edit, merge, delete and qualify at any moment,
      requests and answers are lost, and the process dies. Afterwards all promises
      are checked. The same seed gives the same history.

      EXAMPLES
        dynsync sim --seeds 1000
        dynsync sim --seeds 1 --seed 4711
        dynsync sim --seeds 500 --faults death,lost_answer
        dynsync sim --seeds 500 --config dynsync.yaml
        dynsync sim --kill-points
        dynsync sim --planner 1000000
        dynsync sim --cases my-cases.json
      """)

  @Option(help: "How many histories.")
  var seeds = 100

  @Option(help: "The first one's seed.")
  var seed: UInt64 = 1

  @Option(help: "What may go wrong: all, none, or a list with commas.")
  var faults = "all"

  @Option(help: "How many histories are lived through at once.")
  var threads = 2

  @Option(
    name: [.customShort("c"), .long],
    help: "A configuration whose field map and rules are used; limits are lifted.")
  var config: String?

  @Option(
    help: ArgumentHelp(
      "Keep the database of the history that breaks a promise, and tell all that was written.",
      valueName: "file"))
  var keep: String?

  @Flag(help: "Fail as well if one of the things that are counted never happened.")
  var everything = false

  @Flag(help: "Die once at every step of a first and of a changed run, instead.")
  var killPoints = false

  @Option(help: "Try the planner alone, on that many random records, instead.")
  var planner: Int?

  @Option(help: "Run a file of merge cases (docs/cases.md) instead.")
  var cases: String?

  func validate() throws {
    if seeds < 1 { throw ValidationError("write a number of seeds from 1 up") }
    if let planner, planner < 1 {
      throw ValidationError("write a number of the planner's cases from 1 up")
    }
    if [planner != nil, cases != nil, killPoints].count(where: \.self) > 1 {
      throw ValidationError("give one of --planner, --cases and --kill-points")
    }
    _ = try chosenFaults()
  }

  func run() async throws {
    if let cases { return try runCases(cases) }
    if let planner { return try await runPlanner(cases: planner) }
    if killPoints { return try await runKillPoints() }
    try await runHistories()
  }

  func chosenFaults() throws -> Set<FaultKind> {
    switch faults {
    case "all": return Set(FaultKind.allCases)
    case "none": return []
    default:
      return Set(
        try faults.split(separator: ",").map { word in
          guard let kind = FaultKind.allCases.first(where: { $0.name == word }) else {
            let names = FaultKind.allCases.map(\.name).joined(separator: ", ")
            throw ValidationError("'\(word)' is no fault; known are \(names)")
          }
          return kind
        })
    }
  }
}
