/// Everything that is configured for one entity.
public struct EntityRule: Hashable, Sendable {
  public var entity: Entity
  public var dynamics: ObjectType
  public var marketo: ObjectType
  /// The entity's own direction: a pair may be narrower, never wider.
  public var direction: Direction
  /// Who wins a collision where the pair has no rule of its own: one of the two sides.
  public var winner: Winner
  /// The mapped pairs, then the derived ones; each Marketo field once.
  public var pairs: [FieldPair]
  /// When a Marketo record without a counterpart becomes a Dynamics record.
  public var create: CreatePolicy
  public var onDelete: DeletePolicy
  /// How a custom entity's rows hang on others; `nil` for the entities that dynsync knows.
  public var custom: CustomObjectRule?

  public init(
    _ entity: Entity, dynamics: ObjectType, marketo: ObjectType, direction: Direction,
    winner: Winner, pairs: [FieldPair], create: CreatePolicy = .onRequest,
    onDelete: DeletePolicy = .keep, custom: CustomObjectRule? = nil
  ) {
    self.entity = entity
    self.dynamics = dynamics
    self.marketo = marketo
    self.direction = direction
    self.winner = winner
    self.pairs = pairs
    self.create = create
    self.onDelete = onDelete
    self.custom = custom
  }

  /// Whether any change in Dynamics writes all of the record's pairs.
  public var isWrittenWhole: Bool { direction == .toMarketo }

  /// The entity's object on `side`.
  public func object(on side: Side) -> ObjectType { side == .dynamics ? dynamics : marketo }
}

/// When a Marketo record without a counterpart becomes a Dynamics record.
public enum CreatePolicy: String, Sendable, Hashable, CaseIterable {
  /// Only when somebody asks (*Sync Person*).
  case onRequest = "on_request"
  case always
}

/// What happens in Marketo when the Dynamics record is gone.
public enum DeletePolicy: String, Sendable, Hashable, CaseIterable {
  case keep
  case propagate
}
