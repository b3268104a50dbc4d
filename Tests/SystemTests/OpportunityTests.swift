import Store
import Testing
import Transport

@testable import dynsync_cli

/// What becomes of opportunities and of who has a part in them.
@Suite struct OpportunityTests {
  typealias Street = SentenceStreet

  @Test func `an opportunity's company is its account, its contact's account, or none`()
    async throws
  {
    let (ofNobody, ofLoneContact, lone) = (
      MeetingCast.id(43), MeetingCast.id(44), MeetingCast.id(32)
    )
    try await Street.with { street in
      try await street.addContact(lone, email: "dahl@acme.test")
      try await street.addOpportunity(
        Street.opportunity,
        ["customerid_account@odata.bind": Street.account(Street.otherAccount)])
      try await street.addOpportunity(
        Street.otherOpportunity,
        ["customerid_contact@odata.bind": Street.contact(Street.contact)])
      try await street.addOpportunity(ofNobody)
      try await street.addOpportunity(
        ofLoneContact, ["customerid_contact@odata.bind": Street.contact(lone)])

      #expect(try await street.run().isInStep)

      let deals = [Street.opportunity, Street.otherOpportunity, ofNobody, ofLoneContact]
      var companies: [String?] = []
      var roles: [[String]] = []
      for id in deals {
        companies.append(try await street.deal(id)?["externalCompanyId"]?.string)
        roles.append(try await street.roles(id))
      }
      #expect(companies == [Street.otherAccount, Street.account, nil, nil])
      #expect(
        roles == [
          [], ["\(try await street.personID(of: Street.contact)) Customer"], [],
          ["\(try await street.personID(of: lone)) Customer"],
        ])
      #expect(
        try street.query(
          """
          SELECT dynamics_id, field, rule FROM activity_log
          WHERE entity = 'opportunity' AND action = 'skipped' ORDER BY dynamics_id
          """) == [
            [ofNobody, Street.companyPair, "no account: it has no customer"],
            [
              ofLoneContact, Street.companyPair,
              "no account: its customer, contact \(lone), has none",
            ],
          ])
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }

  @Test(arguments: [true, false])
  func `a closed opportunity says how it ended, and for how much`(isWon: Bool) async throws {
    try await Street.with { street in
      try await street.addOpportunity(
        Street.opportunity,
        [
          "customerid_account@odata.bind": Street.account(Street.account), "estimatedvalue": 1000,
          "stepname": "Propose",
        ])
      try await street.run()
      let open = try await street.deal()
      #expect([open?["isClosed"], open?["isWon"]] == [false, false])
      #expect(cell(open?["amount"]) == "1000.00")

      try await street.close(won: isWon, revenue: 1250)
      #expect(try await street.run().isInStep)

      let closed = try await street.deal()
      #expect([closed?["isClosed"], closed?["isWon"]] == [true, .boolean(isWon)])
      #expect(cell(closed?["amount"]) == "1250.00")
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }

  @Test func `a team owns what it owns in Marketo too`() async throws {
    try await Street.with { street in
      try await street.addTeam()
      try await street.addOpportunity(
        Street.opportunity,
        ["ownerid@odata.bind": .string("/teams(\(Street.team))")])
      #expect(try await street.run().isInStep)
      #expect(try await street.deal()?["externalSalesPersonId"]?.string == Street.team)

      try await street.edit("opportunities", Street.opportunity, ["ownerid": Street.owner])
      #expect(try await street.run().isInStep)
      #expect(try await street.deal()?["externalSalesPersonId"]?.string == Street.user)
      #expect(
        try street.query(
          """
          SELECT message FROM activity_log
          WHERE dynamics_id = '\(Street.opportunity)' AND field LIKE '%externalSalesPersonId'
          """) == [["owner user \(Street.user) ↔ Marketo \(Street.user)"]])
    }
  }

  @Test func `a stakeholder becomes a role, and its removal removes the role`() async throws {
    let (first, second) = (MeetingCast.id(61), MeetingCast.id(62))
    try await Street.with { street in
      try await street.addOpportunity(
        Street.opportunity, ["customerid_contact@odata.bind": Street.contact(Street.contact)])
      try await street.connect(Street.contact, as: .decisionMaker, id: first)
      try await street.connect(Street.contact, as: nil, id: second)
      #expect(try await street.run().isInStep)
      let person = try await street.personID(of: Street.contact)
      #expect(
        try await street.roles() == [
          "\(person) Customer", "\(person) Decision Maker", "\(person) Stakeholder",
        ])

      try await street.rig.dynamics.delete("connections", first)
      try await street.rig.dynamics.update(
        "connections", second,
        ["record2roleid@odata.bind": .string("/connectionroles(\(Street.Part.champion.rawValue))")])
      #expect(try await street.run().isInStep)

      #expect(try await street.roles() == ["\(person) Champion", "\(person) Customer"])
      #expect(try await street.run().counts.operationsPlanned == 0)
      #expect(
        try street.query(
          """
          SELECT action, rule FROM activity_log
          WHERE entity = 'opportunity_role' AND action = 'deleted'
          """) == [["deleted", "no longer derived"], ["deleted", "no longer derived"]])
    }
  }

  @Test func `a contact that changes account moves its opportunities' company, and why tells`()
    async throws
  {
    try await Street.with { street in
      try await street.addOpportunity(
        Street.opportunity, ["customerid_contact@odata.bind": Street.contact(Street.contact)])
      try await street.addOpportunity(
        Street.otherOpportunity,
        ["customerid_account@odata.bind": Street.account(Street.account)])
      let first = try await street.run()
      try await street.edit(
        "contacts", Street.contact,
        ["parentcustomerid_account": Street.account(Street.otherAccount)])

      #expect(try await street.run().isInStep)

      #expect(try await street.deal()?["externalCompanyId"]?.string == Street.otherAccount)
      #expect(
        try await street.deal(Street.otherOpportunity)?["externalCompanyId"]?.string
          == Street.account)
      #expect(
        try street.operations(since: first.run) == [
          ["contact", Street.contact, "update"], ["opportunity", Street.opportunity, "update"],
        ])
      let person = try await street.personID(of: Street.contact)
      #expect(
        try street.explanation(of: Street.opportunity, Street.companyPair) == [
          "_account ↔ externalCompanyId: created",
          "  Dynamics  '\(Street.account)', no base before",
          "  note      customer contact \(Street.contact) → account \(Street.account)"
            + " ↔ Marketo \(Street.account)",
          "_account ↔ externalCompanyId: updated",
          "  Dynamics  '\(Street.account)' → '\(Street.otherAccount)'",
          "  note      customer contact \(Street.contact) → account \(Street.otherAccount)"
            + " ↔ Marketo \(Street.otherAccount)",
          "now  _account ↔ externalCompanyId: derived",
          "  customer  contact \(Street.contact) ↔ Marketo \(person)",
          "  account   account \(Street.otherAccount) ↔ Marketo \(Street.otherAccount)",
          "  gives     '\(Street.otherAccount)'",
        ])
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }

  @Test func `a user that arrives late wakes what waits for it, and nothing else`() async throws {
    try await Street.with { street in
      // Two values that Marketo refuses alike: it cannot be told which of them is to blame.
      let name = JSON.string(String(repeating: "n", count: 256))
      try await street.edit("systemusers", Street.otherUser, ["firstname": name, "lastname": name])
      try await street.addOpportunity(
        Street.opportunity,
        ["ownerid@odata.bind": .string("/systemusers(\(Street.otherUser))")])
      try await street.addOpportunity(
        Street.otherOpportunity, ["ownerid@odata.bind": Street.owner])
      let first = try await street.run()
      #expect(
        try street.query("SELECT entity, dynamics_id, reason FROM backlog") == [
          ["opportunity", Street.opportunity, "waiting for user \(Street.otherUser) (owner)"]
        ])
      #expect(cell(try await street.deal()?["externalSalesPersonId"]) == nil)

      try await street.edit(
        "systemusers", Street.otherUser, ["firstname": "Eva", "lastname": "Lund"])
      #expect(try await street.run().isInStep)

      #expect(try await street.deal()?["externalSalesPersonId"]?.string == Street.otherUser)
      #expect(
        try street.operations(since: first.run) == [
          ["opportunity", Street.opportunity, "update"], ["user", Street.otherUser, "create"],
        ])
    }
  }
}

extension SentenceStreet {
  /// What `why` prints of a field, without times, links' histories, reasons and writes.
  fileprivate func explanation(of id: String, _ field: String) throws -> [String] {
    let reader = try Reader(path: rig.databasePath)
    let match = try #require(try reader.matches(id).first)
    let text = RecordText.explanation(
      of: match, field: field,
      by: try reader.log(LogFilter(record: match, field: field), limit: 100),
      from: try reader.origins(of: match, field: field))
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      if words.count > 4, words[2] == "run" { return words.dropFirst(5).joined(separator: " ") }
      if ["Marketo", "changed", "because", "winner", "written"].contains(where: {
        line.hasPrefix("  \($0)")
      }) {
        return nil
      }
      return line.split(separator: " (active").first.map(String.init)
    }
  }
}
