import ArgumentParser
import Foundation
import Sandbox

/// The commands around the two services' stand-ins.
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Stand in for both services on this machine.",
    discussion: """
      Both services answer on one port of the loopback interface and keep what
      they hold in one SQLite file, so that it outlives a restart. The people of
      the sample organisation are invented.

      EXAMPLES
        dynsync sandbox seed
        dynsync sandbox import ~/crm-export
        dynsync sandbox start
      """,
    subcommands: [
      SandboxStart.self, SandboxSeed.self, SandboxImport.self, SandboxReset.self,
    ])
}

/// Where the sandbox keeps what both services hold.
struct SandboxStateOption: ParsableArguments {
  @Option(help: "The SQLite file that holds the sandbox's state.")
  var state = "sandbox.db"

  /// Opens the file, making it where there is none.
  func open() throws(CommandError) -> SandboxState {
    do {
      return try SandboxState(path: state)
    } catch {
      throw CommandError(
        .failed, "sandbox: \(state) cannot be opened: \(error)",
        mend: "look at the folder's rights, or name another file with --state")
    }
  }

  /// The time in Unix seconds, as the sandbox's services take it.
  static func now() -> Int64 { Int64(Date().timeIntervalSince1970) }
}
