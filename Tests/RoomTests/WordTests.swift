import Testing

/// Words with one home.
@Suite struct WordTests {
  /// Where some words may stand, and where not.
  struct Home: Sendable, CustomTestStringConvertible {
    var name: String
    var words: [String]
    /// Rooms, or folders of a room, that may use them.
    var rooms: [String]
    var testDescription: String { name }

    func holds(_ file: SourceTree.File) -> Bool {
      rooms.contains {
        file.testDescription.hasPrefix("\($0)/") || file.testDescription == $0
      }
    }
  }

  private static let homes = [
    Home(
      name: "SQL",
      words: [
        "SELECT ", "INSERT INTO", "INSERT OR ", "DELETE FROM", "PRAGMA", "CREATE TABLE",
        "CREATE INDEX", "CREATE VIEW", "ALTER TABLE", "DROP TABLE", " SET _",
        // The last two tell people how to ask, and the simulation asks as people do.
      ],
      rooms: [
        "Store", "Migrations", "Benchmarks", "Sandbox/State", "Simulation/Checks",
        "dynsync-cli/Commands/Query.swift",
        "dynsync-cli/Failures/CommandError+Query.swift",
      ]),
    Home(
      name: "printing", words: ["print(", "debugPrint(", "dump("],
      rooms: ["dynsync-cli", "Benchmarks"]),
    Home(
      name: "the wall clock", words: ["Date()", "Date.now", "clock_gettime"],
      rooms: ["dynsync-cli"]),
    Home(
      name: "chance", words: ["UUID()", "SystemRandomNumberGenerator"],
      rooms: ["dynsync-cli"]),
    Home(
      name: "the environment", words: ["ProcessInfo", "getenv(", "CommandLine."],
      rooms: ["dynsync-cli", "Benchmarks"]),
    Home(
      name: "Dynamics' field names",
      words: [
        "emailaddress1", "systemuserid", "parentcustomerid", "originatingleadid", "internalemail",
        "_masterid_value", "statecode", "donotbulkemail", "jobtitle", "modifiedon",
        "odata.", "@odata", "EntityDefinitions",
      ], rooms: ["Dynamics", "Sandbox", "Simulation", "dynsync-cli", "Benchmarks"]),
    Home(
      name: "Marketo's field names",
      words: [
        "externalCompanyId", "externalSalesPersonId", "mktoPersonNotes", "leadPartitionId",
        "nextPageToken", "activityTypeId", "moreResult", "unsubscribedReason", "createOrUpdate",
      ], rooms: ["Marketo", "Sandbox", "Simulation", "dynsync-cli", "Benchmarks"]),
  ]

  @Test(arguments: homes)
  func `words with one home stand nowhere else`(_ home: Home) throws {
    let strays = try SourceTree.all().filter { !home.holds($0) }.flatMap { file in
      file.code.enumerated().flatMap { number, line in
        home.words.filter(line.contains).map {
          "\(file.testDescription):\(number + 1): \($0)"
        }
      }
    }

    #expect(strays == [])
  }

  @Test(arguments: [
    "try!", "fatalError", "@unchecked", "as!", "preconditionFailure", "nonisolated(unsafe)",
  ])
  func `no file takes a short cut`(_ word: String) throws {
    let strays = try SourceTree.all().flatMap { file in
      file.lines(holding: word).map { "\(file.testDescription):\($0)" }
    }

    #expect(strays == [])
  }

  @Test(arguments: ["TODO", "FIXME", "MARK: "])
  func `no file leaves a note to itself`(_ word: String) throws {
    let strays = try SourceTree.all().filter { $0.text.contains(word) }.map(\.testDescription)

    #expect(strays == [])
  }

  @Test func `no file is longer than 400 lines, and none is called after nothing`() throws {
    let nothing = ["Utils", "Helpers", "Manager", "Types", "Extensions", "Misc", "Common"]
    for file in try SourceTree.all() {
      let name = file.path.split(separator: "/").last?.split(separator: ".").first ?? ""
      #expect(file.code.count <= 401, "\(file.testDescription)")
      #expect(!nothing.contains(String(name)), "\(file.testDescription)")
    }
  }

  @Test func `an error's description is not built from a value`() throws {
    for file in try SourceTree.files(of: "Store") {
      #expect(file.lines(holding: "expandedDescription") == [], "\(file.testDescription)")
    }
  }
}
