import ArgumentParser
import Sandbox

/// Empties the sandbox.
struct SandboxReset: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset",
    abstract: "Empty the sandbox: both services are new and hold nothing.",
    discussion: """
      The organisation gets a new id, so that a dynsync.db that knew the old one
      writes nothing to it.

      EXAMPLES
        dynsync sandbox reset
      """)

  @OptionGroup var place: SandboxStateOption

  func run() async throws {
    let state = try place.open()
    do {
      try state.reset(now: SandboxStateOption.now)
    } catch {
      throw CommandError(
        .failed, "sandbox: \(place.state) cannot be emptied: \(error)",
        mend: "stop what has the file open, and run it again")
    }
    Console.result("\(place.state) is empty")
  }
}
