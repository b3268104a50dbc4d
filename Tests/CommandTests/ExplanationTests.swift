import Testing

@testable import dynsync_cli

/// What `why` and `log` print, of the real program over a small prepared database.
@Suite struct ExplanationTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db")
    return folder
  }

  @Test(arguments: ["ines@park.example", "INES@park.example", SampleDatabase.lead, "7001"])
  func `why tells a record's decisions, the newest last`(name: String) throws {
    let ending = try Program.run("why", name, in: folder())

    #expect(
      ending.output == """
        lead 4b1c0d2e-0000-4000-8000-000000000001 ↔ Marketo 7001 \
        (active, linked by email on 2026-01-05T09:15:02Z)

        2026-01-05T09:15:02Z  run 1  linked
          because   match by email

        2026-01-05T09:15:03Z  run 1  fax ↔ fax: first_link
          Dynamics  '+1 555 0100', no base before
          Marketo   (empty), no base before
          because   first link: only dynamics had a value
          winner    Dynamics
          written   '+1 555 0100' to Marketo (operation 1, request a#1)

        2026-01-06T09:15:01Z  run 2  jobtitle ↔ title: collision
          Dynamics  'Clerk' → 'Manager'
          Marketo   'Clerk' → 'Director␊of sales'
          changed   in Dynamics and in Marketo
          because   marketo wins: the entity's rule
          winner    Marketo
          written   'Director␊of sales' to Dynamics (operation 2)

        2026-01-06T09:15:01Z  run 2  fax ↔ fax: updated
          Dynamics  '+1 555 0100' → (empty)
          Marketo   '+1 555 0100', unchanged
          changed   in Dynamics
          because   changed in dynamics
          winner    Dynamics
          written   (empty) to Marketo (operation 3, request a#2)

        2026-01-06T09:15:02Z  run 2  revenue ↔ annualRevenue: normalised
          because   marketo stores another form of what it was sent
          sent      '10.00' to Marketo (operation 3, request a#2)
          stored    '10'

        2026-01-06T09:15:03Z  run 2  telephone1 ↔ phone: rejected
          sent      '+1' to Dynamics (operation 4, request b-3)
          refused   0x80040265: A validation error occurred.

        """)
    #expect([ending.status == 0, ending.errors == ""] == [true, true])
  }

  @Test(arguments: ["jobtitle", "title", "jobtitle__title"])
  func `why of a field tells that field alone, in either side's spelling`(field: String) throws {
    let ending = try Program.run("why", "7001", field, in: folder())

    #expect(
      ending.output == """
        lead 4b1c0d2e-0000-4000-8000-000000000001 ↔ Marketo 7001 \
        (active, linked by email on 2026-01-05T09:15:02Z)

        2026-01-06T09:15:01Z  run 2  jobtitle ↔ title: collision
          Dynamics  'Clerk' → 'Manager'
          Marketo   'Clerk' → 'Director␊of sales'
          changed   in Dynamics and in Marketo
          because   marketo wins: the entity's rule
          winner    Marketo
          written   'Director␊of sales' to Dynamics (operation 2)

        """)
  }

  @Test func `why of what was never decided says so`() throws {
    let folder = try folder()

    let field = try Program.run("why", "7001", "mobilephone", in: folder)
    let record = try Program.run("why", SampleDatabase.other, in: folder)

    #expect(
      field.output == """
        lead 4b1c0d2e-0000-4000-8000-000000000001 ↔ Marketo 7001 \
        (active, linked by email on 2026-01-05T09:15:02Z)

        nothing was decided about the field 'mobilephone' of it yet

        """)
    #expect(
      record
        == Program.Ending(
          status: 0,
          output: """
            lead 4b1c0d2e-0000-4000-8000-000000000002, not linked

            nothing was decided about it yet

            """, errors: ""))
  }

  @Test func `log is one line a row, whatever a value holds`() throws {
    let folder = try folder()

    let all = try Program.run("log", in: folder)
    let one = try Program.run("log", "7001", "--limit", "1", in: folder)

    let record = "lead 4b1c0d2e-0000-4000-8000-000000000001/7001"
    let lines = [
      "2026-01-05T09:15:02Z  run 1  \(record)  linked  match by email",
      "2026-01-05T09:15:03Z  run 1  \(record)  first_link  fax ↔ fax  '+1 555 0100' to Marketo"
        + "  first link: only dynamics had a value",
      "2026-01-06T09:15:01Z  run 2  \(record)  collision  jobtitle ↔ title"
        + "  'Director␊of sales' to Dynamics  marketo wins: the entity's rule",
      "2026-01-06T09:15:01Z  run 2  \(record)  updated  fax ↔ fax  (empty) to Marketo"
        + "  changed in dynamics",
      "2026-01-06T09:15:02Z  run 2  \(record)  normalised  revenue ↔ annualRevenue"
        + "  '10.00' to Marketo  marketo stores another form of what it was sent",
      "2026-01-06T09:15:03Z  run 2  \(record)  rejected  telephone1 ↔ phone  '+1' to Dynamics"
        + "  refused by dynamics  0x80040265: A validation error occurred.",
    ].map { "\($0)\n" }
    #expect(all == Program.Ending(status: 0, output: lines.joined(), errors: ""))
    #expect(one == Program.Ending(status: 0, output: lines.last ?? "", errors: ""))
  }

  @Test(arguments: ["why", "log"])
  func `a record that nobody knows is wrong usage`(command: String) throws {
    let ending = try Program.run(command, "nobody@park.example", in: folder())

    #expect(
      ending
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: no record is known as 'nobody@park.example'
            Try: give the Dynamics id, the Marketo id or the e-mail address of a record that was read

            """))
  }

  @Test func `a log without a row says so`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db", rows: "")

    #expect(
      try Program.run("log", in: folder)
        == Program.Ending(status: 0, output: "", errors: "nothing was decided yet\n"))
  }

  @Test func `a pair is named by both its fields`() {
    let names = ["jobtitle__title", "_is_deleted__dynamicsIsDeleted", "a__b__c", "__x__y", "odd"]

    #expect(
      names.map(DisplayName.pair) == [
        "jobtitle ↔ title", "_is_deleted ↔ dynamicsIsDeleted", "a ↔ b__c", "__x ↔ y", "odd",
      ])
  }
}
