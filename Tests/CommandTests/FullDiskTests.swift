import Testing

@testable import dynsync_cli

/// A disk that fills up while the real program writes: a limit on the size of its files stands for it.
@Suite struct FullDiskTests {
  /// The sizes in kilobytes at which the disk is full: in the schema, in the pull, in the push.
  private static let sizes = [40, 200, 600, 1200, 1900, 2600]

  @Test func `a run on a full disk fails with one message, and the next one goes on`() throws {
    let folder = try TemporaryFolder()
    _ = try Program.run("sandbox", "seed", in: folder)
    try Program.withSandbox(in: folder) { address in
      try folder.write(SampleConfiguration.sandbox(at: address), to: "dynsync.yaml")

      let endings = try Self.sizes.map {
        try Program.run(["run"], in: folder, filesOfAtMost: $0)
      }
      let failed = endings.prefix { $0.status == 1 }

      #expect(failed.count >= 3)
      for ending in failed {
        let errors = ending.errors.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
        #expect(errors.count == 1, "\(ending.errors)")
        #expect(errors.first?.hasPrefix("Error: database: could not ") == true)
        #expect(ending.errors.hasSuffix("run it again; nothing is lost\n"), "\(ending.errors)")
        #expect(ending.output == "")
      }
      #expect(try Program.run("run", in: folder).status == 2)
      let second = try Program.run("run", in: folder)
      #expect(second.output.contains("created 0, updated 0, refused 0"))
      #expect(try answer("PRAGMA integrity_check", in: folder) == "integrity_check\r\nok\r\n")
      #expect(
        try answer(
          """
          SELECT (SELECT count(*) FROM health) AS health,
            (SELECT count(*) FROM disagreement) AS disagreement,
            (SELECT count(*) FROM link WHERE state = 'active') AS links
          """, in: folder) == "health,disagreement,links\r\n0,0,523\r\n")
    }
  }

  @Test func `a backup on a full disk leaves nothing of itself`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db")

    let ending = try Program.run(["backup", "b.db"], in: folder, filesOfAtMost: 36)

    #expect(ending.status == 1)
    #expect(ending.errors.hasPrefix("Error: database: could not write the backup b.db: the disk "))
    #expect(!folder.holds("b.db") && !folder.holds("b.db.partial"))
  }

  private func answer(_ sql: String, in folder: TemporaryFolder) throws -> String {
    try Program.run("query", "--format", "csv", sql, in: folder).output
  }
}
