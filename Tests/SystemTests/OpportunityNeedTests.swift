import Store
import Testing
import Transport

@testable import dynsync_cli

/// What opportunities and roles wait for, and what is settled around them meanwhile.
@Suite struct OpportunityNeedTests {
  typealias Street = SentenceStreet

  @Test func `a role waits for a person that two could be, and comes once one of them is`()
    async throws
  {
    let contact = MeetingCast.id(33)
    try await Street.with { street in
      for _ in 1...2 {
        try await street.rig.marketo.create(["email": "twin@acme.test", "lastName": "Twin"])
      }
      try await street.addContact(contact, email: "twin@acme.test")
      try await street.addOpportunity(
        Street.opportunity, ["customerid_contact@odata.bind": Street.contact(contact)])

      #expect(try await street.run().isInStep == false)
      #expect(try await street.deal()?["name"] == "Big one")
      let role = "\(Street.opportunity)/contact/\(contact)/Customer"
      #expect(
        try street.query(
          "SELECT dynamics_id, reason FROM backlog WHERE entity = 'opportunity_role'") == [
            [role, "waiting for contact \(contact) (person)"]
          ])
      let reader = try Reader(path: street.rig.databasePath)
      let match = try #require(try reader.matches(role).first)
      #expect(
        RecordText.origins(try reader.origins(of: match, field: "leadId")) == [
          """
          now  _person ↔ leadId: derived
            person    contact \(contact), not linked
            waits     for the contact to be linked
          """
        ])

      let candidates = try street.query(
        "SELECT record_id FROM sync_error_candidate ORDER BY record_id"
      ).compactMap { $0[0].flatMap(Int64.init) }
      try await street.rig.marketo.merge(candidates[1], into: candidates[0])
      #expect(try await street.run().isInStep)

      #expect(try await street.roles() == ["\(candidates[0]) Customer"])
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }

  @Test func `an account that arrives late wakes the contacts and opportunities that wait for it`()
    async throws
  {
    let account = MeetingCast.id(13)
    try await Street.with { text in
      // Two values that Marketo refuses alike: it cannot be told which of them is to blame.
      text.replacing("{dynamics: sic, ", with: "{dynamics: description, ")
        .replacing("{dynamics: industrycode, ", with: "{dynamics: description, ")
    } _: { street in
      try await street.rig.dynamics.create(
        "accounts",
        [
          "accountid": .string(account), "name": "Gamma",
          "description": .string(String(repeating: "d", count: 300)),
        ])
      try await street.edit(
        "contacts", Street.contact, ["parentcustomerid_account": Street.account(account)])
      try await street.addOpportunity(
        Street.opportunity, ["customerid_contact@odata.bind": Street.contact(Street.contact)])
      try await street.addOpportunity(
        Street.otherOpportunity,
        ["customerid_account@odata.bind": Street.account(Street.account)])
      let first = try await street.run()
      #expect(first.errors == 1)
      #expect(
        try street.query("SELECT entity, reason FROM backlog ORDER BY entity") == [
          ["contact", "waiting for account \(account) (account)"],
          ["opportunity", "waiting for account \(account) (account)"],
        ])
      #expect(try await street.deal()?["name"] == "Big one")
      let person = try await street.personID(of: Street.contact)
      #expect(try await street.roles() == ["\(person) Customer"])

      try await street.edit("accounts", account, ["description": "Fair"])
      #expect(try await street.run().isInStep)

      #expect(try await street.deal()?["externalCompanyId"]?.string == account)
      #expect(
        try street.operations(since: first.run) == [
          ["account", account, "create"], ["contact", Street.contact, "update"],
          ["opportunity", Street.opportunity, "update"],
        ])
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }
}
