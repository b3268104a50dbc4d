import Testing

@testable import dynsync_cli

/// What `query` answers and what it refuses, of the real program.
@Suite struct QueryTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db")
    return folder
  }

  @Test func `an answer is a table, CSV or JSON`() throws {
    let folder = try folder()
    let sql = "SELECT run_id, started_at, exit_code FROM run ORDER BY run_id"

    let outputs = try ["table", "csv", "json"].map {
      try Program.run("query", "--format", $0, sql, in: folder).output
    }

    #expect(
      outputs == [
        """
        run_id  started_at            exit_code
        ------  --------------------  ---------
             1  2026-01-05T09:15:00Z
             2  2026-01-06T09:15:00Z

        """,
        "run_id,started_at,exit_code\r\n1,2026-01-05T09:15:00Z,\r\n2,2026-01-06T09:15:00Z,\r\n",
        """
        [
        {"run_id":1,"started_at":"2026-01-05T09:15:00Z","exit_code":null},
        {"run_id":2,"started_at":"2026-01-06T09:15:00Z","exit_code":null}
        ]

        """,
      ])
  }

  @Test(arguments: [
    "DELETE FROM link", "UPDATE link SET how = 'key'", "DROP TABLE link",
    "INSERT INTO migration (name) VALUES ('x')",
  ])
  func `a write is refused, and changes nothing`(sql: String) throws {
    let folder = try folder()
    let count = "SELECT count(*) AS links FROM link JOIN migration WHERE how = 'email'"
    let before = try Program.run("query", count, in: folder)

    let ending = try Program.run("query", sql, in: folder)

    #expect(
      ending
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: query: the database is open for reading alone, and this would write
            Try: ask with a SELECT; what dynsync holds is changed by its own commands

            """))
    #expect(try Program.run("query", count, in: folder) == before)
  }

  @Test(arguments: [
    ("SELEC 1", "near \"SELEC\": syntax error"), ("SELECT", "incomplete input"),
    ("SELECT x FROM link", "no such column: x"),
    ("SELECT 1 FROM nowhere", "no such table: nowhere"),
    ("", "empty statement"),
  ])
  func `wrong SQL is told in SQLite's words`(sql: String, words: String) throws {
    #expect(
      try Program.run("query", sql, in: folder())
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: query: \(words)
            Try: the tables and columns are described in docs/schema.md

            """))
  }

  @Test(arguments: ["SELECT 1; SELECT 2", "SELECT ?"])
  func `only one whole statement is answered`(sql: String) throws {
    #expect(
      try Program.run("query", sql, in: folder())
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: query: this is not one statement with all its values
            Try: give one SELECT, with each value in its place and no '?'

            """))
  }

  @Test func `another file cannot be attached`() throws {
    let folder = try folder()

    #expect(
      try Program.run("query", "ATTACH 'new.db' AS new", in: folder)
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: query: no other file can be opened from here
            Try: ask with a SELECT from the tables and views of docs/schema.md

            """))
    #expect(!folder.holds("new.db"))
  }

  @Test func `a statement without an answer is wrong usage`() throws {
    #expect(
      try Program.run("query", "CREATE TEMP TABLE mine (a)", in: folder())
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: query: this statement has no answer
            Try: ask with a SELECT; what dynsync holds is changed by its own commands

            """))
  }
}
