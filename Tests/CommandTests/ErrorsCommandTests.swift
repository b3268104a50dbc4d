import Store
import Testing

@testable import dynsync_cli

/// What `errors` and `retry` say and do, of the real program.
@Suite struct ErrorsCommandTests {
  private static let lead = SampleDatabase.lead
  private static let other = SampleDatabase.other

  private static let rows = """
    INSERT INTO run (run_id, started_at, version) VALUES (1, '2026-01-05T09:15:00Z', '0.1.0');
    INSERT INTO entity_rule VALUES
      ('lead', 'lead', 'person', 'both', 'marketo', 'on_request', 'keep', 3);
    CREATE TABLE dynamics_lead (leadid TEXT, _email TEXT, _is_dirty INTEGER, _change INTEGER)
      STRICT;
    CREATE TABLE marketo_person (id TEXT, _email TEXT, _is_dirty INTEGER, _change INTEGER,
      _sync_as TEXT) STRICT;
    INSERT INTO dynamics_lead VALUES
      ('\(lead)', 'ines@park.example', 0, 1), ('\(other)', 'dana@park.example', 0, 2);
    INSERT INTO link (link_id, entity, dynamics_id, marketo_id, state, how, linked_at, changed_at,
      run_id)
    VALUES (1, 'lead', '\(lead)', '7001', 'active', 'email', '2026-01-05T09:15:02Z',
      '2026-01-05T09:15:02Z', 1);
    INSERT INTO sync_error (entity, dynamics_id, marketo_id, side, kind, pair, code, message,
      request_id, content, tries, first_at, last_at, retry_at)
    VALUES
      ('lead', '\(lead)', '7001', 'dynamics', 'rejected', 'subject__department', '0x80044331',
        'The length of ''subject'' with ''abc'' exceeds 300.', 'r-1', 'abc', 2,
        '2026-01-05T09:15:02Z', '2026-01-05T10:15:02Z', '2026-01-05T12:15:02Z'),
      ('lead', '\(other)', NULL, 'dynamics', 'rejected', 'subject__department', '0x80044331',
        'The length of ''subject'' with ''xyz'' exceeds 300.', 'r-2', 'xyz', 12,
        '2026-01-04T09:15:02Z', '2026-01-06T10:15:02Z', '9999-12-31T23:59:59Z'),
      ('lead', '\(other)', NULL, 'marketo', 'ambiguous', '', NULL,
        'two persons have its e-mail address', NULL, '', 1,
        '2026-01-06T09:15:02Z', '2026-01-06T09:15:02Z', '2026-01-06T10:15:02Z');
    INSERT INTO sync_error_candidate VALUES (3, 'marketo', '7005'), (3, 'marketo', '7006');

    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db", rows: Self.rows)
    return folder
  }

  private func printed(_ output: String) -> Program.Ending {
    Program.Ending(status: 0, output: output, errors: "")
  }

  @Test func `errors are told by cause, with an example and the mend`() throws {
    let ending = try Program.run("errors", in: folder())

    #expect(
      ending
        == printed(
          """
          2 × lead: refused by Dynamics (0x80044331), subject ↔ department
            The length of 'subject' with '…' exceeds 300.
            since 2026-01-04T09:15:02Z, last 2026-01-06T10:15:02Z; tried again at \
          2026-01-05T12:15:02Z; 1 given up until it changes or 'dynsync retry'
            for example lead \(Self.other), request r-2
            Try: shorten the text on the other side, or lengthen the column

          1 × lead: ambiguous in Marketo
            two persons have its e-mail address
            since 2026-01-06T09:15:02Z, last 2026-01-06T09:15:02Z; tried again at \
          2026-01-06T10:15:02Z
            for example lead \(Self.other)
            Try: merge the duplicates, or write the right record's Dynamics id into the person's \
          key field

          """))
  }

  @Test func `each record can be listed, and the list narrowed down`() throws {
    let folder = try folder()

    let one = try Program.run("errors", "--all", "--record", "INES@park.example", in: folder)
    let marketo = try Program.run("errors", "--all", "--side", "marketo", in: folder)
    let none = try Program.run("errors", "--entity", "contact", in: folder)
    let first = try Program.run("errors", "--limit", "1", "--json", in: folder)

    #expect(
      one
        == printed(
          """
          lead \(Self.lead) ↔ Marketo 7001: refused by Dynamics (0x80044331), subject ↔ department
            The length of 'subject' with 'abc' exceeds 300.
            since 2026-01-05T09:15:02Z, last 2026-01-05T10:15:02Z, 2 tries; tried again at \
          2026-01-05T12:15:02Z
            request r-1
            Try: shorten the text on the other side, or lengthen the column

          """))
    #expect(
      marketo
        == printed(
          """
          lead \(Self.other): ambiguous in Marketo
            two persons have its e-mail address
            it may be: marketo 7005, marketo 7006
            since 2026-01-06T09:15:02Z, last 2026-01-06T09:15:02Z, 1 try; tried again at \
          2026-01-06T10:15:02Z
            Try: merge the duplicates, or write the right record's Dynamics id into the person's \
          key field

          """))
    #expect(
      none == Program.Ending(status: 0, output: "", errors: "no such errors are listed\n"))
    #expect(
      first
        == printed(
          """
          [
          {"side":"dynamics","kind":"rejected","code":"0x80044331","field":"subject__department",\
          "message":"The length of 'subject' with '…' exceeds 300.","entities":"lead","count":2,\
          "given_up":1,"first_at":"2026-01-04T09:15:02Z","last_at":"2026-01-06T10:15:02Z",\
          "next_try_at":"2026-01-05T12:15:02Z","example_dynamics_id":"\(Self.other)",\
          "example_marketo_id":null,"request_id":"r-2",\
          "mend":"shorten the text on the other side, or lengthen the column"}
          ]

          """))
  }

  @Test(arguments: [
    ([lead], 1), (["7001"], 1), (["dana@park.example"], 1), (["--all"], 2),
  ])
  func `retry makes records due, by whatever name`(arguments: [String], count: Int) throws {
    let folder = try folder()

    let ending = try Program.run(["retry"] + arguments, in: folder)

    #expect(
      ending
        == printed("the next run tries \(count) record\(count == 1 ? "" : "s") again\n"))
    let left = try Program.run(
      "query", "--format", "csv",
      "SELECT count(*) AS due FROM sync_error WHERE tries = 0 AND retry_at > '2026-06'", in: folder)
    #expect(
      left.output
        == "due\r\n\(arguments == ["--all"] ? 3 : count == 1 && arguments[0].hasPrefix("dana") ? 2 : 1)\r\n"
    )
    let dirty = try Program.run(
      "query", "--format", "csv", "SELECT count(*) AS n FROM dynamics_lead WHERE _is_dirty",
      in: folder)
    #expect(dirty.output == "n\r\n\(count)\r\n")
  }

  @Test func `a refused request is not tried by a run, and how to ask again is told`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    let request = """
      INSERT INTO marketo_person VALUES ('7009', 'vi@visit.example', 0, 3, NULL);
      INSERT INTO sync_error (entity, dynamics_id, marketo_id, side, kind, message, tries, first_at,
        last_at, retry_at)
      VALUES ('contact', 'asked-for', '7009', 'dynamics', 'rejected', 'no', 1, '2026-01-06T09:15:02Z',
        '2026-01-06T09:15:02Z', '2026-01-06T10:15:02Z');

      """
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db", rows: Self.rows + request)
    let hint = "refused on request: run 'dynsync sync-person 7009 --as contact' again\n"

    #expect(try Program.run("retry", "7009", in: folder) == printed(hint))
    #expect(
      try Program.run("retry", "--all", in: folder)
        == printed("the next run tries 2 records again\n\(hint)"))
    let dirty = try Program.run(
      "query", "--format", "csv", "SELECT count(*) AS n FROM marketo_person WHERE _is_dirty",
      in: folder)
    #expect(dirty.output == "n\r\n0\r\n")
  }

  @Test func `an unknown record is told, and a record without errors is no trouble`() throws {
    let folder = try folder()

    #expect(
      try Program.run("retry", "nobody", in: folder)
        == Program.Ending(
          status: 64, output: "",
          errors: """
            Error: no record is known as 'nobody'
            Try: look for it in 'dynsync errors --all'

            """))
    #expect(try Program.run("retry", in: folder).status == 64)
    #expect(try Program.run("retry", "--all", "7001", in: folder).status == 64)
  }
}

/// The table of mends against the codes that the services are documented to refuse a record with.
@Suite struct MendTests {
  @Test(arguments: [
    "0x80040237", "0X80044331", "0x80060891", "0x80040265", "0x8004F507", "0x8006088D",
  ])
  func `Dataverse's codes have a mend, in any spelling`(code: String) {
    #expect(Mend.text(side: "dynamics", kind: "rejected", code: code) != nil)
  }

  @Test(arguments: ["1001", "1003", "1004", "1006", "1007", "1013", "609", "718"])
  func `Marketo's codes have a mend`(code: String) {
    #expect(Mend.text(side: "marketo", kind: "rejected", code: code) != nil)
  }

  @Test(arguments: ["ambiguous", "manual", "untranslatable"])
  func `what no service refused has a mend as well`(kind: String) {
    #expect(Mend.text(side: "marketo", kind: kind, code: nil) != nil)
  }

  @Test func `an unknown code is left to the service's words`() {
    #expect(Mend.text(side: "marketo", kind: "rejected", code: "4711") == nil)
    #expect(Mend.text(side: "dynamics", kind: "rejected", code: nil) == nil)
  }
}
