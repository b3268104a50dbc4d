import Model
import Store

/// The records that a restricted run deals with; all others are left as they are.
struct Focus: Hashable, Sendable {
  /// Dynamics ids; the roles of an opportunity in it are in it.
  var dynamics: Set<String> = []
  /// Asked-for persons that Marketo does not have.
  var unknownPersons: Set<String> = []
  /// Who asked-for records are assigned to, by the person's id.
  var assignments: [String: Assignment] = [:]

  /// One request of the command line, with its owner looked up.
  struct Assignment: Hashable, Sendable {
    var request: SyncRequest
    var owner: Reference?
  }

  func contains(_ row: MirrorRow) -> Bool {
    let id = row.record.id.text
    if dynamics.contains(id) { return true }
    guard let opportunity = row.record.facts.opportunity?.text else { return false }
    return dynamics.contains(opportunity)
  }
}
