import Testing
import Transport

/// What a record belongs to, and the state that it is in.
@Suite struct LifecycleChangeTests {
  typealias Street = SentenceStreet

  @Test(arguments: Street.Kind.allCases)
  func `a person follows its owner to a user, to a team, and to a user who is new`(
    _ kind: Street.Kind
  ) async throws {
    try await Street.with { street in
      try await street.addTeam()
      #expect(try await street.run().isInStep)
      let newcomer = MeetingCast.id(4)
      for (set, owner) in [
        ("systemusers", Street.otherUser), ("teams", Street.team), ("systemusers", newcomer),
      ] {
        if owner == newcomer {
          try await street.rig.dynamics.create(
            "systemusers",
            [
              "systemuserid": .string(newcomer), "lastname": "Ida",
              "internalemailaddress": "ida@acme.test", "domainname": "ida@acme.test",
            ])
        }
        try await street.edit(kind.set, kind.id, ["ownerid": .string("/\(set)(\(owner))")])

        #expect(try await street.run().isInStep, "\(set)")

        let person = try await street.person(of: kind.id)
        #expect(person?["externalSalesPersonId"] == .string(owner), "\(set)")
        #expect(try await street.salesPerson(owner) != nil, "\(set)")
      }
      try await street.expectInStep()
    }
  }

  @Test func `a deactivated contact goes on as data, and is never activated again`() async throws {
    try await Street.with { street in
      #expect(try await street.run().isInStep)
      try await street.edit("contacts", Street.contact, ["statecode": 1])
      #expect(try await street.run().isInStep)
      #expect(try await street.person(of: Street.contact)?["leadStatus"] == "Inactive")

      try await street.editPerson(of: Street.contact, ["phone": "555", "leadStatus": "Active"])
      try await street.edit("contacts", Street.contact, ["jobtitle": "Chief"])
      #expect(try await street.run().isInStep)

      let row = try #require(try await street.row("contacts", Street.contact))
      #expect(row["statecode"] == 1)
      #expect(row["telephone1"] == "555")
      #expect(try await street.person(of: Street.contact)?["title"] == "Chief")
      try await street.expectInStep()

      try await street.edit("contacts", Street.contact, ["statecode": 0])
      #expect(try await street.run().isInStep)
      #expect(try await street.person(of: Street.contact)?["leadStatus"] == "Active")
      try await street.expectInStep()
    }
  }

  @Test func `a disqualified lead goes on as data, and is never opened again`() async throws {
    try await Street.with { street in
      #expect(try await street.run().isInStep)
      try await street.edit("leads", Street.lead, ["statecode": 2])
      #expect(try await street.run().isInStep)
      #expect(try await street.person(of: Street.lead)?["leadStatus"] == "Disqualified")

      try await street.editPerson(of: Street.lead, ["phone": "555"])
      #expect(try await street.run().isInStep)

      let row = try #require(try await street.row("leads", Street.lead))
      #expect(row["statecode"] == 2)
      #expect(row["telephone1"] == "555")
      try await street.expectInStep()
    }
  }

  @Test func `a contact moved to no account keeps its company in Marketo, and the log says why`()
    async throws
  {
    try await Street.with { street in
      #expect(try await street.run().isInStep)
      try await street.edit("contacts", Street.contact, ["parentcustomerid_account": .null])

      #expect(try await street.run().isInStep)

      #expect(
        try await street.person(of: Street.contact)?["externalCompanyId"]
          == .string(Street.account))
      let pair = Street.companyPair
      #expect(
        try street.query(
          """
          SELECT action, rule FROM activity_log
          WHERE dynamics_id = '\(Street.contact)' AND field = '\(pair)'
          """) == [["skipped", "marketo cannot take a person out of a company"]])
      #expect(
        try street.query("SELECT dynamics_id, field, reason FROM differs") == [
          [Street.contact, pair, "Marketo cannot take a person out of a company"]
        ])
      try await street.expectInStep()

      try await street.edit(
        "contacts", Street.contact,
        ["parentcustomerid_account": Street.account(Street.otherAccount)])
      #expect(try await street.run().isInStep)
      #expect(
        try await street.person(of: Street.contact)?["externalCompanyId"]
          == .string(Street.otherAccount))
      try await street.expectInStep()
    }
  }

  @Test(arguments: Street.Kind.allCases)
  func `a record that leaves the filter goes stale, and coming back is a first link`(
    _ kind: Street.Kind
  ) async throws {
    try await Street.with { text in
      text.replacing(
        "  \(kind):\n", with: "  \(kind):\n    filter: new_syncwithmarketing\n")
    } _: { street in
      #expect(try await street.runAsConfigured().isInStep)
      let person = try await street.personID(of: kind.id)

      try await street.edit(kind.set, kind.id, ["new_syncwithmarketing": false])
      #expect(try await street.runAsConfigured().isInStep)
      try await street.edit(kind.set, kind.id, ["jobtitle": "Chief"])
      try await street.rig.marketo.update(person, ["title": "Director", "phone": "555"])
      #expect(try await street.runAsConfigured().counts.operationsPlanned == 0)
      #expect(
        try street.story(of: kind.id).last == ["skipped", "left out by the filter"])

      try await street.edit(kind.set, kind.id, ["new_syncwithmarketing": true])
      #expect(try await street.runAsConfigured().isInStep)
      // Both were edited meanwhile: the entity's rule chooses, and no value is lost unsaid.
      let title: JSON = kind == .lead ? "Director" : "Chief"
      #expect(try await street.person(person)?["title"] == title)
      let row = try #require(try await street.row(kind.set, kind.id))
      #expect(row["jobtitle"] == title)
      #expect(row["telephone1"] == "555")
      #expect(try street.collisions().map { $0[2] } == ["jobtitle__title"])
      #expect(try await street.runAsConfigured().counts.operationsPlanned == 0)
    }
  }
}
