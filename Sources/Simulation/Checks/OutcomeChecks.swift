import Model
import Store

/// Each outcome that a database knows of is told to its person exactly once.
struct OutcomeChecks: Sendable {
  /// What stands in the logs of all persons.
  let entries: [OutcomeActivity]
  let persons: Set<String>
  /// The databases, the last of which is in use.
  let stores: [Store]

  func violations() throws -> [String] {
    var found: [String] = []
    var standing: [String: Int] = [:]
    for entry in entries { standing[entry.key, default: 0] += 1 }
    found += standing.filter { $0.value > 1 }.map { "told \($0.value) times: \($0.key)" }.sorted()
    var known: Set<String> = []
    for (epoch, store) in stores.enumerated() {
      for row in try store.query("SELECT key, state, marketo_id FROM outcome_activity").texts {
        let (key, state) = (row[0], row[1])
        known.insert(key)
        switch state {
        case "written" where standing[key] == nil: found.append("never told: \(key)")
        case "gone" where standing[key] == nil && persons.contains(row[2]):
          found.append("not told, though its person is there: \(key)")
        case "pending", "sending":
          if epoch == stores.count - 1 { found.append("left untold: \(key)") }
        default: break
        }
      }
    }
    found += standing.keys.filter { !known.contains($0) }.sorted().map { "nobody's outcome: \($0)" }
    guard let store = stores.last else { return found }
    return try found + missed(by: store)
  }

  /// Writes to persons, or for them, of which nothing is told.
  private func missed(by store: Store) throws -> [String] {
    try store.query(
      """
      SELECT DISTINCT log.run_id, log.marketo_id FROM activity_log AS log
      WHERE log.entity IN ('lead', 'contact') AND log.marketo_id IS NOT NULL
        AND log.operation_id IS NOT NULL
        AND log.action IN ('created', 'updated', 'collision', 'first_link', 'rejected')
        AND NOT EXISTS (SELECT 1 FROM outcome_activity AS told
          WHERE told.run_id = log.run_id AND told.marketo_id = log.marketo_id
            AND told.outcome = CASE log.action WHEN 'rejected' THEN 'refused' ELSE 'synced' END)
      """
    ).texts.map { "no activity for run \($0[0]) and person \($0[1])" }
  }
}
