import Testing

@testable import dynsync_cli

/// What `why --at` prints: the past, by the log alone.
@Suite struct MomentExplanationTests {
  private func folder(rows: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db", rows: Self.rows + rows)
    return folder
  }

  private static let heading =
    "lead l1 ↔ Marketo 7001 (active, linked by created on 2026-01-05T09:15:02Z)"

  @Test(arguments: ["2026-01-05", "2026-01-05T10:00:00Z", "2026-01-05T11:00:00+01:00"])
  func `both values, the last decision and the next one are told`(moment: String) throws {
    let ending = try Program.run("why", "7001", "title", "--at", moment, in: folder())

    let asOf = moment.count == 10 ? "2026-01-05T23:59:59Z" : "2026-01-05T10:00:00Z"
    #expect(
      ending.output == """
        \(Self.heading)
        as of \(asOf)

        jobtitle ↔ title
          Dynamics  'Clerk of the works'
          Marketo   'Clerk of the'
          decided   2026-01-05T09:15:02Z  run 1  created
          because   new in dynamics
          written   'Clerk of the works' to Marketo (operation 1, request a#1)
          read back 'Clerk of the'
          next      2026-01-06T09:15:01Z  run 2  collision: \
        Dynamics 'Clerk of the works' → 'Manager'; Marketo 'Clerk of the' → 'Director'

        """)
    #expect([ending.status == 0, ending.errors == ""] == [true, true])
  }

  @Test func `after the last decision nothing is next`() throws {
    let ending = try Program.run("why", "7001", "title", "--at", "2026-02-01", in: folder())

    #expect(
      ending.output == """
        \(Self.heading)
        as of 2026-02-01T23:59:59Z

        jobtitle ↔ title
          Dynamics  'Director'
          Marketo   'Director'
          decided   2026-01-06T09:15:01Z  run 2  collision
          because   marketo wins: the entity's rule
          written   'Director' to Dynamics (operation 2)
          next      nothing since

        """)
  }

  @Test func `before the first decision nothing is known, but the base of the next one`() throws {
    let ending = try Program.run("why", "7001", "--at", "2026-01-01", in: folder())

    #expect(
      ending.output == """
        \(Self.heading)
        as of 2026-01-01T23:59:59Z

        jobtitle ↔ title
          Dynamics  not known
          Marketo   not known
          decided   nothing yet
          next      2026-01-05T09:15:02Z  run 1  created

        fax ↔ fax
          Dynamics  '1'
          Marketo   '1'
          decided   nothing yet
          next      2026-01-06T09:15:02Z  run 2  updated: Dynamics '1' → '2'; Marketo '1', unchanged

        """)
  }

  @Test func `an answer that was pruned says so`() throws {
    let folder = try folder(
      rows: """
        INSERT INTO pruning (at, before, log_rows)
        VALUES ('2026-05-01T00:00:00Z', '2026-01-06T00:00:00Z', 7);

        """)
    let note =
      "of what was decided before 2026-01-06T00:00:00Z the last of each kind is left: "
      + "the rest was pruned on 2026-05-01T00:00:00Z"

    let before = try Program.run("why", "7001", "fax", "--at", "2026-01-01", in: folder)
    let after = try Program.run("why", "7001", "fax", "--at", "2026-01-06", in: folder)
    let whole = try Program.run("why", "7001", "title", in: folder)

    #expect(
      before.output == """
        \(Self.heading)
        as of 2026-01-01T23:59:59Z
        \(note)

        fax ↔ fax
          Dynamics  '1'
          Marketo   '1'
          decided   nothing that is left
          next      2026-01-06T09:15:02Z  run 2  updated: Dynamics '1' → '2'; Marketo '1', unchanged

        """)
    #expect(!after.output.contains("pruned"))
    #expect(whole.output.hasPrefix("\(Self.heading)\n\(note)\n\n"))
  }

  @Test func `the decisions are told as JSON`() throws {
    let ending = try Program.run("why", "7001", "fax", "--json", in: folder())

    #expect(
      ending.output == """
        [
        {"seq":3,"run_id":2,"at":"2026-01-06T09:15:02Z","entity":"lead","dynamics_id":"l1",\
        "marketo_id":"7001","action":"updated","side":"marketo","field":"fax__fax",\
        "dynamics_base":"1","dynamics_value":"2","marketo_base":"1","marketo_value":"1",\
        "written_value":"2","winner":"dynamics","rule":"changed in dynamics","operation_id":3,\
        "operation_status":"applied","stored_value":"2","error_code":null,"request_id":null,\
        "message":null}
        ]

        """)
  }

  private static let rows = """
    INSERT INTO run (run_id, started_at, version) VALUES
      (1, '2026-01-05T09:15:00Z', '0.1.0'), (2, '2026-01-06T09:15:00Z', '0.1.0');
    INSERT INTO link (link_id, entity, dynamics_id, marketo_id, state, how, linked_at, changed_at,
      run_id)
    VALUES (1, 'lead', 'l1', '7001', 'active', 'created', '2026-01-05T09:15:02Z',
      '2026-01-05T09:15:02Z', 1);
    INSERT INTO operation (operation_id, run_id, entity, dynamics_id, side, action, create_key,
      status)
    VALUES (1, 1, 'lead', 'l1', 'marketo', 'create', 'l1', 'applied'),
      (2, 2, 'lead', 'l1', 'dynamics', 'update', NULL, 'applied'),
      (3, 2, 'lead', 'l1', 'marketo', 'update', NULL, 'applied');
    INSERT INTO operation_field (operation_id, pair, field, source_value, sent_value, stored_value,
      action, rule)
    VALUES
      (1, 'jobtitle__title', 'title', 'Clerk of the works', 'Clerk of the works', 'Clerk of the',
        'created', ''),
      (2, 'jobtitle__title', 'jobtitle', 'Director', 'Director', 'Director', 'collision', ''),
      (3, 'fax__fax', 'fax', '2', '2', '2', 'updated', '');
    INSERT INTO activity_log (run_id, at, entity, dynamics_id, marketo_id, action, side, field,
      dynamics_base, dynamics_value, marketo_base, marketo_value, written_value, winner, rule,
      operation_id, request_id)
    VALUES
      (1, '2026-01-05T09:15:02Z', 'lead', 'l1', '7001', 'created', 'marketo', NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, 'new in dynamics', 1, 'a#1'),
      (2, '2026-01-06T09:15:01Z', 'lead', 'l1', '7001', 'collision', 'dynamics',
        'jobtitle__title', 'Clerk of the works', 'Manager', 'Clerk of the', 'Director', 'Director',
        'marketo', 'marketo wins: the entity''s rule', 2, NULL),
      (2, '2026-01-06T09:15:02Z', 'lead', 'l1', '7001', 'updated', 'marketo', 'fax__fax',
        '1', '2', '1', '1', '2', 'dynamics', 'changed in dynamics', 3, NULL);

    """
}
