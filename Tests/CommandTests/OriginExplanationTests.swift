import Testing

@testable import dynsync_cli

/// What `why` prints of values that are derived from other records.
@Suite struct OriginExplanationTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleConfiguration.sandbox(), to: "dynsync.yaml")
    try SampleDatabase.make(at: "\(folder.path)/dynsync.db", rows: Self.rows)
    return folder
  }

  @Test(arguments: ["_account__externalCompanyId", "externalCompanyId"])
  func `why of a company tells the chain to it, then and now`(field: String) throws {
    let ending = try Program.run("why", "o1", field, in: folder())

    #expect(
      ending.output == """
        opportunity o1 ↔ Marketo o1 (active, linked by created on 2026-01-05T09:15:02Z)

        2026-01-05T09:15:02Z  run 1  _account ↔ externalCompanyId: created
          Dynamics  'a1', no base before
          Marketo   (empty), no base before
          because   new in dynamics
          written   'a1' to Marketo (operation 1, request a#1)
          note      customer contact c1 → account a1 ↔ Marketo a1

        2026-01-06T09:15:01Z  run 2  _account ↔ externalCompanyId: updated
          Dynamics  'a1' → 'a2'
          Marketo   'a1', unchanged
          changed   in Dynamics
          because   changed in dynamics
          written   'a2' to Marketo (operation 2)
          note      customer contact c1 → account a2 ↔ Marketo a2

        now  _account ↔ externalCompanyId: derived
          customer  contact c1 ↔ Marketo 7001 (active, linked by email on 2026-01-05T09:15:01Z)
          account   account a2 ↔ Marketo a2 (active, linked by created on 2026-01-05T09:15:00Z)
          gives     'a2'

        """)
    #expect([ending.status == 0, ending.errors == ""] == [true, true])
  }

  @Test func `why tells what a derived value waits for, or why it is empty`() throws {
    let folder = try folder()

    let owner = try Program.run("why", "o1", "externalSalesPersonId", in: folder)
    let unread = try Program.run("why", "o2", in: folder)
    let alone = try Program.run("why", "o3", in: folder)

    #expect(
      owner.output == """
        opportunity o1 ↔ Marketo o1 (active, linked by created on 2026-01-05T09:15:02Z)

        now  _owner ↔ externalSalesPersonId: derived
          owner     team t1, not linked
          waits     for the team to be linked

        """)
    #expect(
      unread.output == """
        opportunity o2, not linked

        now  _account ↔ externalCompanyId: derived
          customer  contact c2, not linked
          waits     for the contact, which was not read yet

        """)
    #expect(
      alone.output == """
        opportunity o3, not linked

        now  _account ↔ externalCompanyId: derived
          customer  contact c3, not linked
          gives     (empty): the contact has no account

        """)
  }

  private static let rows = """
    INSERT INTO run (run_id, started_at, version) VALUES
      (1, '2026-01-05T09:15:00Z', '0.1.0'), (2, '2026-01-06T09:15:00Z', '0.1.0');
    INSERT INTO entity_rule VALUES
      ('opportunity', 'opportunity', 'opportunity', 'to_marketo', 'dynamics', 'never', 'keep', 3);
    INSERT INTO field_rule VALUES
      ('opportunity', '_account__externalCompanyId', '_account', 'externalCompanyId',
        'to_marketo', 'dynamics', 1, NULL),
      ('opportunity', '_owner__externalSalesPersonId', '_owner', 'externalSalesPersonId',
        'to_marketo', 'dynamics', 1, NULL);
    CREATE TABLE dynamics_opportunity (opportunityid TEXT, _email TEXT) STRICT;
    CREATE TABLE marketo_opportunity (externalOpportunityId TEXT, _email TEXT) STRICT;
    INSERT INTO dynamics_opportunity VALUES ('o1', NULL), ('o2', NULL), ('o3', NULL);
    INSERT INTO link (link_id, entity, dynamics_id, marketo_id, state, how, linked_at, changed_at,
      run_id)
    VALUES
      (1, 'account', 'a2', 'a2', 'active', 'created', '2026-01-05T09:15:00Z',
        '2026-01-05T09:15:00Z', 1),
      (2, 'contact', 'c1', '7001', 'active', 'email', '2026-01-05T09:15:01Z',
        '2026-01-05T09:15:01Z', 1),
      (3, 'opportunity', 'o1', 'o1', 'active', 'created', '2026-01-05T09:15:02Z',
        '2026-01-05T09:15:02Z', 1);
    INSERT INTO dependency (dynamics_id, entity, need, needed_object, needed_id, value, state,
      run_id)
    VALUES
      ('o1', 'opportunity', 'account', 'account', 'a2', 'a2', 'met', 2),
      ('o1', 'opportunity', 'customer', 'contact', 'c1', 'a2', 'met', 2),
      ('o1', 'opportunity', 'owner', 'team', 't1', NULL, 'waiting', 2),
      ('o2', 'opportunity', 'customer', 'contact', 'c2', NULL, 'waiting', 2),
      ('o3', 'opportunity', 'customer', 'contact', 'c3', NULL, 'met', 2);
    INSERT INTO operation (operation_id, run_id, entity, dynamics_id, marketo_id, side, action,
      create_key, status)
    VALUES
      (1, 1, 'opportunity', 'o1', NULL, 'marketo', 'create', 'o1', 'applied'),
      (2, 2, 'opportunity', 'o1', 'o1', 'marketo', 'update', NULL, 'applied');
    INSERT INTO operation_field (operation_id, pair, field, source_value, sent_value, stored_value,
      action, rule, origin)
    VALUES
      (1, '_account__externalCompanyId', 'externalCompanyId', 'a1', 'a1', 'a1', 'created',
        'first link: only dynamics had a value', 'customer contact c1 → account a1 ↔ Marketo a1'),
      (1, 'name__name', 'name', 'Big one', 'Big one', 'Big one', 'created',
        'first link: only dynamics had a value', NULL);
    INSERT INTO activity_log (run_id, at, entity, dynamics_id, marketo_id, action, side, field,
      dynamics_base, dynamics_value, marketo_base, marketo_value, written_value, winner, rule,
      operation_id, error_code, request_id, message)
    VALUES
      (1, '2026-01-05T09:15:02Z', 'opportunity', 'o1', 'o1', 'created', 'marketo', NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, 'new in dynamics', 1, NULL, 'a#1', NULL),
      (2, '2026-01-06T09:15:01Z', 'opportunity', 'o1', 'o1', 'updated', 'marketo',
        '_account__externalCompanyId', 'a1', 'a2', 'a1', 'a1', 'a2', NULL, 'changed in dynamics',
        2, NULL, NULL, 'customer contact c1 → account a2 ↔ Marketo a2');

    """
}
