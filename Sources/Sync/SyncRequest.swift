import Model
import Store

/// The wish of a person at the command line that a Marketo person becomes a Dynamics record.
public struct SyncRequest: Hashable, Sendable {
  /// The Marketo person.
  public var person: RecordID
  /// What it is to become: a lead or a contact.
  public var entity: Entity
  /// The user that the new record is to belong to, by id or e-mail address; `nil` leaves it to
  /// Dynamics.
  public var assignTo: String?

  public init(person: RecordID, entity: Entity, assignTo: String? = nil) {
    self.person = person
    self.entity = entity
    self.assignTo = assignTo
  }
}

/// What became of one ``SyncRequest``.
public struct RequestOutcome: Hashable, Sendable {
  public var person: RecordID
  /// What it was to become.
  public var entity: Entity
  public var outcome: Outcome

  public enum Outcome: Hashable, Sendable {
    case created(RecordID)
    /// It was made without a value that Dynamics refused.
    case createdInPart(RecordID, code: String, message: String)
    /// No record was made: the person is that one, which stood already, and was linked to it.
    case linked(Entity, RecordID, by: Link.How)
    /// Nothing was done: the person is linked to that record already.
    case alreadyLinked(Entity, RecordID)
    /// Dynamics refused the record.
    case refused(code: String, message: String)
    /// Marketo has no such person.
    case unknownPerson
    /// It is not done yet, for the reason.
    case waiting(String)
  }

  public init(person: RecordID, entity: Entity, outcome: Outcome) {
    self.person = person
    self.entity = entity
    self.outcome = outcome
  }
}
