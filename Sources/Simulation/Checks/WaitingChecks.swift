import Model
import Store

/// Looks whether what records wait for can be waited for: nobody waits for what is there.
struct WaitingChecks {
  let sides: EndState
  let store: Store

  /// A need may stay open where its record's link was ended, or a person must look at it first.
  func violations() throws -> [String] {
    let links = try store.query("SELECT dynamics_id, state FROM link").texts
    let active = Set(links.filter { $0[1] == "active" }.map { $0[0] })
    let ended = Set(links.map { $0[0] })
    let listed = Set(try store.query("SELECT dynamics_id FROM sync_error").texts.map { $0[0] })
    let records = Dictionary(
      sides.dynamics.values.flatMap { $0.map { ($0.key, $0.value) } }
    ) { first, _ in first }
    return try store.query(
      "SELECT entity, dynamics_id, reason FROM backlog WHERE reason LIKE 'waiting for %'"
    ).texts.compactMap { row in
      let words = row[2].split(separator: " ")
      guard words.count > 3 else { return "backlog: \(row.joined(separator: " "))" }
      let needed = String(words[3].prefix { $0 != "," })
      if !active.contains(needed) {
        guard let record = records[needed], record.facts.isIncluded, !listed.contains(needed),
          !ended.contains(needed)
        else { return nil }
      }
      return "\(row[0]) \(row[1]) is \(row[2]), which is there"
    }
  }
}
