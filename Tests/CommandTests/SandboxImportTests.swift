import Sandbox
import Testing

@testable import dynsync_cli

@Suite struct SandboxImportTests {
  private static let teams = "sales_agent,manager,regional_office\nAda Quist,Bruno Thorne,Harbour\n"

  @Test func `import tells what it made, and the second time that all of it stands`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.teams, to: "sales_teams.csv")
    try folder.write("Falk,Gallo,,,,,,,,,\n", to: "people.csv")

    let first = try Program.run("sandbox", "import", ".", in: folder)
    let second = try Program.run("sandbox", "import", ".", in: folder)

    #expect(
      first
        == Program.Ending(
          status: 0, output: "sandbox.db: imported 2 users, 2 teams and 1 lead\n", errors: ""))
    #expect(
      second
        == Program.Ending(
          status: 0,
          output: "sandbox.db: nothing to import; 5 rows stand already and were left as they are\n",
          errors: ""))
  }

  @Test func `lines that are wrong are told, and no file is made`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.teams + ",,\n", to: "sales_teams.csv")

    let ending = try Program.run("sandbox", "import", ".", in: folder)

    #expect(
      ending
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: sandbox: nothing of . was imported: 1 problem
              sales_teams.csv, line 3: sales_agent is empty; fill it
            Try: mend the lines, and run it again

            """))
    #expect(!folder.holds("sandbox.db"))
  }

  @Test func `of many problems the first twenty are told`() {
    let problem = ImportProblem(file: .people, line: 7, what: "last is empty", mend: "fill it")

    let text = ImportText.text(ImportError.problems(Array(repeating: problem, count: 1021)))

    let line = "\n  people.csv, line 7: last is empty; fill it"
    #expect(
      text == "1,021 problems" + String(repeating: line, count: 20) + "\n  and 1,001 problems more")
  }

  @Test func `rows that were added and rows that stood are told apart`() {
    let summary = ImportSummary(
      added: ["opportunity": 8800, "account": 1], standing: ["systemuser": 1])

    #expect(
      ImportText.text(summary)
        == "imported 1 account and 8,800 opportunities; 1 row stands already and was left as it is")
  }
}
