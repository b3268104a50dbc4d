import Store

/// Fills a database with contacts that are linked and in step, without the engine.
///
/// The tables stand already: a run over empty services made them.
enum LinkedContacts {
  static func fill(_ store: Store, count: Int) throws {
    try store.withConnection { handle in
      try RawConnection.execute("BEGIN", on: handle)
      for statement in statements(count) { try RawConnection.execute(statement, on: handle) }
      try RawConnection.execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)", on: handle)
    }
  }

  private static let id = "printf('%08x-0000-4000-a000-%012x', i, i)"
  private static let tracking = "'h', 1, 1, 1, i, 0"
  private static let trackingColumns =
    "_hash, _first_seen, _last_seen, _last_changed, _change, _is_dirty"

  private static func statements(_ count: Int) -> [String] {
    let numbers =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))"
    let values = [
      ("emailaddress1", "email", "'p' || i || '@firm.example'"),
      ("firstname", "firstName", "'First ' || i"), ("lastname", "lastName", "'Last ' || i"),
      ("jobtitle", "title", "'Head of Purchasing'"), ("telephone1", "phone", "'+49 30 ' || i"),
      ("address1_city", "city", "'City ' || (i % 300)"),
      ("address1_country", "country", "'Germany'"),
    ]
    let texts = values.map(\.2).joined(separator: ", ")
    let bases = values.map { "\($0.0)__\($0.1)" }
    let derived = [
      ("_key__dynamicsId", id), ("_type__dynamicsType", "'contact'"),
      ("_is_deleted__dynamicsIsDeleted", "'false'"), ("_account__externalCompanyId", "''"),
    ]
    let pairs = Array(zip(bases, values.map(\.2))) + derived
    return [
      """
      \(numbers) INSERT INTO dynamics_contact (contactid, _email, \(trackingColumns),
        \(values.map(\.0).joined(separator: ", ")))
      SELECT \(id), 'p' || i || '@firm.example', \(tracking), \(texts) FROM n
      """,
      """
      \(numbers) INSERT INTO marketo_person (id, _email, _key, _type, \(trackingColumns), dynamicsId,
        dynamicsType, dynamicsIsDeleted, \(values.map(\.1).joined(separator: ", ")))
      SELECT CAST(i AS TEXT), 'p' || i || '@firm.example', \(id), 'contact', \(tracking), \(id),
        'contact', 0, \(texts) FROM n
      """,
      """
      \(numbers) INSERT INTO link (link_id, entity, dynamics_id, marketo_id, state, how, linked_at,
        changed_at, run_id)
      SELECT i, 'contact', \(id), CAST(i AS TEXT), 'active', 'key', '2026-01-01T00:00:00Z',
        '2026-01-01T00:00:00Z', 1 FROM n
      """,
      """
      \(numbers) INSERT INTO base_contact (link_id,
        \(pairs.flatMap { ["\"\($0.0)__dynamics\"", "\"\($0.0)__marketo\""] }.joined(separator: ", ")))
      SELECT i, \(pairs.flatMap { [$0.1, $0.1] }.joined(separator: ", ")) FROM n
      """,
      "UPDATE change_sequence SET value = \(count)",
    ]
  }
}
