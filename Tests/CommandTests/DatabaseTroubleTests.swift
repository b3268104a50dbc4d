import Foundation
import Store
import Testing

@testable import dynsync_cli

/// A database that cannot be used: the real program says why and what to do, and changes nothing.
@Suite struct DatabaseTroubleTests {
  private func folder(database: String = "dynsync.db") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(database: database), to: "dynsync.yaml")
    return folder
  }

  private func stopped(_ status: Int32, _ errors: String) -> Program.Ending {
    Program.Ending(status: status, output: "", errors: "\(errors)\n")
  }

  @Test(arguments: [
    "run", "migrate", "status", "log", "query SELECT", "why x", "prune", "backup b",
  ])
  func `a database of a newer version is left alone`(command: String) throws {
    let folder = try folder()
    try SampleDatabase.makeNewer(at: "\(folder.path)/dynsync.db")

    let ending = try Program.run(command.split(separator: " ").map(String.init), in: folder)

    #expect(
      ending
        == stopped(
          3,
          """
          Error: database: could not use the database: \
          it was written by a newer dynsync (step 9999_future)
          Try: install that version or newer
          """))
    let runs = try Store(path: "\(folder.path)/dynsync.db").query("SELECT count(*) FROM run")
    #expect(runs.rows == [[.integer(0)]])
  }

  @Test(arguments: [
    "run", "migrate", "status", "log", "query SELECT", "why x", "prune", "backup b",
  ])
  func `a file that is no database is left as it is`(command: String) throws {
    let folder = try folder()
    let text = String(repeating: "not a database\n", count: 100)
    try folder.write(text, to: "dynsync.db")

    let ending = try Program.run(command.split(separator: " ").map(String.init), in: folder)

    let attempt = ["run", "migrate"].contains(command) ? "" : " for reading"
    #expect(
      ending
        == stopped(
          3,
          """
          Error: database: could not open the database\(attempt): \
          the file is not a whole SQLite database
          Try: restore it from a backup, or move it away: the next run matches everything anew
          """))
    #expect(try folder.text(of: "dynsync.db") == text)
  }

  @Test(arguments: ["status", "log", "query SELECT", "why x", "prune", "backup b"])
  func `a database that is not there yet is not made by looking`(command: String) throws {
    let folder = try folder()

    let ending = try Program.run(command.split(separator: " ").map(String.init), in: folder)

    #expect(
      ending
        == stopped(
          64,
          """
          Error: database: dynsync.db is not there yet
          Try: run 'dynsync run', which makes it, or name another one in dynsync.yaml
          """))
    #expect(!folder.holds("dynsync.db"))
  }

  @Test(arguments: ["status", "log", "query SELECT", "why x", "prune", "backup b"])
  func `another program's database is told from ours`(command: String) throws {
    let folder = try folder()
    try folder.write("", to: "dynsync.db")

    let ending = try Program.run(command.split(separator: " ").map(String.init), in: folder)

    #expect(
      ending
        == stopped(
          64,
          """
          Error: database: dynsync.db holds nothing of dynsync
          Try: name dynsync's own file in dynsync.yaml, or run 'dynsync run' to begin one there
          """))
  }

  @Test func `status before the first run says what to run`() throws {
    let folder = try folder()
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db", rows: "")

    #expect(
      try Program.run("status", in: folder)
        == stopped(
          64,
          """
          Error: database: could not read the status: nothing was synced yet
          Try: run: dynsync run
          """))
  }

  @Test(arguments: ["run", "migrate"])
  func `a second run at the same time leaves the first alone`(command: String) throws {
    let folder = try folder()
    let lock = try RunLock(besides: "\(folder.path)/dynsync.db")
    defer { _ = lock }

    let ending = try Program.run(command.split(separator: " ").map(String.init), in: folder)

    #expect(
      ending
        == stopped(
          75,
          """
          Error: database: could not lock dynsync.db.lock: another run holds it
          Try: wait until it ends; a run that died holds nothing
          """))
    #expect(!folder.holds("dynsync.db"))
  }

  @Test(arguments: ["nowhere/x.db", "dynsync.yaml/x.db"])
  func `a folder that does not exist is told`(path: String) throws {
    let folder = try folder(database: path)

    #expect(
      try Program.run("run", in: folder)
        == stopped(
          64,
          """
          Error: database: could not lock \(path).lock: its folder does not exist
          Try: make the folder, or name another database in dynsync.yaml
          """))
  }

  /// Nobody may make a file in /sys, the superuser included.
  @Test func `a folder that cannot be written is told`() throws {
    let folder = try folder(database: "/sys/dynsync.db")

    #expect(
      try Program.run("run", in: folder)
        == stopped(
          3,
          """
          Error: database: could not lock /sys/dynsync.db.lock: its folder is read-only
          Try: give the user who runs dynsync the right to write there
          """))
  }

  /// Rights do not bind the superuser; SQLite's own read-only mode binds everybody.
  @Test func `a file that cannot be written is told, and stays as it is`() throws {
    let folder = try folder(database: "file:state.db?mode=ro")
    try SampleDatabase.make(at: "\(folder.path)/state.db")

    #expect(
      try Program.run("run", in: folder)
        == stopped(
          3,
          """
          Error: database: could not open a run: the file or its folder is read-only
          Try: give the user who runs dynsync the right to write there
          """))
  }
}
