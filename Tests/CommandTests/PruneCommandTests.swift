import Store
import Testing

@testable import dynsync_cli

/// `prune` and `backup`, of the real program.
@Suite struct PruneCommandTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db", rows: Self.rows)
    return folder
  }

  /// Three decisions of one kind about one field, years ago.
  private static let rows = """
    INSERT INTO run (run_id, started_at, version) VALUES (1, '2020-01-01T00:00:00Z', '0.1.0');
    INSERT INTO activity_log (run_id, at, entity, dynamics_id, action, field) VALUES
      (1, '2020-01-01T00:00:01Z', 'lead', 'l1', 'updated', 'a__b'),
      (1, '2020-01-01T00:00:02Z', 'lead', 'l1', 'updated', 'a__b'),
      (1, '2020-01-01T00:00:03Z', 'lead', 'l1', 'updated', 'a__b');

    """

  @Test func `prune tells what it removed, after a dry run told what it would`() throws {
    let folder = try folder()
    let day = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/

    let endings = try [["--dry-run"], [], ["--vacuum"]].map { options in
      try Program.run(["prune", "--keep", "52w"] + options, in: folder)
    }

    let amounts = "2 rows of the log, 0 operations, 0 watermarks and 0 runs from before"
    #expect(
      endings.map { $0.output.replacing(day, with: "THEN") } == [
        "would remove \(amounts) THEN\n", "removed \(amounts) THEN\n",
        "there is nothing to prune before THEN\nthe freed room was given back to the disk\n",
      ])
    #expect(endings.map(\.status) == [0, 0, 0])
    #expect(
      endings.map(\.errors) == [
        "", "the file keeps its size and fills up again; --vacuum gives the room back\n", "",
      ])
    let left = try Program.run(
      "query", "--format", "csv", "SELECT seq FROM activity_log", in: folder)
    #expect(left.output == "seq\r\n3\r\n")
  }

  @Test(arguments: [
    (["--keep", "5"], "'5' is no age; write 90d or 26w"),
    (["--keep", "23h"], "--keep takes at least 1d"),
    (["--dry-run", "--vacuum"], "a dry run frees no room; leave --vacuum out"),
  ])
  func `an age that cannot be is wrong usage`(options: [String], complaint: String) throws {
    let ending = try Program.run(["prune"] + options, in: folder())

    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix("Error: \(complaint)\n"))
  }

  @Test func `prune waits for no run, backup needs none to end`() throws {
    let folder = try folder()
    let lock = try RunLock(besides: "\(folder.path)/dynsync.db")
    defer { _ = lock }

    let prune = try Program.run("prune", in: folder)
    let backup = try Program.run("backup", "b.db", in: folder)

    #expect(
      prune
        == Program.Ending(
          status: 75, output: "",
          errors: """
            Error: database: could not lock dynsync.db.lock: another run holds it
            Try: wait until it ends; a run that died holds nothing

            """))
    #expect(
      backup == Program.Ending(status: 0, output: "b.db holds the database\n", errors: ""))
  }

  @Test func `a backup can be asked like the database`() throws {
    let folder = try folder()
    try folder.write(SampleConfiguration.sandbox(database: "b.db"), to: "b.yaml")

    let first = try Program.run("backup", "b.db", in: folder)
    let second = try Program.run("backup", "b.db", in: folder)
    let forced = try Program.run("backup", "--force", "b.db", in: folder)
    let log = try Program.run("log", "--config", "b.yaml", "--limit", "1", in: folder)

    #expect([first.status, second.status, forced.status] == [0, 64, 0])
    #expect(
      second.errors == """
        Error: database: could not write the backup b.db: something is there already
        Try: name another file, or replace it with --force

        """)
    #expect(log.output == "2020-01-01T00:00:03Z  run 1  lead l1  updated  a ↔ b\n")
  }
}
