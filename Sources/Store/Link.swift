import Model

/// Which Dynamics record is which Marketo record.
public struct Link: Hashable, Sendable {
  public var id: Int64
  public var entity: Entity
  public var dynamicsID: String
  /// `nil` where the record never had a counterpart.
  public var marketoID: String?
  public var state: State
  /// Converted or merged: the Dynamics record that lives on, where it is known.
  public var survivorID: String?

  public enum State: String, Hashable, Sendable {
    /// Kept in step.
    case active
    /// A lead that became a contact: the contact's link goes on.
    case converted
    /// A record that was merged into another, whose link goes on.
    case merged
    /// One of the two records is gone.
    case deleted
    /// A person took the link away.
    case unlinked
  }

  /// What made a link.
  public enum How: String, Hashable, Sendable {
    case key
    case email
    case created
    case conversion
    case merge
    case request
  }

  public init(
    id: Int64, entity: Entity, dynamicsID: String, marketoID: String?, state: State,
    survivorID: String? = nil
  ) {
    self.id = id
    self.entity = entity
    self.dynamicsID = dynamicsID
    self.marketoID = marketoID
    self.state = state
    self.survivorID = survivorID
  }
}

/// What is to be done about one Dynamics record that has no link yet.
public enum LinkDecision: Hashable, Sendable {
  /// Both stand and are the same.
  case link(dynamicsID: String, person: Model.Record, how: Link.How)
  /// The contact is the lead's conversion and goes on with the lead's counterpart.
  case takeOver(contact: String, lead: String)
  /// The record lives on as `survivor` and gets no counterpart of its own.
  case settle(dynamicsID: String, state: Link.State, survivor: String)
  /// More than one record could be meant: a person must decide.
  case ambiguous(dynamicsID: String, candidates: [RecordID], message: String)
  /// Nothing stands on the other side: it is created.
  case create(dynamicsID: String)
  /// Not decided in this run, because what it depends on is not known yet.
  case wait(dynamicsID: String)
}

extension LinkDecision {
  /// The Marketo record that is to be linked, as it was found.
  var person: Model.Record? {
    if case .link(_, let person, _) = self { person } else { nil }
  }
}
