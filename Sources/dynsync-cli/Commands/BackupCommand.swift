import ArgumentParser
import Store

/// Copies the database into one file.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the database into one file, also while a run goes on.",
    discussion: """
      The copy is the database as it was at one moment. It is looked through and
      brought to the disk before it gets its name; after a failure nothing is left
      of it. To go back to it, put it in the place of the database while no run
      goes on, and remove the files with -wal and -shm behind the database's name.

      EXAMPLES
        dynsync backup /backup/dynsync-monday.db
        dynsync backup --force /backup/dynsync.db
      """)

  @Argument(help: "The file to write.")
  var file: String

  @Flag(help: "Replace a file that is there.")
  var force = false

  @OptionGroup var location: ConfigurationOption

  func validate() throws {
    if file.allSatisfy(\.isWhitespace) { throw ValidationError("the file has no name") }
  }

  func run() async throws {
    try Backup(to: file).make(of: try location.reader(), replacing: force)
    Console.result("\(file) holds the database")
  }
}
