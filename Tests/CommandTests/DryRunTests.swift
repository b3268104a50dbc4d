import Testing

@testable import dynsync_cli

/// A dry run over HTTP: it writes nothing on either side, not even the fields that a run needs.
@Suite struct DryRunTests {
  @Test func `a dry run before the link fields stand makes none, and plans as a run would`() throws
  {
    let folder = try TemporaryFolder()
    _ = try Program.run("sandbox", "seed", in: folder)
    try Program.withSandbox(in: folder) { address in
      try folder.write(SampleConfiguration.sandbox(at: address), to: "dynsync.yaml")

      let dry = try Program.run("run", "--dry-run", in: folder)
      let planned = try planned(in: folder)
      let made = try Program.run("init", "--provision", in: folder)
      let again = try Program.run("run", "--dry-run", in: folder)

      #expect([dry.status, again.status] == [0, 0])
      #expect(planned == (try self.planned(in: folder)))
      #expect(planned.contains("lead,marketo,create"))
      #expect(planned.contains("lead,marketo,update"))
      #expect(
        made.output == """
          Marketo: dynamicsId made
          Marketo: dynamicsType made
          Marketo: dynamicsIsDeleted made
          Marketo: dynamicsSyncAs made

          """)
      #expect(try Program.run("run", in: folder).status == 2)
      let keys = try Program.run(
        "query", "--format", "csv",
        """
        SELECT count(*) AS persons, count(dynamicsId) AS keys FROM marketo_person
        JOIN link ON marketo_id = id AND state = 'active'
        """, in: folder)
      #expect(keys.output == "persons,keys\r\n483,483\r\n")
    }
  }

  private func planned(in folder: TemporaryFolder) throws -> String {
    try Program.run(
      "query", "--format", "csv",
      """
      SELECT entity, side, action, count(*) AS operations,
        (SELECT count(*) FROM operation_field JOIN operation USING (operation_id)
         WHERE entity = o.entity) AS fields
      FROM operation AS o WHERE status = 'planned' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      """, in: folder
    ).output
  }
}
