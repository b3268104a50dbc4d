import Testing

@testable import dynsync_cli

/// The filters of `log`, of the real program.
@Suite struct LogFilterTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db")
    return folder
  }

  private static let filters: [(String, [String])] = [
    ("--run last", ["collision", "updated", "normalised", "rejected"]),
    ("--run 1", ["linked", "first_link"]),
    ("--run last --side dynamics", ["collision", "rejected"]),
    ("--action collision --action linked", ["linked", "collision"]),
    ("--since 2026-01-06", ["collision", "updated", "normalised", "rejected"]),
    ("--until 2026-01-05", ["linked", "first_link"]),
    ("--since 2026-01-06T09:15:02Z --until 2026-01-06T09:15:02Z", ["normalised"]),
    ("--entity lead --field fax", ["first_link", "updated"]),
    ("--entity contact", []),
    ("--record 7001 --run 2 --limit 1", ["rejected"]),
    ("ines@park.example --action linked", ["linked"]),
  ]

  @Test(arguments: filters)
  func `only the rows that pass are shown`(options: String, actions: [String]) throws {
    let arguments = ["log", "--json"] + options.split(separator: " ").map(String.init)

    let ending = try Program.run(arguments, in: folder())

    let shown = ending.output.matches(of: /"action":"([a-z_]+)"/).map { String($0.1) }
    #expect(shown == actions)
    #expect([ending.status == 0, ending.errors == ""] == [true, true])
  }

  @Test func `filters that no row passes say so`() throws {
    #expect(
      try Program.run("log", "--run", "77", in: folder())
        == Program.Ending(status: 0, output: "", errors: "the log has no such row\n"))
  }

  @Test(arguments: [
    ("--run first", "'first' is no run; give its number, or 'last'"),
    ("--since yesterday", "'yesterday' is no time; write 2026-01-05T09:15:00Z, 2026-01-05 or 2h"),
    ("x --record y", "the record is named twice; leave one out"),
  ])
  func `a filter that cannot be is wrong usage`(options: String, complaint: String) throws {
    let ending = try Program.run(
      ["log"] + options.split(separator: " ").map(String.init), in: folder())

    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix("Error: \(complaint)\n"))
  }
}
