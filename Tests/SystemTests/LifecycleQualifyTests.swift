import Sync
import Testing
import Transport

/// A lead that becomes a contact keeps its person, whatever else happens.
@Suite struct LifecycleQualifyTests {
  typealias Street = SentenceStreet

  @Test func `a lead qualified into a new company goes on as its contact`() async throws {
    try await Street.with { street in
      try await street.edit("leads", Street.lead, ["companyname": "Lind and sons"])
      try await street.run()
      let person = try await street.personID(of: Street.lead)

      let contact = try #require(try await street.qualify(withAccount: true))
      #expect(try await street.run().isInStep)

      let account = try await street.rig.dynamics.row("contacts", contact)[
        "_parentcustomerid_value"]?.string
      let now = try #require(try await street.person(person))
      #expect(now["dynamicsId"]?.string == contact)
      #expect(now["dynamicsType"] == "contact")
      #expect(now["externalCompanyId"]?.string == account)
      #expect(try await street.company(account ?? "")?["company"] == "Lind and sons")
      #expect(try await street.personNames() == ["Cole", "Lind"])
      #expect(
        try street.links().dropFirst(2) == [["contact", contact, "active", nil]])
      #expect(
        try street.links().contains(["lead", Street.lead, "converted", contact]))
      try await street.expectInStep()
    }
  }

  @Test func `a lead qualified into an existing company joins it`() async throws {
    try await Street.with { street in
      try await street.run()
      let person = try await street.personID(of: Street.lead)

      try await street.rig.dynamics.update(
        "leads", Street.lead,
        ["parentaccountid@odata.bind": Street.account(Street.otherAccount)])
      let contact = try #require(try await street.qualify())
      #expect(try await street.run().isInStep)

      let now = try #require(try await street.person(person))
      #expect(now["dynamicsId"]?.string == contact)
      #expect(now["dynamicsType"] == "contact")
      #expect(now["externalCompanyId"] == .string(Street.otherAccount))
      #expect(try await street.personNames() == ["Cole", "Lind"])
      try await street.expectInStep()
    }
  }

  @Test func `a lead qualified into an existing contact is listed until its persons are one`()
    async throws
  {
    try await Street.with { street in
      try await street.run()
      let (lead, contact) = (
        try await street.personID(of: Street.lead), try await street.personID(of: Street.contact)
      )
      try await street.rig.dynamics.update(
        "leads", Street.lead, ["parentcontactid@odata.bind": Street.contact(Street.contact)])
      try await street.qualify(withContact: false)

      #expect(try await street.run().errors == 1)
      #expect(
        try street.query("SELECT entity, dynamics_id, kind, candidates FROM errors") == [
          ["lead", Street.lead, "manual", "marketo \(lead), marketo \(contact)"]
        ])
      #expect(try street.links().contains(["lead", Street.lead, "converted", Street.contact]))

      try await street.rig.marketo.merge(lead, into: contact)
      #expect(try await street.run().isInStep)
      #expect(try await street.person(contact)?["dynamicsId"] == .string(Street.contact))
      try await street.expectInStep()
    }
  }

  @Test func `a contact without a person takes the person of its lead`() async throws {
    try await Street.with { street in
      try await street.run()
      let person = try await street.personID(of: Street.lead)
      try await street.add(.contact, Street.otherContact, "Dahl")
      try await street.rig.dynamics.update(
        "leads", Street.lead,
        ["parentcontactid@odata.bind": Street.contact(Street.otherContact)])
      try await street.qualify(withContact: false)

      #expect(try await street.run().isInStep)

      #expect(try await street.person(person)?["dynamicsId"] == .string(Street.otherContact))
      #expect(try await street.personNames() == ["Cole", "Dahl"])
      try await street.expectInStep()
    }
  }

  /// Contacts are read before leads: the conversion comes after the one and before the other.
  @Test func `a lead that is read as qualified before its contact waits for it`() async throws {
    let interruption = Interruption()
    try await Street.with(observe: interruption.observe) { street in
      try await street.run()
      let person = try await street.personID(of: Street.lead)
      interruption.after("/contacts?") {
        try await street.qualify()
        try await street.rig.marketo.update(person, ["title": "Edited meanwhile"])
      }

      let first = try await street.run()
      #expect(!interruption.isWaiting)
      #expect(first.backlog == 1)
      #expect(try await street.personNames() == ["Cole", "Lind"])
      #expect(try await street.run().isInStep)

      let now = try #require(try await street.person(person))
      #expect(now["dynamicsType"] == "contact")
      let contact = try #require(now["dynamicsId"]?.string)
      #expect(try await street.row("contacts", contact)?["jobtitle"] == "Edited meanwhile")
      #expect(try await street.personNames() == ["Cole", "Lind"])
      try await street.expectInStep()
    }
  }

  /// The run reads the one contact and what it needs; the lead as such is not read before the next.
  @Test func `a contact that is read before its lead takes the lead's person`() async throws {
    try await Street.with { street in
      try await street.run()
      let person = try await street.personID(of: Street.lead)
      let contact = try #require(try await street.qualify())

      var options = RunOptions()
      options.record = contact
      try await street.run(options)

      #expect(try await street.person(person)?["dynamicsId"]?.string == contact)
      #expect(try await street.personNames() == ["Cole", "Lind"])
      #expect(try await street.run().isInStep)
      #expect(try street.links().contains(["lead", Street.lead, "converted", contact]))
      try await street.expectInStep()
    }
  }

  @Test func `edits on both sides in the run of the qualification follow the contact's rule`()
    async throws
  {
    try await Street.with { street in
      try await street.run()
      let person = try await street.personID(of: Street.lead)
      try await street.rig.marketo.update(
        person, ["title": "From Marketo", "phone": "555", "unsubscribed": true])
      let contact = try #require(try await street.qualify())
      try await street.edit("contacts", contact, ["jobtitle": "From Dynamics"])

      #expect(try await street.run().isInStep)

      let row = try #require(try await street.row("contacts", contact))
      #expect(row["jobtitle"] == "From Dynamics")
      #expect(row["telephone1"] == "555")
      #expect(row["donotbulkemail"] == true)
      #expect(try await street.person(person)?["title"] == "From Dynamics")
      #expect(
        try street.collisions() == [
          ["contact", contact, "jobtitle__title", "From Dynamics", "From Marketo", "dynamics"]
        ])
      try await street.expectInStep()
    }
  }
}
