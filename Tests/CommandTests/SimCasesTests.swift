import Testing

/// `dynsync sim --cases` and `--planner`, by the real program.
@Suite struct SimCasesTests {
  /// A fenced block of the page, without its fence.
  private func block(_ name: String) throws -> String {
    let part = try #require(try DocumentationPage("cases.md").part(name))
    return part.split(separator: "\n").filter { !$0.hasPrefix("```") }.joined(separator: "\n")
      + "\n"
  }

  @Test func `the example of the documentation gives what the documentation says`() throws {
    let folder = try TemporaryFolder()
    try folder.write(block("example"), to: "cases.json")

    #expect(
      try Program.run("sim", "--cases", "cases.json", in: folder)
        == Program.Ending(status: 1, output: block("result"), errors: ""))
  }

  @Test func `cases that are all right end with the count`() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"cases": [{"case": "one", "then": "agree"}]}"#, to: "cases.json")

    #expect(
      try Program.run("sim", "--cases", "cases.json", in: folder)
        == Program.Ending(status: 0, output: "1 cases, 1 right, 0 wrong\n", errors: ""))
  }

  @Test func `a wrong file is told with the line, the case and the mend`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"cases": [
        {"case": "one", "then": "agree"},
        {"case": "two", "winner": "dynamic", "then": "agree"}
      ]}
      """, to: "cases.json")

    #expect(
      try Program.run("sim", "--cases", "cases.json", in: folder)
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: sim: cases.json: line 3: case 'two': 'winner' 'dynamic' is none of dynamics, \
            marketo, non_empty, true_wins, manual
            Try: write the case as docs/cases.md tells

            """))
  }

  @Test func `a file that is not there is told`() throws {
    #expect(
      try Program.run("sim", "--cases", "none.json", in: TemporaryFolder())
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: sim: none.json cannot be read
            Try: give the path of a file of merge cases

            """))
  }

  @Test func `the planner is tried on as many cases as are asked for`() throws {
    let ending = try Program.run("sim", "--planner", "300", in: TemporaryFolder())

    #expect(ending.status == 0)
    #expect(ending.errors == "")
    let last = ending.output.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("300 cases, 0 violations, "))
    #expect(last.hasSuffix(" cases a second"))
  }

  @Test(arguments: [
    (["--planner", "0"], "write a number of the planner's cases from 1 up"),
    (["--planner", "5", "--cases", "c.json"], "give one of --planner, --cases and --kill-points"),
  ])
  func `wrong usage is told`(arguments: [String], words: String) throws {
    let ending = try Program.run(["sim"] + arguments, in: TemporaryFolder())

    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix("Error: \(words)\n"))
  }
}
