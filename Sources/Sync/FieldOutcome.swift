import Model

/// What is decided for one pair of fields.
public enum FieldOutcome: Hashable, Sendable {
  /// Nothing is done.
  case keep(because: Reason)
  /// Both sides hold the same: the bases advance.
  case agree(because: Reason)
  /// `side` gets the other side's value.
  case write(to: Side, because: Reason)
  /// Nobody wins: a person must decide, or mend the value.
  case unsettled(because: Reason, side: Side)
}

/// Why an outcome was chosen; its words are stored as `rule` in the log.
public enum Reason: Hashable, Sendable {
  case unchanged
  case equal
  case changed(Side)
  /// Both were new to each other, and only one side had a value.
  case filled(from: Side)
  /// Both sides changed the field, or met with different values; a rule chose.
  case won(Side, by: Rule)
  /// The value would have to go where the pair does not go.
  case directionBlocked
  /// The value in Marketo is dynsync's own and was altered there.
  case enforced
  /// The record changed in Dynamics, and such records are written whole.
  case writtenWhole
  case companyField
  case refusedBefore
  case manual
  case untranslatable
  /// What the value is derived from has no counterpart yet.
  case waiting
  /// Marketo cannot take a person out of a company.
  case cannotDetach
  /// The person's wish to become a Dynamics record is granted, or was before.
  case requestGranted
  case requested

  /// What chose the winner.
  public enum Rule: String, Hashable, Sendable {
    case entity = "the entity's rule"
    case field = "the field's rule"
    case nonEmpty = "a value wins over none"
    case trueWins = "true wins"
    case direction = "the field goes one way"
  }

  /// The words for people and for the log.
  public var text: String {
    switch self {
    case .unchanged: "unchanged"
    case .equal: "both sides hold the same"
    case .changed(let side): "changed in \(side)"
    case .filled(let side): "first link: only \(side) had a value"
    case .won(let side, let rule): "\(side) wins: \(rule.rawValue)"
    case .directionBlocked: "the field does not go that way"
    case .enforced: "dynsync's own field was altered in marketo"
    case .writtenWhole: "dynamics wins: the entity is written whole"
    case .companyField: "the field belongs to the company"
    case .refusedBefore: "refused before, and not changed since"
    case .manual: "the field's rule leaves it to a person"
    case .untranslatable: "the other side has no word for the value"
    case .waiting: "waiting for what it is derived from"
    case .cannotDetach: "marketo cannot take a person out of a company"
    case .requestGranted: "the record is linked: the request is cleared"
    case .requested: "requested: new in marketo"
    }
  }

  /// The side whose value was taken, where both had one to offer.
  public var winner: Side? {
    switch self {
    case .won(let side, _): side
    case .writtenWhole: .dynamics
    default: nil
    }
  }
}
