import Testing
import Transport

/// A record that goes on one side, and what people do on the other one meanwhile.
@Suite struct LifecycleDeleteTests {
  typealias Street = SentenceStreet

  private static func with(
    _ kind: Street.Kind, _ body: @escaping @Sendable (SentenceStreet, Int64) async throws -> Void
  ) async throws {
    try await Street.with { street in
      #expect(try await street.run().isInStep)
      try await body(street, try await street.personID(of: kind.id))
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `a record deleted in Dynamics leaves its person, which says so`(_ kind: Street.Kind)
    async throws
  {
    try await Self.with(kind) { street, person in
      try await street.rig.dynamics.delete(kind.set, kind.id)

      #expect(try await street.run().isInStep)

      #expect(try await street.person(person)?["dynamicsIsDeleted"] == true)
      #expect(try await street.personNames() == ["Cole", "Lind"])
      #expect(try street.links().contains([kind.rawValue, kind.id, "deleted", nil]))
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `an edit in Marketo of what is deleted in Dynamics creates nothing`(_ kind: Street.Kind)
    async throws
  {
    try await Self.with(kind) { street, person in
      // One edit in the same run as the delete, and one after it.
      try await street.rig.marketo.update(person, ["title": "Chief"])
      try await street.rig.dynamics.delete(kind.set, kind.id)
      #expect(try await street.run().isInStep)
      try await street.rig.marketo.update(person, ["phone": "555"])
      #expect(try await street.run().isInStep)

      #expect(try await street.rig.dynamics.all(kind.set).isEmpty)
      let now = try #require(try await street.person(person))
      #expect([now["title"], now["phone"]] == ["Chief", "555"])
      #expect(now["dynamicsIsDeleted"] == true)
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `a record that is made again in Dynamics under its id takes its person back`(
    _ kind: Street.Kind
  ) async throws {
    try await Self.with(kind) { street, person in
      try await street.rig.dynamics.delete(kind.set, kind.id)
      #expect(try await street.run().isInStep)
      try await street.rig.marketo.update(person, ["phone": "555"])

      try await street.add(kind, kind.id, kind == .lead ? "Lind" : "Cole", ["jobtitle": "Back"])
      #expect(try await street.run().isInStep)

      let now = try #require(try await street.person(person))
      #expect(now["dynamicsId"] == .string(kind.id))
      #expect(now["dynamicsIsDeleted"] == false)
      #expect(try await street.row(kind.set, kind.id)?["telephone1"] == "555")
      #expect(try await street.personNames() == ["Cole", "Lind"])
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `a person deleted in Marketo comes back with an edit of a selected field alone`(
    _ kind: Street.Kind
  ) async throws {
    try await Self.with(kind) { street, person in
      try await street.rig.marketo.delete(person)
      #expect(try await street.run().isInStep)
      #expect(try await street.person(of: kind.id) == nil)

      try await street.edit(kind.set, kind.id, ["pager": "5"])
      #expect(try await street.run().isInStep)
      #expect(try await street.person(of: kind.id) == nil)

      try await street.edit(kind.set, kind.id, ["jobtitle": "Chief"])
      #expect(try await street.run().isInStep)
      let new = try #require(try await street.person(of: kind.id))
      #expect(new["title"] == "Chief")
      #expect(new["id"]?.integer != person)
      #expect(try await street.personNames() == ["Cole", "Lind"])
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `an edit in Dynamics beside the delete in Marketo makes a new person`(_ kind: Street.Kind)
    async throws
  {
    try await Self.with(kind) { street, person in
      try await street.edit(kind.set, kind.id, ["jobtitle": "Chief"])
      try await street.rig.marketo.delete(person)

      #expect(try await street.run().isInStep)

      #expect(try await street.person(of: kind.id)?["title"] == "Chief")
      #expect(try await street.personNames() == ["Cole", "Lind"])
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `a person that is made again in Marketo is taken by its address`(_ kind: Street.Kind)
    async throws
  {
    try await Self.with(kind) { street, person in
      try await street.rig.marketo.delete(person)
      #expect(try await street.run().isInStep)
      let name = kind == .lead ? "Lind" : "Cole"
      let again = try #require(
        try await street.rig.marketo.create([
          "email": .string("\(name.lowercased())@acme.test"), "lastName": .string(name),
          "phone": "555",
        ]))
      try await street.edit(kind.set, kind.id, ["jobtitle": "Chief"])

      #expect(try await street.run().isInStep)

      #expect(try await street.person(again)?["dynamicsId"] == .string(kind.id))
      #expect(try await street.person(again)?["title"] == "Chief")
      #expect(try await street.row(kind.set, kind.id)?["telephone1"] == "555")
      #expect(try await street.personNames() == ["Cole", "Lind"])
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `a person made again in Marketo with a wish is the record that lost its person`(
    _ kind: Street.Kind
  ) async throws {
    try await Self.with(kind) { street, person in
      try await street.rig.marketo.delete(person)
      #expect(try await street.run().isInStep)
      let name = kind == .lead ? "Lind" : "Cole"
      let again = try #require(
        try await street.rig.marketo.create([
          "email": .string("\(name.lowercased())@acme.test"), "lastName": .string(name),
          "dynamicsSyncAs": .string(kind.rawValue),
        ]))

      #expect(try await street.run().isInStep)

      let now = try #require(try await street.person(again))
      #expect(now["dynamicsId"] == .string(kind.id))
      #expect(now["title"] == "Buyer")
      #expect(try await street.rig.dynamics.all(kind.set).count == 1)
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `a record deleted on both sides is gone`(_ kind: Street.Kind) async throws {
    try await Self.with(kind) { street, person in
      try await street.rig.marketo.delete(person)
      try await street.rig.dynamics.delete(kind.set, kind.id)

      #expect(try await street.run().isInStep)

      #expect(try await street.personNames().count == 1)
      try await street.expectInStep()
    }
  }
}
