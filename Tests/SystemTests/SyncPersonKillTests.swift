import Testing
import Transport

/// A person who asked to become a Dynamics record becomes one, whenever the program dies.
@Suite(.serialized) struct SyncPersonKillTests {
  typealias Street = SyncPersonStreet
  typealias Moment = KillableRun.Moment

  /// When the program is killed, time after time, and whether the database is gone afterwards.
  struct Kill {
    var moments: [Moment]
    var losesDatabase = false

    /// Whether the record stands by then.
    var isLate: Bool { ["made", "tell", "recover"].contains(moments.last?.phase) }
  }

  private static let person = "/rest/v1/leads.json"
  /// The first batch is of metadata: read, or confirmed where a run before has kept it.
  private static let created = Moment("made", .request("POST", "/$batch", .done, count: 2))
  private static let told = Moment("tell", .request("POST", person, .done, count: 1))

  /// The create and what Marketo is told of it, each before and after its call.
  private static let writing: [Moment] = [
    .init("push", .request("POST", "/$batch", .arrived, count: 2)), created,
    .init("tell", .request("POST", person, .arrived, count: 1)), told,
    .init("tell", .readBack(person, .arrived)), .init("tell", .readBack(person, .done)),
  ]

  /// While the next start looks what became of the create, and of what Marketo was told.
  private static let recovering: [Kill] = [
    Kill(moments: [created, .init("recover", .request("GET", "/leads?", .arrived, count: 1))]),
    Kill(moments: [created, .init("recover", .request("GET", "/leads?", .done, count: 1))]),
    Kill(moments: [
      told, .init("recover", .request("POST", person + "?_method=GET", .done, count: 1)),
    ]),
  ]

  private static func kills(reading: [Moment]) -> [Kill] {
    (reading + writing).map { Kill(moments: [$0]) } + recovering
      + writing.map { Kill(moments: [$0], losesDatabase: true) }
  }

  private static let byCommand = kills(reading: [
    .init("identity", .request("POST", "/oauth2/", .arrived, count: 1)),
    .init("identity", .request("GET", "/WhoAmI", .done, count: 1)),
    .init("metadata", .request("POST", "/$batch", .done, count: 1)),
    .init("pull", .request("POST", person + "?_method=GET", .arrived, count: 1)),
    .init("pull", .request("POST", person + "?_method=GET", .done, count: 1)),
    .init("pull", .request("GET", "/contacts?", .arrived, count: 1)),
    .init("pull", .request("GET", "/leads?", .done, count: 1)),
  ])

  private static let byField = kills(reading: [
    .init("metadata", .request("POST", "/$batch", .done, count: 1)),
    .init("pull", .request("GET", "/activities/pagingtoken", .done, count: 1)),
    .init("pull", .request("GET", "/activities.json", .arrived, count: 1)),
    .init("pull", .request("GET", "/activities.json", .done, count: 1)),
    .init("pull", .request("POST", person + "?_method=GET", .arrived, count: 1)),
    .init("pull", .request("POST", person + "?_method=GET", .done, count: 1)),
  ])

  @Test func `a person asked for by command is created once, killed at twenty moments`()
    async throws
  {
    try await Street.with { street in
      var made: [(Int64, String)] = []
      for (number, kill) in Self.byCommand.enumerated() {
        let name = "Command\(number)"
        let person = try await street.person(name, hasEmail: number.isMultiple(of: 2))
        made.append((person, name))
        let arguments = ["sync-person", String(person), "--as", "lead"]
        try await street.kill(arguments, kill, of: name)
        let end = try await street.repeated(arguments)
        #expect(end.status == 0, "\(kill) \(end.output)")
        #expect(end.results.hasPrefix("person \(person): "), "\(kill) \(end.output)")
        let id = try await street.onlyRecord(name)
        #expect(end.results.contains(id), "\(kill) \(end.output)")
      }
      #expect(made.count >= 20)
      try await street.expectAllOnce(made)
    }
  }

  @Test func `a person asked for by field is created once, killed at twenty moments`()
    async throws
  {
    try await Street.with { street in
      var made: [(Int64, String)] = []
      for (number, kill) in Self.byField.enumerated() {
        let name = "Field\(number)"
        let person = try await street.person(name, hasEmail: number.isMultiple(of: 2))
        made.append((person, name))
        try await street.edit(person, ["dynamicsSyncAs": "lead"])
        try await street.kill(["run"], kill, of: name)
        let end = try await street.repeated(["run"])
        #expect(end.status == 0, "\(kill) \(end.output)")
        try await street.expectLinked(person, name, "\(kill)")
      }
      #expect(made.count >= 20)
      try await street.expectAllOnce(made)
    }
  }
}

extension SyncPersonStreet {
  /// Starts the program for each of the moments, at which it is to die.
  fileprivate func kill(
    _ arguments: [String], _ kill: SyncPersonKillTests.Kill, of name: String
  ) async throws {
    for moment in kill.moments {
      let end = try await program.run(arguments, in: rig.folder, until: moment)
      #expect(end.wasKilled, "\(moment) \(end.output)")
    }
    #expect(try await dynamics(name).count == (kill.isLate ? 1 : 0), "\(kill)")
    if kill.losesDatabase { try loseDatabase() }
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
    #expect(try await repeated(["run"]).status == 0)
    for (person, name) in made { try await expectLinked(person, name) }
    #expect(try await rig.marketo.persons(fields: ["lastName"]).count == made.count)
    #expect(try await rig.dynamics.all("leads").count == made.count)
    #expect(try await rig.dynamics.all("contacts").isEmpty)
    try await expectInStep()
  }
}
