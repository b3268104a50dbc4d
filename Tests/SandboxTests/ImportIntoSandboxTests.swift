import GRDB
import Testing

@testable import Sandbox

@Suite struct ImportIntoSandboxTests {
  private static let now: @Sendable () -> Int64 = { 1_767_225_600 }

  /// The whole organisation, as whole rows of text.
  private static func dump(_ state: SandboxState) throws -> [String] {
    try state.database.read { db in
      try DynamicsCatalogue.tables.flatMap { table in
        try Row.fetchAll(db, sql: "SELECT * FROM dynamics_\(table.name) ORDER BY 1")
          .map { "\(table.name) \($0)" }
      }
    }
  }

  @Test func `an import is added once, and the same again changes nothing`() throws {
    let state = try SandboxState()
    let organisation = try ImportSample.organisation()

    let first = try state.add(organisation, now: Self.now)
    let rows = try Self.dump(state)
    let second = try state.add(organisation, now: { 1_767_999_999 })

    let counts = [
      "systemuser": 5, "team": 4, "account": 2, "opportunity": 4, "lead": 2, "contact": 2,
    ]
    #expect(first == ImportSummary(added: counts, standing: [:]))
    #expect(second == ImportSummary(added: [:], standing: counts))
    #expect(try Self.dump(state) == rows)
  }

  @Test func `a row that was edited since stays as it is, and new ones are added`() throws {
    let state = try SandboxState()
    _ = try state.add(try ImportSample.organisation([.teams: ImportSample.teams]), now: Self.now)
    let agent = ImportedRow.id("systemuser", "Ada Quist")
    try DynamicsService(database: state.database, now: Self.now).seed {
      try $0.update(table: "systemuser", id: agent, values: ["title": .text("Director")])
    }

    let summary = try state.add(
      try ImportSample.organisation([
        .teams: ImportSample.teams, .accounts: ImportSample.accounts,
      ]), now: Self.now)

    let title = try state.database.read {
      try String.fetchOne(
        $0, sql: "SELECT title FROM dynamics_systemuser WHERE systemuserid = ?",
        arguments: [agent])
    }
    #expect(
      summary == ImportSummary(added: ["account": 2], standing: ["systemuser": 5, "team": 4]))
    #expect(title == "Director")
  }

  @Test func `closed opportunities hold their amounts to the cent`() throws {
    let state = try SandboxState()
    _ = try state.add(try ImportSample.organisation(), now: Self.now)

    let rows = try state.database.read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT name || ' ' || statecode || ' ' || statuscode || ' ' || stepname || ' '
            || IFNULL(actualvalue, '-') || ' ' || IFNULL(actualclosedate, '-') || ' '
            || IFNULL(new_engagedate, '-')
          FROM dynamics_opportunity ORDER BY name
          """)
    }
    #expect(
      rows == [
        "GTX Basic (1C1I7A6R) 1 3 Won 10545000 2017-03-01 2016-10-20",
        "GTXPro (EC4QE1BX) 0 1 Engaging - - 2016-10-25",
        "GTXPro (Z063OYW0) 2 4 Lost 0 2017-03-11 2016-10-25",
        "MV1LWRNH 0 1 Prospecting - - -",
      ])
  }

  @Test func `what the service refuses is told by file and line, and nothing is added`() throws {
    let state = try SandboxState()
    let rows = try Self.dump(state)
    let long = String(repeating: "x", count: 161)
    let accounts = ImportSample.accounts.replacing("Kestrel", with: long)
    let organisation = try ImportSample.organisation([
      .teams: ImportSample.teams, .accounts: accounts,
    ])

    let error = try #require(throws: ImportError.self) {
      try state.add(organisation, now: Self.now)
    }

    guard case .problems(let problems) = error else { return }
    #expect(problems.map(\.file) == [.accounts])
    #expect(problems.map(\.line) == [3])
    #expect(problems.first?.what.hasPrefix("refused by dynamics sandbox: 0x80044331: ") == true)
    #expect(try Self.dump(state) == rows)
  }
}
