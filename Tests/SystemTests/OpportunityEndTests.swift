import Store
import Sync
import Testing
import Transport

/// What becomes of opportunities and roles when who they point to goes, and when they go themselves.
@Suite struct OpportunityEndTests {
  typealias Street = SentenceStreet

  /// An opportunity with its customer and a decision maker.
  private static func with(
    configuring edit: @escaping @Sendable (String) -> String = { $0 },
    _ body: @escaping @Sendable (SentenceStreet) async throws -> Void
  ) async throws {
    try await Street.with(configuring: edit) { street in
      try await street.addOpportunity(
        Street.opportunity, ["customerid_account@odata.bind": Street.account(Street.account)])
      try await street.connect(Street.contact, as: .decisionMaker, id: MeetingCast.id(61))
      try await street.addOpportunity(
        Street.otherOpportunity,
        ["customerid_contact@odata.bind": Street.contact(Street.contact)])
      #expect(try await street.run().isInStep)
      try await body(street)
    }
  }

  @Test func `a contact that is deleted takes the roles along that Dynamics no longer has`()
    async throws
  {
    try await Self.with { street in
      let person = try await street.personID(of: Street.contact)
      #expect(try await street.roles() == ["\(person) Decision Maker"])

      // Dynamics deletes its connections, and the opportunities whose customer it is.
      try await street.rig.dynamics.delete("contacts", Street.contact)
      #expect(try await street.run().isInStep)

      #expect(try await street.roles() == [])
      #expect(try await street.person(of: Street.contact)?["dynamicsIsDeleted"] == true)
      // An opportunity that is gone stays in Marketo as it was.
      #expect(try await street.deal(Street.otherOpportunity)?["name"] == "Big one")
      #expect(try await street.roles(Street.otherOpportunity) == ["\(person) Customer"])
      #expect(try await street.run().counts.operationsPlanned == 0)
      #expect(try street.query("SELECT * FROM health") == [])
    }
  }

  @Test func `a person that is merged in Marketo hands its roles to the winner`() async throws {
    try await Self.with { street in
      let loser = try await street.personID(of: Street.contact)
      let winner = try #require(
        try await street.rig.marketo.create(["email": "other@acme.test", "lastName": "Cole"]))
      try await street.rig.marketo.merge(loser, into: winner)

      #expect(try await street.run().isInStep)

      #expect(try await street.personID(of: Street.contact) == winner)
      #expect(try await street.roles() == ["\(winner) Decision Maker"])
      #expect(try await street.roles(Street.otherOpportunity) == ["\(winner) Customer"])
      #expect(try await street.run().counts.operationsPlanned == 0)
      #expect(try street.query("SELECT * FROM health") == [])
    }
  }

  @Test func `an opportunity that is deleted is kept in Marketo, and the log says so`()
    async throws
  {
    try await Self.with { street in
      let person = try await street.personID(of: Street.contact)
      try await street.rig.dynamics.delete("opportunities", Street.opportunity)

      let report = try await street.run()

      #expect(report.isInStep)
      #expect(report.counts.operationsPlanned == 0)
      #expect(try await street.deal()?["name"] == "Big one")
      #expect(try await street.roles() == ["\(person) Decision Maker"])
      #expect(
        try street.query(
          "SELECT entity, rule FROM activity_log WHERE action = 'deleted' ORDER BY seq") == [
            ["opportunity", "gone in dynamics: kept in marketo"],
            ["opportunity_role", "its opportunity is gone in dynamics: kept in marketo"],
          ])
    }
  }

  @Test func `a propagated delete removes the roles, then the opportunity`() async throws {
    try await Self.with { text in
      text.replacing("  opportunity:\n", with: "  opportunity:\n    on_delete: propagate\n")
    } _: { street in
      try await street.rig.dynamics.delete("opportunities", Street.opportunity)

      #expect(try await street.run().isInStep)

      #expect(try await street.deal() == nil)
      #expect(try await street.roles() == [])
      #expect(try await street.deal(Street.otherOpportunity)?["name"] == "Big one")
      #expect(
        try street.query(
          "SELECT entity, rule FROM activity_log WHERE action = 'deleted' ORDER BY seq") == [
            ["opportunity_role", "no longer derived"], ["opportunity", "gone in dynamics"],
          ])
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }

  @Test func `propagated deletes over the limit stop before the first write`() async throws {
    try await Self.with { text in
      text.replacing("  opportunity:\n", with: "  opportunity:\n    on_delete: propagate\n")
        .replacing("deletes: 100", with: "deletes: 1")
    } _: { street in
      let person = try await street.personID(of: Street.contact)
      for id in [Street.opportunity, Street.otherOpportunity] {
        try await street.rig.dynamics.delete("opportunities", id)
      }

      var digest = ""
      do {
        try await street.run()
      } catch let error as RunError {
        if case .overLimit(let named) = error.kind { digest = named }
      }

      #expect(try await street.roles() == ["\(person) Decision Maker"])
      #expect(try await street.run(RunOptions(allowedMass: digest)).isInStep)
      #expect(try await street.deal() == nil)
      #expect(try await street.deal(Street.otherOpportunity) == nil)
    }
  }
}
