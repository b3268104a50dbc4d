import Testing
import Transport

/// A person who asked to become a Dynamics record becomes one, whenever the program dies.
@Suite(.serialized) struct SyncPersonKillTests {
  typealias Street = SyncPersonStreet
  typealias Moment = KillableRun.Moment

  /// When a process is killed, and whether the database is gone when it is started again.
  struct Kill {
    var moment: Moment
    var losesDatabase: Bool

    init(_ moment: Moment, losesDatabase: Bool = false) {
      self.moment = moment
      self.losesDatabase = losesDatabase
    }
  }

  private static let person = "/rest/v1/leads.json"

  /// The create and what Marketo is told of it, each before and after its call.
  private static let writing: [Moment] = [
    .init("push", .request("POST", "/$batch", .arrived, count: 1)),
    .init("push", .request("POST", "/$batch", .done, count: 1)),

    .init("tell", .request("POST", person, .arrived, count: 1)),
    .init("tell", .request("POST", person, .done, count: 1)),
    .init("tell", .readBack(person, .arrived)),
    .init("tell", .readBack(person, .done)),
  ]

  private static let byCommand: [Kill] =
    [
      Moment("identity", .request("POST", "/oauth2/", .arrived, count: 1)),
      Moment("identity", .request("GET", "/WhoAmI", .done, count: 1)),
      Moment("metadata", .request("GET", "/EntityDefinitions", .done, count: 1)),
      Moment("pull", .request("POST", person + "?_method=GET", .arrived, count: 1)),
      Moment("pull", .request("POST", person + "?_method=GET", .done, count: 1)),
      Moment("pull", .request("GET", "/contacts?", .arrived, count: 1)),
      Moment("pull", .request("GET", "/leads?", .done, count: 1)),
    ].map { Kill($0) } + writing.map { Kill($0) }
    + writing.map { Kill($0, losesDatabase: true) }

  private static let byField: [Kill] =
    [
      Moment("metadata", .request("GET", "/EntityDefinitions", .done, count: 1)),
      Moment("pull", .request("GET", "/activities/pagingtoken", .done, count: 1)),
      Moment("pull", .request("GET", "/activities.json", .arrived, count: 1)),
      Moment("pull", .request("GET", "/activities.json", .done, count: 1)),
      Moment("pull", .request("POST", person + "?_method=GET", .arrived, count: 1)),
      Moment("pull", .request("POST", person + "?_method=GET", .done, count: 1)),
    ].map { Kill($0) } + writing.map { Kill($0) }
    + writing.map { Kill($0, losesDatabase: true) }

  @Test func `a person asked for by command is created once, killed at twenty moments`()
    async throws
  {
    try await Street.with { street in
      var made: [(Int64, String)] = []
      var kills = 0
      for (number, kill) in Self.byCommand.enumerated() {
        let name = "Command\(number)"
        let person = try await street.person(name, hasEmail: number.isMultiple(of: 2))
        made.append((person, name))
        let arguments = ["sync-person", String(person), "--as", "lead"]
        kills += try await street.kill(arguments, kill)
        let end = try await street.repeated(arguments)
        #expect(end.status == 0, "\(kill.moment) \(end.output)")
        try await street.expectLinked(person, name, "\(kill.moment)")
      }
      #expect(kills >= 20)
      try await street.expectAllOnce(made)
    }
  }

  @Test func `a person asked for by field is created once, killed at twenty moments`()
    async throws
  {
    try await Street.with { street in
      var made: [(Int64, String)] = []
      var kills = 0
      for (number, kill) in Self.byField.enumerated() {
        let name = "Field\(number)"
        let person = try await street.person(name, hasEmail: number.isMultiple(of: 2))
        made.append((person, name))
        try await street.edit(person, ["dynamicsSyncAs": "lead"])
        kills += try await street.kill(["run"], kill)
        let end = try await street.repeated(["run"])
        #expect(end.status == 0, "\(kill.moment) \(end.output)")
        try await street.expectLinked(person, name, "\(kill.moment)")
      }
      #expect(kills >= 20)
      try await street.expectAllOnce(made)
    }
  }
}

extension SyncPersonStreet {
  /// Starts the program, which is to die at the moment, and tells how often it did.
  fileprivate func kill(
    _ arguments: [String], _ kill: SyncPersonKillTests.Kill
  ) async throws -> Int {
    let end = try await program.run(arguments, in: rig.folder, until: kill.moment)
    print("\(end.wasKilled ? "killed in" : "ended before") \(kill.moment) \(end.output)")
    if kill.losesDatabase { try loseDatabase() }
    return end.wasKilled ? 1 : 0
  }

  /// Starts the program until it has nothing to wait for: a write in doubt may be waited for.
  fileprivate func repeated(_ arguments: [String]) async throws -> KillableRun.Ending {
    var end = try await program.run(arguments, in: rig.folder, until: nil)
    for _ in 0..<40 where end.status == 2 {
      end = try await program.run(arguments, in: rig.folder, until: nil)
    }
    return end
  }

  /// Each person has one record, no other was made on either side, and all is in step.
  fileprivate func expectAllOnce(_ made: [(Int64, String)]) async throws {
    for (person, name) in made { try await expectLinked(person, name) }
    #expect(try await rig.marketo.persons(fields: ["lastName"]).count == made.count)
    #expect(try await rig.dynamics.all("leads").count == made.count)
    #expect(try await rig.dynamics.all("contacts").isEmpty)
    try await expectInStep()
  }
}
