import ArgumentParser

/// The program: its subcommands, and the one place where an error becomes words and a status.
@main
struct Dynsync: AsyncParsableCommand {
  /// The version that `run` records, and `--version` tells.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "dynsync",
    abstract: "Keep Dynamics 365 and Adobe Marketo Engage in step through one SQLite file.",
    discussion: """
      EXAMPLES
        dynsync init              write dynsync.yaml with a default field map
        dynsync init --sandbox    the same, for the sandbox on this machine
        dynsync fields list       tell how each field is kept in step
        dynsync run               settle what changed and write both sides
        dynsync status            tell how things stand
        dynsync why RECORD        explain a record's values
        dynsync errors            show what was refused, with what mends it

      EXIT STATUS
        0   everything is in step
        1   the run failed; nothing is lost, run it again
        2   the run finished and something is left, which 'dynsync status' tells
        3   stopped before writing: a person must look
        64  wrong usage or configuration
        75  another run holds the lock, or a service is unavailable: try later
      """,
    version: version,
    subcommands: [
      Init.self, Migrate.self, Fields.self, Run.self, SyncPerson.self, Status.self, Log.self,
      Why.self, Errors.self, Retry.self, Query.self, BackupCommand.self, Prune.self, Adopt.self,
      SandboxCommand.self, Sim.self,
    ])

  /// Runs the command that the arguments name and ends the process with its status.
  static func main() async {
    var command: any ParsableCommand
    do {
      try refuseUnknownCommand(CommandLine.arguments.dropFirst().first)
      command = try parseAsRoot()
    } catch {
      end(with: error)
    }
    do {
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  /// Whether the argument parser has the words for `error`: a bare status, a request for help, or
  /// wrong usage; all others are put into words here.
  static func isOfParser(_ error: any Error) -> Bool {
    error is ExitCode || exitCode(for: error) != .failure
  }

  /// The argument parser would call a misspelt command an unexpected argument.
  private static func refuseUnknownCommand(_ word: String?) throws(CommandError) {
    let names = configuration.subcommands.map { $0._commandName }
    guard let word, !word.hasPrefix("-"), !(names + ["help"]).contains(word) else { return }
    let nearest = NearestName.of(word, among: names)
    throw CommandError(
      .usage, "there is no command '\(DisplayText.visible(word))'",
      mend: nearest.map { "dynsync \($0)" } ?? "dynsync --help")
  }

  private static func end(with error: any Error) -> Never {
    guard !isOfParser(error) else { exit(withError: error) }
    let failure = CommandError(error)
    Console.note(failure.description)
    exit(withError: failure.status.code)
  }
}
