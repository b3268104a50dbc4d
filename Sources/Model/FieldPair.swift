/// Two fields, one on each side, that are kept equal.
///
/// A Marketo field is in one pair of an entity at most; a Dynamics field may feed several Marketo
/// fields, of which one pair goes both ways.
public struct FieldPair: Hashable, Sendable {
  public var source: Source
  public var marketo: FieldName
  public var direction: Direction
  /// The pair's own winner of a collision; `nil` leaves it to the entity's.
  public var winner: Winner?

  /// What stands on the Dynamics side of a pair.
  public enum Source: Hashable, Sendable {
    case field(FieldName)
    /// A value that is derived from the record's facts and links.
    case derived(Derivation)
  }

  public init(
    _ dynamics: FieldName, _ marketo: FieldName, direction: Direction = .both,
    winner: Winner? = nil
  ) {
    self.init(.field(dynamics), marketo, direction: direction, winner: winner)
  }

  public init(
    _ source: Source, _ marketo: FieldName, direction: Direction, winner: Winner? = nil
  ) {
    self.source = source
    self.marketo = marketo
    self.direction = direction
    self.winner = winner
  }

  /// The pair's name in the database: both field names, as in `jobtitle__title`.
  public var name: String { "\(sourceName)__\(marketo)" }

  /// The Dynamics field's name, or the derivation's with an underscore before it.
  public var sourceName: String {
    switch source {
    case .field(let field): field.rawValue
    case .derived(let derivation): "_\(derivation.rawValue)"
    }
  }

  /// The pair's field on `side`; `nil` for the Dynamics side of a derived pair.
  public func field(on side: Side) -> FieldName? {
    switch (side, source) {
    case (.marketo, _): marketo
    case (.dynamics, .field(let field)): field
    case (.dynamics, .derived): nil
    }
  }
}

/// What a derived value is made from.
public enum Derivation: String, Sendable, Hashable, CaseIterable {
  /// The Dynamics record's own id.
  case key
  /// The entity's name.
  case type
  /// Whether the record is gone in Dynamics.
  case isDeleted = "is_deleted"
  /// The link of the record's owner.
  case owner
  /// The link of the record's account; of an opportunity's customer, or of that contact's account.
  case account
  /// The link of the account or person that a custom record hangs on.
  case parent
  /// The link of a role's opportunity.
  case opportunity
  /// The link of a role's person.
  case person
  /// A role's text.
  case role
  /// An opportunity's estimated or actual value.
  case amount
  /// An opportunity's step, or how it was closed.
  case stage
  case isClosed = "is_closed"
  case isWon = "is_won"
  /// Nothing: a wish to become a Dynamics record is cleared once it is granted.
  case syncAs = "sync_as"

  /// Whether a value that was changed in Marketo is put right at once.
  ///
  /// The others are one-way like
  /// any field: an edit in Marketo stays until Dynamics changes.
  public var isEnforced: Bool {
    switch self {
    case .key, .type, .isDeleted, .syncAs: true
    case .owner, .account, .parent, .opportunity, .person, .role, .amount, .stage, .isClosed,
      .isWon:
      false
    }
  }

  /// What kind of value it gives.
  public var type: FieldType {
    switch self {
    case .isDeleted, .isClosed, .isWon: .boolean
    case .amount: .decimal
    case .key, .type, .owner, .account, .parent, .opportunity, .person, .role, .stage, .syncAs:
      .text
    }
  }
}

/// The way in which changes go.
public enum Direction: String, Sendable, Hashable, CaseIterable {
  case both
  case toMarketo = "to_marketo"
  case toDynamics = "to_dynamics"

  /// Whether a change may be written to `side`.
  public func allows(writingTo side: Side) -> Bool {
    switch self {
    case .both: true
    case .toMarketo: side == .marketo
    case .toDynamics: side == .dynamics
    }
  }
}

/// Who wins when both sides changed the same field to different values.
public enum Winner: String, Sendable, Hashable, CaseIterable {
  case dynamics
  case marketo
  /// A value wins over none; two values are left to the entity's winner.
  case nonEmpty = "non_empty"
  /// *True* wins over anything, so that an opt-out is never undone by a rule.
  case trueWins = "true_wins"
  /// Nobody: the field waits for a person.
  case manual
}
