import Migrations
import Store
import Testing

/// A database as runs leave it: one linked lead with a history, and one that has no link.
enum SampleDatabase {
  static let lead = "4b1c0d2e-0000-4000-8000-000000000001"
  static let other = "4b1c0d2e-0000-4000-8000-000000000002"

  /// Makes the file, with `rows` put in behind the schema's last step.
  static func make(at path: String, rows: String = SampleDatabase.rows) throws {
    var last = try #require(MigrationStep.all.last)
    last.sql += rows
    try Store(path: path).migrate(steps: MigrationStep.all.dropLast() + [last])
  }

  /// Makes the file as a newer dynsync would.
  static func makeNewer(at path: String) throws {
    var future = try #require(MigrationStep.all.last)
    future.name = "9999_future"
    future.sql = "CREATE TABLE future (id INTEGER) STRICT"
    try Store(path: path).migrate(steps: MigrationStep.all + [future])
  }

  private static let rows = """
    INSERT INTO run (run_id, started_at, version) VALUES
      (1, '2026-01-05T09:15:00Z', '0.1.0'), (2, '2026-01-06T09:15:00Z', '0.1.0');
    INSERT INTO entity_rule VALUES
      ('lead', 'lead', 'person', 'both', 'marketo', 'on_request', 'keep', 3);
    CREATE TABLE dynamics_lead (leadid TEXT, _email TEXT) STRICT;
    CREATE TABLE marketo_person (id TEXT, _email TEXT) STRICT;
    INSERT INTO dynamics_lead VALUES ('\(lead)', 'ines@park.example'), ('\(other)', NULL);
    INSERT INTO link (link_id, entity, dynamics_id, marketo_id, state, how, linked_at, changed_at,
      run_id)
    VALUES (1, 'lead', '\(lead)', '7001', 'active', 'email', '2026-01-05T09:15:02Z',
      '2026-01-05T09:15:02Z', 1);
    INSERT INTO activity_log (run_id, at, entity, dynamics_id, marketo_id, action, side, field,
      dynamics_base, dynamics_value, marketo_base, marketo_value, written_value, winner, rule,
      operation_id, error_code, request_id, message)
    VALUES
      (1, '2026-01-05T09:15:02Z', 'lead', '\(lead)', '7001', 'linked', NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, 'match by email', NULL, NULL, NULL, NULL),
      (1, '2026-01-05T09:15:03Z', 'lead', '\(lead)', '7001', 'first_link', 'marketo', 'fax__fax',
        NULL, '+1 555 0100', NULL, NULL, '+1 555 0100', 'dynamics',
        'first link: only dynamics had a value', 1, NULL, 'a#1', NULL),
      (2, '2026-01-06T09:15:01Z', 'lead', '\(lead)', '7001', 'collision', 'dynamics',
        'jobtitle__title', 'Clerk', 'Manager', 'Clerk', 'Director' || char(10) || 'of sales',
        'Director' || char(10) || 'of sales', 'marketo', 'marketo wins: the entity''s rule', 2,
        NULL, NULL, NULL),
      (2, '2026-01-06T09:15:01Z', 'lead', '\(lead)', '7001', 'updated', 'marketo', 'fax__fax',
        '+1 555 0100', NULL, '+1 555 0100', '+1 555 0100', NULL, 'dynamics',
        'changed in dynamics', 3, NULL, 'a#2', NULL),
      (2, '2026-01-06T09:15:02Z', 'lead', '\(lead)', '7001', 'normalised', 'marketo',
        'revenue__annualRevenue', NULL, NULL, NULL, '10', '10.00', NULL,
        'marketo stores another form of what it was sent', 3, NULL, 'a#2', NULL),
      (2, '2026-01-06T09:15:03Z', 'lead', '\(lead)', '7001', 'rejected', 'dynamics',
        'telephone1__phone', NULL, NULL, NULL, NULL, '+1', NULL, 'refused by dynamics', 4,
        '0x80040265', 'b-3', 'A validation error occurred.');

    """
}
