import Model

/// What the database must hold for the configuration and both sides' metadata.
public struct Layout: Hashable, Sendable {
  public var mirrors: [ObjectSchema]
  /// In push order.
  public var entities: [BoundEntity]

  public init(mirrors: [ObjectSchema], entities: [BoundEntity]) {
    self.mirrors = mirrors
    self.entities = entities
  }

  public func schema(_ object: ObjectType) -> ObjectSchema? {
    mirrors.first { $0.object == object }
  }

  public func entity(_ entity: Entity) -> BoundEntity? {
    entities.first { $0.rule.entity == entity }
  }

  /// The entity whose records are this Dynamics object's.
  public func entity(dynamics object: ObjectType) -> BoundEntity? {
    entities.first { $0.rule.dynamics == object }
  }
}

/// One entity with the metadata of its fields.
public struct BoundEntity: Hashable, Sendable {
  public var rule: EntityRule
  public var dynamics: ObjectSchema
  public var marketo: ObjectSchema
  /// The pairs that sync.
  public var pairs: [BoundPair]
  /// The configured pairs that cannot, and why.
  public var stopped: [PairMismatch]

  public init(
    rule: EntityRule, dynamics: ObjectSchema, marketo: ObjectSchema, pairs: [BoundPair],
    stopped: [PairMismatch]
  ) {
    self.rule = rule
    self.dynamics = dynamics
    self.marketo = marketo
    self.pairs = pairs
    self.stopped = stopped
  }

  public var entity: Entity { rule.entity }

  public func schema(on side: Side) -> ObjectSchema { side == .dynamics ? dynamics : marketo }
}
