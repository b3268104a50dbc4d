import Model
import Store

/// Looks whether links followed the persons that were merged in Marketo.
struct MergeChecks {
  let sides: EndState
  let store: Store
  let stores: [Store]

  /// A record whose person lives on in another, which is nobody else's, is linked to that one.
  func violations() throws -> [String] {
    guard stores.count == 1 else { return [] }
    let links = try store.query("SELECT dynamics_id, marketo_id, state FROM link").texts
    let active = Set(links.filter { $0[2] == "active" }.map { $0[0] })
    let known = Set(links.map { $0[1] })
    let listed = Set(
      try store.query("SELECT DISTINCT dynamics_id FROM sync_error").texts.map { $0[0] })
    return links.compactMap { link in
      guard link[2] == "deleted", !active.contains(link[0]), !listed.contains(link[0]),
        isLiving(link[0]), let winner = sides.survivor(of: link[1]), !known.contains(winner)
      else { return nil }
      return "\(link[0]) lost its person \(link[1]), which lives on as \(winner)"
    }
  }

  private func isLiving(_ id: String) -> Bool {
    guard
      let facts = [ObjectType.lead, .contact].compactMap({ sides.dynamics[$0]?[id] }).first?.facts
    else { return false }
    return facts.isIncluded && facts.mergedInto == nil && facts.convertedTo == nil
  }
}
