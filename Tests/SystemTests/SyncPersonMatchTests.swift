import Testing
import Transport

/// Persons who may stand in Dynamics already, and several who are asked for at once.
@Suite struct SyncPersonMatchTests {
  typealias Street = SyncPersonStreet

  /// A lead that nobody read yet, with a person's e-mail address.
  private static func makeLead(_ street: Street, _ id: Int, _ email: String) async throws {
    try await street.rig.dynamics.create(
      "leads",
      [
        "leadid": .string(MeetingCast.id(id)), "lastname": .string("Stands\(id)"),
        "subject": "Fair", "emailaddress1": .string(email),
      ])
  }

  @Test(arguments: [true, false])
  func `a person whose address one lead has is linked to it`(byField: Bool) async throws {
    try await Street.with { street in
      let person = try await street.person("Lind")
      try await Self.makeLead(street, 51, "lind@home.test")
      if byField {
        try await street.edit(person, ["dynamicsSyncAs": "contact"])
        #expect(try await street.run("run").status == 0)
      } else {
        let end = try await street.run("sync-person", "\(person)", "--as", "contact")
        #expect(end.status == 0)
        #expect(
          end.results
            == "person \(person): linked to lead \(MeetingCast.id(51)), which stood already (match"
            + " by email); no record was made\n")
      }

      // Marketo's name wins at the first link of a lead.
      #expect(try await street.onlyRecord("Lind") == MeetingCast.id(51))
      try await street.expectLinked(person, "Lind")
      #expect(try await street.rig.dynamics.all("contacts").isEmpty)
      try await street.expectInStep()
    }
  }

  @Test(arguments: [true, false])
  func `a person whose address two leads have is not guessed`(byField: Bool) async throws {
    try await Street.with { street in
      let person = try await street.person("Lind")
      let (one, other) = (MeetingCast.id(51), MeetingCast.id(52))
      try await Self.makeLead(street, 51, "lind@home.test")
      try await Self.makeLead(street, 52, "lind@home.test")
      if byField {
        try await street.edit(person, ["dynamicsSyncAs": "lead"])
        #expect(try await street.run("run").status == 2)
        #expect(try await street.run("run").status == 2)
      } else {
        for _ in 1...2 {
          let end = try await street.run("sync-person", "\(person)", "--as", "lead")
          #expect(end.status == 2)
          #expect(
            end.results
              == "person \(person): waits: it may be one that stands in Dynamics (lead \(one), lead"
              + " \(other)); merge the duplicates, or write the right one's id into the person's"
              + " key field\n")
        }
      }

      #expect(try await street.rig.dynamics.all("leads").count == 2)
      #expect(
        try street.query("SELECT dynamics_id, kind, candidates FROM errors ORDER BY dynamics_id")
          == [
            [one, "ambiguous", "dynamics \(other), marketo \(person)"],
            [other, "ambiguous", "dynamics \(one), marketo \(person)"],
          ])

      // What the words say does help.
      try await street.edit(person, ["dynamicsId": .string(other)])
      #expect(try await street.run("run").status == 0)
      #expect(try await street.onlyRecord("Lind") == other)
      try await street.expectLinked(person, "Lind")
      try await street.expectInStep()
    }
  }

  @Test func `merging the two leads helps as well`() async throws {
    try await Street.with { street in
      let person = try await street.person("Lind")
      try await Self.makeLead(street, 51, "lind@home.test")
      try await Self.makeLead(street, 52, "lind@home.test")
      try await street.edit(person, ["dynamicsSyncAs": "lead"])
      #expect(try await street.run("run").status == 2)

      try await street.rig.dynamics.merge("lead", MeetingCast.id(51), into: MeetingCast.id(52))

      #expect(try await street.run("run").status == 0)
      #expect(try await street.onlyRecord("Lind") == MeetingCast.id(52))
      try await street.expectLinked(person, "Lind")
      try await street.expectInStep()
    }
  }

  @Test func `a person asked for as lead and as contact at once becomes one record`()
    async throws
  {
    try await Street.with { street in
      let person = try await street.person("Lind", hasEmail: false)
      try await street.edit(person, ["dynamicsSyncAs": "contact"])

      let lead = try await street.run("sync-person", "\(person)", "--as", "lead")
      let run = try await street.run("run")

      #expect([lead.status, run.status] == [0, 0])
      try await street.expectLinked(person, "Lind")
      try await street.expectInStep()

      // The record that the first wish made is found for the second, by whatever name.
      try await street.edit(person, ["dynamicsId": .null, "dynamicsType": .null])
      try street.loseDatabase()
      let contact = try await street.run("sync-person", "\(person)", "--as", "contact")
      #expect(contact.status == 0, "\(contact.output)")
      try await street.expectLinked(person, "Lind")
    }
  }

  @Test func `several persons are told of in their order, and an unknown one is wrong usage`()
    async throws
  {
    try await Street.with { street in
      let first = try await street.person("Lind")
      let second = try await street.person("Cole", hasEmail: false)

      let end = try await street.run(
        "sync-person", "\(second)", "9999", "\(first)", "--as", "lead")

      let ids = (
        try await street.onlyRecord("Lind"), try await street.onlyRecord("Cole")
      )
      #expect(end.status == 64)
      #expect(
        end.results == """
          person \(second): lead \(ids.1) created
          person 9999: Marketo has no such person; nothing was done
          person \(first): lead \(ids.0) created

          """)
      try await street.expectLinked(first, "Lind")
      try await street.expectLinked(second, "Cole")
      try await street.expectInStep()
    }
  }

  @Test func `a word that is no entity is an error that names the right ones`() async throws {
    try await Street.with { street in
      let person = try await street.person("Lind")
      try await street.edit(person, ["dynamicsSyncAs": "Kunde"])

      #expect(try await street.run("run").status == 2)
      #expect(
        try street.query("SELECT marketo_id, side, message FROM errors")
          == [
            [
              "\(person)", "dynamics",
              "the person asks to become 'kunde', which is none of what persons become; write"
                + " 'lead' or 'contact'",
            ]
          ])
      #expect(try await street.dynamics("Lind").isEmpty)

      try await street.edit(person, ["dynamicsSyncAs": "Contact"])
      #expect(try await street.run("run").status == 0)
      try await street.expectLinked(person, "Lind", as: "contact")
      try await street.expectInStep()
    }
  }

  @Test func `a wish older than the first run is honoured`() async throws {
    try await Street.with { street in
      let person = try await street.person("Lind", hasEmail: false)
      try await street.edit(person, ["dynamicsSyncAs": "lead"])
      try street.loseDatabase()

      #expect(try await street.run("run").status == 0)
      try await street.expectLinked(person, "Lind")
      try await street.expectInStep()
    }
  }

  @Test func `a wish that a person is made with is honoured at the next run`() async throws {
    try await Street.with { street in
      let asked = try await street.person("Lind", ["dynamicsSyncAs": "contact"])
      let other = try await street.person("Dahl")

      #expect(try await street.run("run").status == 0)
      try await street.expectLinked(asked, "Lind", as: "contact")
      #expect(try await street.dynamics("Dahl").isEmpty)
      #expect(cell(try await street.marketo(other)["dynamicsId"]) == nil)
      try await street.expectInStep()
    }
  }
}
