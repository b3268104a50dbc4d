import Testing
import Transport

/// What becomes of persons who are to be Dynamics records, by command and by their own field.
@Suite struct SyncPersonTests {
  typealias Street = SyncPersonStreet

  @Test func `a repeated command says what stands and writes nothing`() async throws {
    try await Street.with { street in
      let person = try await street.person("Lind", ["title": "Buyer"])

      let first = try await street.run("sync-person", "\(person)", "--as", "lead")
      let id = try await street.onlyRecord("Lind")
      let before = try await street.dynamics("Lind").first?.row
      let second = try await street.run("sync-person", "\(person)", "--as", "lead")

      #expect(first.status == 0)
      #expect(first.results == "person \(person): lead \(id) created\n")
      #expect(second.status == 0)
      #expect(
        second.results == "person \(person): is linked already to lead \(id); nothing was done\n")
      #expect(before?["jobtitle"] == "Buyer")
      #expect(try await street.dynamics("Lind").first?.row == before)
      #expect(
        try street.query(
          "SELECT operations_planned FROM run ORDER BY run_id DESC LIMIT 1") == [["0"]])
      #expect(
        try street.query("SELECT dynamics_id, rule FROM activity_log WHERE action = 'skipped'")
          == [[id, "asked to sync as lead: it is linked already"]])
      try await street.expectLinked(person, "Lind")
      try await street.expectInStep()
    }
  }

  @Test func `a wish of a linked person is cleared, and the log says so`() async throws {
    try await Street.with { street in
      let id = MeetingCast.id(41)
      try await street.rig.dynamics.create(
        "contacts", ["contactid": .string(id), "lastname": "Cole", "emailaddress1": "c@acme.test"])
      try await street.run("run")
      let person = try #require(
        try await street.rig.marketo.persons(fields: ["lastName"]).first?["id"]?.integer)
      try await street.edit(person, ["dynamicsSyncAs": "lead"])

      let end = try await street.run("run")

      #expect(end.status == 0, "\(end.output)")
      #expect(try await street.onlyRecord("Cole", in: "contacts") == id)
      try await street.expectLinked(person, "Cole", as: "contact")
      #expect(
        try street.query(
          """
          SELECT dynamics_id, field, marketo_value, rule FROM activity_log
          WHERE field LIKE '%dynamicsSyncAs' AND marketo_value IS NOT NULL
          """)
          == [
            [
              id, "_sync_as__dynamicsSyncAs", "lead",
              "the record is linked: the request is cleared",
            ]
          ])
      try await street.expectInStep()
    }
  }

  @Test(arguments: [true, false])
  func `after a delete in Dynamics a wish makes a fresh record`(byField: Bool) async throws {
    try await Street.with { street in
      let person = try await street.person("Lind")
      try await street.run("sync-person", "\(person)", "--as", "lead")
      let old = try await street.onlyRecord("Lind")
      try await street.rig.dynamics.delete("leads", old)
      try await street.run("run")
      #expect(try await street.marketo(person)["dynamicsIsDeleted"] == true)

      if byField {
        try await street.edit(person, ["dynamicsSyncAs": "lead"])
        #expect(try await street.run("run").status == 0)
      } else {
        let end = try await street.run("sync-person", "\(person)", "--as", "lead")
        #expect(end.status == 0)
        #expect(end.results.hasSuffix("created\n"), "\(end.output)")
      }

      let new = try await street.onlyRecord("Lind")
      #expect(new != old)
      try await street.expectLinked(person, "Lind")
      #expect(
        try street.query("SELECT dynamics_id, state FROM link WHERE entity = 'lead' ORDER BY state")
          == [[new, "active"], [old, "deleted"]])
      try await street.expectInStep()

      // The same wish is the same record also where nobody remembers that it was granted.
      try await street.edit(person, ["dynamicsId": .string(old)])
      try street.loseDatabase()
      let again = try await street.run("sync-person", "\(person)", "--as", "lead")
      #expect(again.status == 0, "\(again.output)")
      #expect(try await street.onlyRecord("Lind") == new)
    }
  }

  @Test func `a contact is made without an account`() async throws {
    try await Street.with { street in
      let person = try await street.person("Cole", ["company": "Acme"])

      let end = try await street.run("sync-person", "\(person)", "--as", "contact")

      let id = try await street.onlyRecord("Cole", in: "contacts")
      #expect(end.results == "person \(person): contact \(id) created\n")
      let row = try await street.dynamics("Cole").first?.row
      #expect(cell(row?["_parentcustomerid_value"]) == nil)
      try await street.expectLinked(person, "Cole", as: "contact")
      try await street.expectInStep()
    }
  }

  @Test(arguments: [Street.otherSeller, "eva@acme.test", "EVA@acme.test"])
  func `a record is assigned to the user that is named`(user: String) async throws {
    try await Street.with { street in
      let person = try await street.person(
        "Lind", ["externalSalesPersonId": .string(Street.seller)])

      let end = try await street.run(
        "sync-person", "\(person)", "--as", "lead", "--assign-to", user)

      #expect(end.status == 0, "\(end.output)")
      #expect(
        try await street.dynamics("Lind").first?.row["_ownerid_value"]?.string
          == Street.otherSeller)
      try await street.expectLinked(person, "Lind")
      #expect(
        try await street.marketo(person)["externalSalesPersonId"] == .string(Street.otherSeller))
      try await street.expectInStep()
    }
  }

  @Test(arguments: [true, false])
  func `a record belongs to the sales person whom Marketo names`(byField: Bool) async throws {
    try await Street.with { street in
      let person = try await street.person(
        "Lind", ["externalSalesPersonId": .string(Street.seller)])
      if byField {
        try await street.edit(person, ["dynamicsSyncAs": "lead"])
        #expect(try await street.run("run").status == 0)
      } else {
        #expect(try await street.run("sync-person", "\(person)", "--as", "lead").status == 0)
      }

      #expect(
        try await street.dynamics("Lind").first?.row["_ownerid_value"]?.string == Street.seller)
      try await street.expectLinked(person, "Lind")
      try await street.expectInStep()
    }
  }

  @Test(arguments: ["nobody@acme.test", MeetingCast.id(99), "nobody"])
  func `an unknown user is wrong usage, and nothing is made`(user: String) async throws {
    try await Street.with { street in
      let person = try await street.person("Lind")

      let end = try await street.run(
        "sync-person", "\(person)", "--as", "lead", "--assign-to", user)

      #expect(end.status == 64)
      #expect(end.results == "")
      #expect(
        end.notes.contains("Dynamics has no user or team '\(user)'; nothing was written"),
        "\(end.output)")
      #expect(try await street.dynamics("Lind").isEmpty)
      #expect(cell(try await street.marketo(person)["dynamicsId"]) == nil)
      try await street.expectInStep()
    }
  }
}
