import Testing
import Transport

/// Two records that become one, on either side, each linked or not.
@Suite struct LifecycleMergeTests {
  typealias Street = SentenceStreet

  /// The street with one linked record of the kind; what `unlinked` does comes after that.
  private static func with(
    _ kind: Street.Kind, _ body: @escaping @Sendable (SentenceStreet, Int64) async throws -> Void
  ) async throws {
    try await Street.with { street in
      #expect(try await street.run().isInStep)
      try await body(street, try await street.personID(of: kind.id))
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `merged in Dynamics, a linked record's person goes on as the one that had none`(
    _ kind: Street.Kind
  ) async throws {
    try await Self.with(kind) { street, person in
      try await street.rig.marketo.update(person, ["phone": "555"])
      try await street.add(kind, kind.otherID, "Dahl")
      try await street.rig.dynamics.merge(kind.rawValue, kind.id, into: kind.otherID)

      #expect(try await street.run().isInStep)

      #expect(try street.links().contains([kind.rawValue, kind.id, "merged", kind.otherID]))
      let now = try #require(try await street.person(person))
      #expect(now["dynamicsId"] == .string(kind.otherID))
      #expect(now["lastName"] == "Dahl")
      // What was typed in Marketo meanwhile belongs to whom the person stands for by now.
      #expect(try await street.row(kind.set, kind.otherID)?["telephone1"] == "555")
      #expect(try await street.personNames().count == 2)
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `merged in Dynamics, a record that was never linked gets no person`(_ kind: Street.Kind)
    async throws
  {
    try await Self.with(kind) { street, person in
      try await street.add(kind, kind.otherID, "Dahl")
      try await street.rig.dynamics.merge(kind.rawValue, kind.otherID, into: kind.id)

      #expect(try await street.run().isInStep)

      #expect(try await street.person(person)?["dynamicsId"] == .string(kind.id))
      #expect(try await street.person(of: kind.otherID) == nil)
      #expect(try await street.personNames() == ["Cole", "Lind"])
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `merged in Dynamics, two linked records are listed until their persons are one`(
    _ kind: Street.Kind
  ) async throws {
    try await Self.with(kind) { street, person in
      try await street.add(kind, kind.otherID, "Dahl")
      #expect(try await street.run().isInStep)
      let other = try await street.personID(of: kind.otherID)

      try await street.rig.dynamics.merge(kind.rawValue, kind.otherID, into: kind.id)
      #expect(try await street.run().errors == 1)
      #expect(
        try street.query("SELECT entity, dynamics_id, kind, candidates FROM errors") == [
          [
            kind.rawValue, kind.otherID, "manual",
            [person, other].sorted().map { "marketo \($0)" }.joined(separator: ", "),
          ]
        ])
      #expect(try street.links().contains([kind.rawValue, kind.otherID, "merged", kind.id]))

      try await street.rig.marketo.merge(other, into: person)
      #expect(try await street.run().isInStep)
      #expect(try await street.person(person)?["dynamicsId"] == .string(kind.id))
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `merged in Dynamics before either was read, they get one person`(_ kind: Street.Kind)
    async throws
  {
    try await Self.with(kind) { street, _ in
      let third = MeetingCast.id(39)
      try await street.add(kind, kind.otherID, "Dahl")
      try await street.add(kind, third, "Berg")
      try await street.rig.dynamics.merge(kind.rawValue, third, into: kind.otherID)

      #expect(try await street.run().isInStep)

      #expect(try await street.personNames() == ["Cole", "Dahl", "Lind"])
      #expect(try await street.person(of: third) == nil)
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `merged in Marketo, a linked loser's link moves to the winner`(_ kind: Street.Kind)
    async throws
  {
    try await Self.with(kind) { street, person in
      let winner = try #require(
        try await street.rig.marketo.create(["email": "other@acme.test", "title": "Winner"]))
      try await street.rig.marketo.merge(person, into: winner)

      #expect(try await street.run().isInStep)

      #expect(try await street.person(winner)?["dynamicsId"] == .string(kind.id))
      #expect(try await street.row(kind.set, kind.id)?["jobtitle"] == "Winner")
      #expect(try await street.personNames().count == 2)
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `merged in Marketo, a linked winner keeps its link and takes what it lacked`(
    _ kind: Street.Kind
  ) async throws {
    try await Self.with(kind) { street, person in
      let loser = try #require(
        try await street.rig.marketo.create([
          "email": "other@acme.test", "title": "Loser", "phone": "555",
        ]))
      try await street.rig.marketo.merge(loser, into: person)

      #expect(try await street.run().isInStep)

      #expect(try await street.person(person)?["dynamicsId"] == .string(kind.id))
      let row = try #require(try await street.row(kind.set, kind.id))
      #expect(row["jobtitle"] == "Buyer")
      #expect(row["telephone1"] == "555")
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `merged in Marketo, of two linked persons the loser's link ends and nothing comes back`(
    _ kind: Street.Kind
  ) async throws {
    try await Self.with(kind) { street, person in
      try await street.add(kind, kind.otherID, "Dahl")
      #expect(try await street.run().isInStep)
      let other = try await street.personID(of: kind.otherID)
      try await street.rig.marketo.merge(other, into: person)

      try await street.run()

      #expect(try street.links().contains([kind.rawValue, kind.otherID, "merged", kind.id]))
      #expect(try await street.personNames() == ["Cole", "Lind"])
      #expect(try await street.person(person)?["dynamicsId"] == .string(kind.id))
      // An edit of the loser's row resurrects nobody; an edit of the winner's goes on.
      try await street.edit(kind.set, kind.otherID, ["jobtitle": "Ghost"])
      try await street.edit(kind.set, kind.id, ["jobtitle": "Chief"])
      try await street.run()
      #expect(try await street.personNames() == ["Cole", "Lind"])
      #expect(try await street.person(person)?["title"] == "Chief")

      try await street.rig.dynamics.merge(kind.rawValue, kind.otherID, into: kind.id)
      #expect(try await street.run().isInStep)
      #expect(try await street.person(person)?["title"] == "Chief")
      try await street.expectInStep()
    }
  }

  @Test func `merged in Marketo, two persons of Marketo alone stay so`() async throws {
    try await Self.with(.lead) { street, _ in
      let one = try #require(
        try await street.rig.marketo.create(["email": "one@acme.test", "lastName": "Berg"]))
      let two = try #require(
        try await street.rig.marketo.create(["email": "two@acme.test", "lastName": "Dahl"]))
      try await street.rig.marketo.merge(two, into: one)

      try await street.expectInStep()

      #expect(try await street.personNames() == ["Berg", "Cole", "Lind"])
      #expect(try await street.rig.dynamics.all("leads").count == 1)
    }
  }
}
