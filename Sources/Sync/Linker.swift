import Model
import Store

/// Decides which Marketo record a Dynamics record is: a pure function of what was found.
///
/// By key first, then by the request that made it, then by e-mail where exactly one unlinked record stands on each side. More than one
/// candidate is never guessed.
public struct Linker: Sendable {
  public var match: [Lookup]

  public init(match: [Lookup]) { self.match = match }

  /// What was found out about the records that are looked at together.
  public struct Findings: Sendable {
    /// Marketo records that carry a key of one of the records.
    public var byKey: [String: [Record]] = [:]
    /// The persons at whose request the records were made.
    public var byRequest: [String: Record] = [:]
    /// Marketo records for each e-mail address.
    public var byEmail: [String: [Record]] = [:]
    /// Unlinked Dynamics records for each e-mail address, leads and contacts together.
    public var unlinkedByEmail: [String: [String]] = [:]
    /// Active links of the Marketo records that were found.
    public var linksByMarketo: [String: Link] = [:]
    /// Links of the Dynamics records that the records point to.
    public var linksByDynamics: [String: Link] = [:]
    /// Dynamics records that live, of those that found Marketo records claim to be.
    public var livingKeys: Set<String> = []
    /// Dynamics records that are held, of those that the records point to.
    public var held: Set<String> = []
    /// Where merged records live on.
    public var mergeSurvivors: [String: String] = [:]

    public init() {}
  }

  public func decide(_ row: MirrorRow, of entity: Entity, _ findings: Findings) -> LinkDecision {
    let record = row.record
    let id = record.id.text
    if record.facts.mergedInto != nil {
      let survivor = findings.mergeSurvivors[id] ?? record.facts.mergedInto?.text ?? id
      return .settle(dynamicsID: id, state: .merged, survivor: survivor)
    }
    if let contact = record.facts.convertedTo {
      return findings.held.contains(contact.text)
        ? .settle(dynamicsID: id, state: .converted, survivor: contact.text)
        : .wait(dynamicsID: id)
    }
    if let lead = record.facts.originatingLead,
      let link = findings.linksByDynamics[lead.text], link.state == .active
    {
      return .takeOver(contact: id, lead: lead.text)
    }
    return byKey(record, findings) ?? byRequest(record, findings) ?? byEmail(record, findings)
      ?? .create(dynamicsID: id)
  }

  private func byRequest(_ record: Record, _ findings: Findings) -> LinkDecision? {
    guard let person = findings.byRequest[record.id.text], isFree(person, findings) else {
      return nil
    }
    return .link(dynamicsID: record.id.text, person: person, how: .request)
  }

  private func byKey(_ record: Record, _ findings: Findings) -> LinkDecision? {
    let id = record.id.text
    let found = findings.byKey[id] ?? []
    if found.count > 1 {
      return .ambiguous(
        dynamicsID: id, candidates: found.map(\.id).sorted(),
        message: "\(found.count) Marketo records carry its key; merge them, or clear the key of all"
          + " but one")
    }
    guard let person = found.first else { return nil }
    if let link = findings.linksByMarketo[person.id.text] {
      return .ambiguous(
        dynamicsID: id, candidates: [person.id],
        message: "the Marketo record that carries its key is linked to \(link.entity)"
          + " \(link.dynamicsID); clear the key that was copied")
    }
    return .link(dynamicsID: id, person: person, how: .key)
  }

  private func byEmail(_ record: Record, _ findings: Findings) -> LinkDecision? {
    guard match.contains(.email), let email = record.facts.email else { return nil }
    let requested = Set(findings.byRequest.values.map(\.id))
    let persons = (findings.byEmail[email] ?? []).filter {
      isFree($0, findings) && !requested.contains($0.id)
    }
    guard !persons.isEmpty else { return nil }
    let rivals = findings.unlinkedByEmail[email] ?? []
    let id = record.id.text
    if persons.count == 1, rivals.allSatisfy({ $0 == id }) {
      return .link(dynamicsID: id, person: persons[0], how: .email)
    }
    let others = rivals.filter { $0 != id }.map(RecordID.dynamics)
    return .ambiguous(
      dynamicsID: id, candidates: persons.map(\.id).sorted() + others,
      message: "\(persons.count) Marketo and \(others.count + 1) Dynamics records have its e-mail"
        + " address; merge the duplicates, or write the record's id into the key field of the"
        + " right one")
  }

  /// Whether a Marketo record stands for nobody yet.
  private func isFree(_ person: Record, _ findings: Findings) -> Bool {
    guard findings.linksByMarketo[person.id.text] == nil else { return false }
    guard let key = person.facts.key else { return true }
    return !findings.livingKeys.contains(key)
  }
}
