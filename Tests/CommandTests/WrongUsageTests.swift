import Testing

@testable import dynsync_cli

/// Command lines that nobody can carry out: told by the real program, with the mend.
@Suite struct WrongUsageTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    return folder
  }

  @Test(arguments: [("rnu", "dynsync run"), ("stats", "dynsync status"), ("x", "dynsync --help")])
  func `an unknown command is told with the one that was meant`(word: String, mend: String) throws {
    #expect(
      try Program.run(word, in: folder())
        == Program.Ending(
          status: 64, output: "",
          errors: "Error: there is no command '\(word)'\nTry: \(mend)\n"))
  }

  @Test func `only names an entity of the configuration`() throws {
    let folder = try folder()

    #expect(
      try Program.run("run", "--only", "led", in: folder)
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: run: 'led' is no entity of the configuration
            Try: name one of account, lead, contact

            """))
    #expect(!folder.holds("dynsync.db"))
  }

  @Test(arguments: ["soon", "5", "0s", "-5m", "1d"])
  func `every takes a length of time`(text: String) throws {
    #expect(
      try Program.run("run", "--every=\(text)", in: folder())
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: '\(text)' is no duration; write 30s, 5m or 1h
            Usage: dynsync run [--dry-run] [--every <every>] [--allow-mass <allow-mass>] [--only <only> ...] \
            [--record <record>] [--config <config>] [--verbose]
              See 'dynsync run --help' for more information.

            """))
  }

  @Test(arguments: [["--only", "lead"], ["--every", "5m"]])
  func `a run of one record is not one of an entity, and is not repeated`(others: [String]) throws {
    let ending = try Program.run(["run", "--record", "7001"] + others, in: folder())

    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix("Error: --record goes neither with --only nor with --every\n"))
  }

  @Test func `init --provision reads a file, and so does not write one`() throws {
    let folder = try TemporaryFolder()

    let both = try Program.run("init", "--sandbox", "--provision", in: folder)
    let early = try Program.run("init", "--provision", in: folder)

    #expect([both.status, early.status] == [64, 64])
    #expect(
      both.errors.hasPrefix(
        "Error: --sandbox writes the file that --provision reads; run init twice\n"))
    #expect(
      early.errors == """
        Error: dynsync.yaml: there is no such file
        Try: run 'dynsync init' to write one, or name yours with --config

        """)
  }

  @Test func `fields list names an entity of the configuration`() throws {
    #expect(
      try Program.run("fields", "list", "--entity", "led", in: folder())
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: fields list: 'led' is no entity of the configuration
            Try: name one of account, lead, contact

            """))
  }

  @Test func `a configuration that is missing is told with the command that writes one`() throws {
    let folder = try TemporaryFolder()
    for command in [
      ["run"], ["status"], ["log"], ["migrate"], ["fields", "list"],
      ["sync-person", "7001", "--as", "lead"],
    ] {
      #expect(
        try Program.run(command, in: folder)
          == Program.Ending(
            status: 64, output: "",
            errors: """
              Error: dynsync.yaml: there is no such file
              Try: run 'dynsync init' to write one, or name yours with --config

              """))
    }
  }

  @Test func `what is wrong with the configuration is told with its line`() throws {
    let folder = try TemporaryFolder()
    let good = SampleConfiguration.sandbox()
    try folder.write("colour: blue\n\(good)", to: "unknown.yaml")
    try folder.write(good.replacing("database: dynsync.db", with: "database: []"), to: "bad.yaml")
    try folder.write(good.replacing("auth:", with: "auth: ["), to: "broken.yaml")
    try folder.write(
      good.replacing("\n  client_id: sandbox", with: "", maxReplacements: 1), to: "missing.yaml")
    try folder.write(
      good.replacing("  lead:", with: "  lead:\n    create: always"), to: "unfinished.yaml")

    let endings = try ["unknown", "bad", "broken", "missing", "unfinished"].map {
      try Program.run("run", "-c", "\($0).yaml", in: folder)
    }

    #expect(
      endings.map(\.errors) == [
        """
        Error: unknown.yaml:1: colour: this key is not known
        Try: remove it; known here: database, dynamics, marketo, match, merge, limits, entities

        """,
        """
        Error: bad.yaml:1: database: is no single value
        Try: write 'database: dynsync.db'

        """,
        """
        Error: broken.yaml:6: is no valid YAML in column 18: did not find expected ',' or ']'
        Try: look at the indentation, colons, brackets and quotes of this line and the one before

        """,
        """
        Error: missing.yaml:8: marketo.client_id: this key is missing
        Try: add 'client_id: 00000000-0000-0000-0000-000000000000'

        """,
        """
        Error: unfinished.yaml:17: entities.lead.create: 'always' is not carried out yet
        Try: remove the line or write 'create: on_request'

        """,
      ])
    #expect(endings.map(\.status) == [64, 64, 64, 64, 64])
    #expect(!folder.holds("dynsync.db"))
  }
}
