/// What is true of a record beside its selected fields, in dynsync's words: connectors translate the
/// vendors' columns into facts, and deciding looks at facts alone.
///
/// A fact that a side does not have stays at its default.
public struct Facts: Hashable, Sendable {
  /// The e-mail address for matching: trimmed and in lower case.
  public var email: String?
  /// The record's life stage in Dynamics.
  public var state: State
  /// Who owns it: a user or a team.
  public var owner: Reference?
  /// The account that it belongs to.
  public var account: RecordID?
  /// The account or person that it hangs on.
  ///
  /// An opportunity's customer, an account's parent, the person at the other end of an opportunity's
  /// connection, or what the configured look-up of a custom table points to.
  public var parent: Reference?
  /// For a connection or a role: the opportunity that it belongs to.
  public var opportunity: RecordID?
  /// For a connection: the id of the connection role that the person has; for a role: its text.
  public var role: String?
  /// For an opportunity: the estimated value before it is closed, the actual one after.
  public var amount: ExactDecimal?
  /// For an opportunity: the step of the sales process while it is open, else how it was closed.
  public var stage: String?
  /// The record that it was merged into; the chain is followed by who decides.
  public var mergedInto: RecordID?
  /// For a contact: the lead that it was made from.
  public var originatingLead: RecordID?
  /// For a qualified lead: the contact that it became.
  public var convertedTo: RecordID?
  /// `false` only where the filter column says an explicit No.
  public var isIncluded: Bool
  /// For a Marketo record: the Dynamics key that it carries.
  public var key: String?
  /// For a Marketo person: the entity that it says to be (`lead`, `contact`).
  public var type: String?
  /// For a Marketo person: the wish to become a Dynamics record (*Sync Person*).
  public var syncAs: String?
  /// When and by whom it was last changed: labels for people, never a reason for a direction.
  public var changedAt: Instant?
  public var changedBy: String?

  /// The life stage of a Dynamics record.
  public enum State: String, Sendable, Hashable {
    case active
    case inactive
    /// A lead that was qualified.
    case qualified
    /// An opportunity that was closed as won.
    case won
    /// An opportunity that was closed as lost.
    case lost
  }

  public init(
    email: String? = nil, state: State = .active, owner: Reference? = nil,
    account: RecordID? = nil, parent: Reference? = nil, opportunity: RecordID? = nil,
    role: String? = nil, amount: ExactDecimal? = nil, stage: String? = nil,
    mergedInto: RecordID? = nil, originatingLead: RecordID? = nil,
    convertedTo: RecordID? = nil, isIncluded: Bool = true, key: String? = nil,
    type: String? = nil, syncAs: String? = nil, changedAt: Instant? = nil, changedBy: String? = nil
  ) {
    self.email = email
    self.state = state
    self.owner = owner
    self.account = account
    self.parent = parent
    self.opportunity = opportunity
    self.role = role
    self.amount = amount
    self.stage = stage
    self.mergedInto = mergedInto
    self.originatingLead = originatingLead
    self.convertedTo = convertedTo
    self.isIncluded = isIncluded
    self.key = key
    self.type = type
    self.syncAs = syncAs
    self.changedAt = changedAt
    self.changedBy = changedBy
  }
}
