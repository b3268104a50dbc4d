import Testing
import Transport

/// Runs of one record, and of one entity, with the real program.
@Suite struct SyncPersonScopeTests {
  typealias Street = SyncPersonStreet
  private static let user = MeetingCast.id(3)
  private static let account = MeetingCast.id(61)
  private static let contact = MeetingCast.id(62)
  private static let otherContact = MeetingCast.id(63)
  private static let opportunity = MeetingCast.id(64)

  /// A user, an account, its two contacts, and an opportunity; nobody has read them.
  private static func fill(_ street: Street) async throws {
    let dynamics = street.rig.dynamics
    let owner = JSON.string("/systemusers(\(user))")
    try await dynamics.create(
      "systemusers",
      [
        "systemuserid": .string(user), "lastname": "ada", "domainname": "ada@acme.test",
        "internalemailaddress": "ada@acme.test",
      ])
    try await dynamics.create(
      "accounts", ["accountid": .string(account), "name": "Acme", "ownerid@odata.bind": owner])
    for (id, name) in [(contact, "Cole"), (otherContact, "Dunn")] {
      try await dynamics.create(
        "contacts",
        [
          "contactid": .string(id), "lastname": .string(name), "ownerid@odata.bind": owner,
          "emailaddress1": .string("\(name.lowercased())@acme.test"),
          "parentcustomerid_account@odata.bind": .string("/accounts(\(account))"),
        ])
    }
    try await dynamics.create(
      "opportunities",
      [
        "opportunityid": .string(opportunity), "name": "Deal", "ownerid@odata.bind": owner,
        "customerid_contact@odata.bind": .string("/contacts(\(contact))"),
      ])
  }

  /// What is linked, but for the users of the street.
  private static func linked(_ street: Street) throws -> [[String?]] {
    try street.query(
      """
      SELECT entity, dynamics_id FROM link WHERE state = 'active'
        AND dynamics_id NOT IN ('\(Street.seller)', '\(Street.otherSeller)')
        AND entity <> 'opportunity_role' AND dynamics_id IN ('\(user)', '\(account)',
          '\(contact)', '\(otherContact)', '\(opportunity)')
      ORDER BY entity
      """)
  }

  @Test func `a contact is settled with its owner and its account, and nobody else`() async throws {
    try await Street.with { street in
      try await Self.fill(street)

      let end = try await street.run("run", "--record", Self.contact)

      #expect(end.status == 0, "\(end.output)")
      #expect(
        try Self.linked(street)
          == [["account", Self.account], ["contact", Self.contact], ["user", Self.user]])
      let person = try #require(
        try await street.rig.marketo.objects(
          "leads", key: "dynamicsId", [Self.contact],
          fields: ["id", "externalCompanyId", "externalSalesPersonId"]
        ).first)
      #expect(person["externalCompanyId"] == .string(Self.account))
      #expect(person["externalSalesPersonId"] == .string(Self.user))

      // By the person's id, and by e-mail: an edit on either side goes over.
      let id = try #require(person["id"]?.integer)
      try await street.edit(id, ["title": "Buyer"])
      try await street.rig.dynamics.update("contacts", Self.contact, ["telephone1": "555"])
      #expect(try await street.run("run", "--record", "\(id)").status == 0)
      #expect(try await street.dynamics("Cole").first?.row["jobtitle"] == "Buyer")
      #expect(try await street.run("run", "--record", "Dunn@acme.test").status == 0)
      #expect(try Self.linked(street).map { $0[1] }.contains(Self.otherContact))

      let run = try await street.run("run")
      #expect(run.status == 0, "\(run.output)")
      try await street.expectInStep()
    }
  }

  @Test func `an opportunity is settled with its contact, its account and its role`()
    async throws
  {
    try await Street.with { street in
      try await Self.fill(street)

      let end = try await street.run("run", "--record", Self.opportunity)

      #expect(end.status == 0, "\(end.output)")
      #expect(
        try Self.linked(street)
          == [
            ["account", Self.account], ["contact", Self.contact],
            ["opportunity", Self.opportunity], ["user", Self.user],
          ])
      let deal = try #require(
        try await street.rig.marketo.objects(
          "opportunities", key: "externalOpportunityId", [Self.opportunity],
          fields: ["name", "externalCompanyId", "externalSalesPersonId"]
        ).first)
      #expect(deal["name"] == "Deal")
      #expect(deal["externalCompanyId"] == .string(Self.account))
      #expect(deal["externalSalesPersonId"] == .string(Self.user))
      #expect(
        try street.query(
          "SELECT count(*) FROM link WHERE entity = 'opportunity_role' AND state = 'active'")
          == [["1"]])
      #expect(try await street.run("run").status == 0)
      try await street.expectInStep()
    }
  }

  @Test(arguments: [MeetingCast.id(98), "424242", "nobody@acme.test", "Cole"])
  func `a record that nobody knows is wrong usage`(name: String) async throws {
    try await Street.with { street in
      try await Self.fill(street)

      let end = try await street.run("run", "--record", name)

      #expect(end.status == 64)
      #expect(
        end.notes.contains(
          "no record of a configured entity answers to '\(name)'; nothing was written"),
        "\(end.output)")
      #expect(try Self.linked(street) == [])
    }
  }

  @Test func `a run of opportunities alone tells what it leaves waiting`() async throws {
    try await Street.with { street in
      try await Self.fill(street)

      let end = try await street.run("run", "--only", "opportunity")

      #expect(end.status == 2)
      #expect(
        end.notes.hasSuffix(
          "--only left 1 record of user, 1 of account and 2 of contact waiting\n"),
        "\(end.output)")
      #expect(try Self.linked(street) == [["opportunity", Self.opportunity]])
      #expect(try await street.run("run").status == 0)
      #expect(try Self.linked(street).count == 5)
      try await street.expectInStep()
    }
  }
}
