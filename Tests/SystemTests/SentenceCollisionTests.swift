import Testing
import Transport

/// Who wins where both sides said something.
@Suite struct SentenceCollisionTests {
  typealias Street = SentenceStreet

  @Test func `on a collision Marketo wins for leads and Dynamics for contacts`() async throws {
    try await Street.with { street in
      try await street.run()
      for (set, id) in [("leads", Street.lead), ("contacts", Street.contact)] {
        try await street.edit(set, id, ["jobtitle": "from Dynamics"])
        try await street.editPerson(of: id, ["title": "from Marketo"])
      }

      let report = try await street.run()

      #expect(report.isInStep)
      #expect(try await street.row("leads", Street.lead)?["jobtitle"] == "from Marketo")
      #expect(try await street.person(of: Street.lead)?["title"] == "from Marketo")
      #expect(try await street.row("contacts", Street.contact)?["jobtitle"] == "from Dynamics")
      #expect(try await street.person(of: Street.contact)?["title"] == "from Dynamics")
      let field = "jobtitle__title"
      #expect(
        try street.collisions() == [
          ["contact", Street.contact, field, "from Dynamics", "from Marketo", "dynamics"],
          ["lead", Street.lead, field, "from Dynamics", "from Marketo", "marketo"],
        ])
    }
  }

  @Test func `an opt-out is never undone when two records first meet`() async throws {
    try await Street.with { street in
      for (id, email) in [("leads", "lind"), ("contacts", "cole")] {
        let isInDynamics = id == "leads"
        try await street.edit(
          id, isInDynamics ? Street.lead : Street.contact,
          ["donotbulkemail": .boolean(isInDynamics), "donotphone": .boolean(isInDynamics)])
        try await street.rig.marketo.create([
          "email": .string("\(email)@acme.test"), "unsubscribed": .boolean(!isInDynamics),
          "doNotCall": .boolean(!isInDynamics),
        ])
      }

      #expect(try await street.run().isInStep)

      try await street.expectOptedOut()
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }

  /// The entity's rule would let the side win that says nothing.
  @Test func `an opt-out is never undone by the other side's edit`() async throws {
    try await Street.with { street in
      try await street.run()
      try await street.edit("leads", Street.lead, ["donotbulkemail": true, "donotphone": true])
      try await street.editPerson(of: Street.lead, ["unsubscribed": .null, "doNotCall": .null])
      try await street.edit(
        "contacts", Street.contact, ["donotbulkemail": .null, "donotphone": .null])
      try await street.editPerson(of: Street.contact, ["unsubscribed": true, "doNotCall": true])

      #expect(try await street.run().isInStep)

      try await street.expectOptedOut()
      #expect(try await street.run().counts.operationsPlanned == 0)
    }
  }
}

extension SentenceStreet {
  fileprivate func expectOptedOut() async throws {
    for (set, id) in [("leads", Self.lead), ("contacts", Self.contact)] {
      let row = try #require(try await row(set, id))
      let person = try #require(try await person(of: id))
      #expect(row["donotbulkemail"] == true)
      #expect(row["donotphone"] == true)
      #expect(person["unsubscribed"] == true)
      #expect(person["doNotCall"] == true)
    }
  }
}
