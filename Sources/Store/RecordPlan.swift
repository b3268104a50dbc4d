import Model

/// What is decided for one record: the outcome of planning, ready to be stored and carried out.
public struct RecordPlan: Hashable, Sendable {
  public var entity: Entity
  public var dynamicsID: String
  public var marketoID: String?
  public var link: Int64?
  /// The change numbers of the mirror rows that were looked at; `nil` where there is none.
  public var dynamicsChange: Int64?
  public var marketoChange: Int64?
  /// Pairs that agree without a write: their bases move.
  public var agreed: [AgreedField] = []
  public var operations: [PlannedOperation] = []
  public var dependencies: [PlannedDependency] = []
  /// Fields that wait for a person.
  public var unsettled: [UnsettledField] = []
  /// What is not written because it was refused before: its errors stay.
  public var refused: [Refusal] = []
  /// What was left alone for a reason that people should see in the log.
  public var skipped: [SkippedField] = []
  /// What is not written as it was in vain at each of the last runs: a person must look.
  public var paused: [Comeback] = []
  /// Why the link ends without a write; `nil` while it goes on.
  public var ends: String?

  public init(
    entity: Entity, dynamicsID: String, marketoID: String?, link: Int64?, dynamicsChange: Int64?,
    marketoChange: Int64?
  ) {
    self.entity = entity
    self.dynamicsID = dynamicsID
    self.marketoID = marketoID
    self.link = link
    self.dynamicsChange = dynamicsChange
    self.marketoChange = marketoChange
  }
}

/// A pair that both sides hold alike.
public struct AgreedField: Hashable, Sendable {
  public var pair: String
  public var dynamics: Value
  public var marketo: Value
  /// The base before; `nil` at a first link.
  public var base: Base?

  public init(pair: String, dynamics: Value, marketo: Value, base: Base?) {
    self.pair = pair
    self.dynamics = dynamics
    self.marketo = marketo
    self.base = base
  }
}

/// One write of a plan.
public struct PlannedOperation: Hashable, Sendable {
  public var side: Side
  public var action: Action
  public var fields: [PlannedField]

  public enum Action: Hashable, Sendable {
    case create(key: String)
    case update(ifVersion: String?)
    /// Removes the record: a role that is no longer derived, or one whose delete is propagated.
    case delete
  }

  public init(side: Side, action: Action, fields: [PlannedField]) {
    self.side = side
    self.action = action
    self.fields = fields
  }

  /// One text for everything that the write would send: the same refused content is not sent again.
  public static func content(of fields: [PlannedField]) -> String {
    fields.map { "\($0.pair)=\($0.sent.canonicalText ?? "")" }.sorted().joined(separator: "\n")
  }
}

/// One field of a write, with everything that it was decided from.
public struct PlannedField: Hashable, Sendable {
  public var pair: String
  public var field: FieldName
  /// What the other side holds: becomes its base.
  public var source: Value
  public var sent: Value
  /// What the written side should hold afterwards.
  public var predicted: Value
  /// What it holds now.
  public var before: Value
  public var base: Base?
  public var action: LogAction
  public var winner: Side?
  public var rule: String
  /// What a derived value was made from, in words; `nil` for what the record itself holds.
  public var origin: String?

  public init(
    pair: String, field: FieldName, source: Value, sent: Value, predicted: Value, before: Value,
    base: Base?, action: LogAction, winner: Side?, rule: String, origin: String? = nil
  ) {
    self.pair = pair
    self.field = field
    self.source = source
    self.sent = sent
    self.predicted = predicted
    self.before = before
    self.base = base
    self.action = action
    self.winner = winner
    self.rule = rule
    self.origin = origin
  }
}

/// A record that a derived value was made from.
public struct PlannedDependency: Hashable, Sendable {
  public var need: DependencyNeed
  public var needed: Reference
  /// Whether the needed record is there; until then the value waits.
  public var isMet: Bool
  /// What was made from it: the Marketo id of its counterpart, or the id of a customer's account.
  public var value: String?

  public init(need: DependencyNeed, needed: Reference, isMet: Bool, value: String? = nil) {
    self.need = need
    self.needed = needed
    self.isMet = isMet
    self.value = value
  }
}

/// What a record needs another one for; the first five are derivations of the same name.
public enum DependencyNeed: String, Hashable, Sendable {
  case owner
  case account
  case parent
  case opportunity
  case person
  /// The contact whose account is an opportunity's company: a fact of it, not its link.
  case customer
}

/// A field that no rule settles.
public struct UnsettledField: Hashable, Sendable {
  public enum Trouble: String, Hashable, Sendable {
    case manual
    case untranslatable
  }

  public var pair: String
  public var trouble: Trouble
  /// The side that cannot take the value, or would be written.
  public var side: Side
  public var content: String
  public var message: String

  public init(pair: String, trouble: Trouble, side: Side, content: String, message: String) {
    self.pair = pair
    self.trouble = trouble
    self.side = side
    self.content = content
    self.message = message
  }
}

/// A field that was left alone, with the reason.
public struct SkippedField: Hashable, Sendable {
  public var pair: String
  public var side: Side
  public var rule: String

  public init(pair: String, side: Side, rule: String) {
    self.pair = pair
    self.side = side
    self.rule = rule
  }
}
