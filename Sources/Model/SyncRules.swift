/// The configuration as deciding sees it.
public struct SyncRules: Hashable, Sendable {
  /// In the order in which they are written: what others point to comes first.
  public var entities: [EntityRule]
  /// What records are matched by, in this order.
  public var match: [Lookup]
  public var merge: MergePolicy
  public var limits: Limits
  /// Objects of Dynamics that are mirrored without being kept in step, with their selected fields.
  public var mirrored: [ObjectType: [FieldName]]
  /// Whether what became of changes is told to persons' own logs in Marketo.
  public var logsActivities: Bool

  public init(
    entities: [EntityRule], match: [Lookup] = [.key, .email], merge: MergePolicy = .flag,
    limits: Limits = Limits(), mirrored: [ObjectType: [FieldName]] = [:],
    logsActivities: Bool = false
  ) {
    self.entities = entities
    self.match = match
    self.merge = merge
    self.limits = limits
    self.mirrored = mirrored
    self.logsActivities = logsActivities
  }

  public func rule(for entity: Entity) -> EntityRule? { entities.first { $0.entity == entity } }
}

/// What happens to two persons of whom one became the other in Dynamics.
public enum MergePolicy: String, Sendable, Hashable, CaseIterable {
  /// They are listed, and a person merges them.
  case flag
  /// dynsync merges them in Marketo.
  case merge
}

/// How much one run may change in one entity before a person must agree.
public struct Limits: Hashable, Sendable {
  public var updates: Share
  public var creates: Share
  /// Values of one field that become empty.
  public var emptied: Int
  public var deletes: Int

  /// The larger of a share of the linked records and a fixed number.
  public struct Share: Hashable, Sendable {
    public var percent: Int
    public var atLeast: Int

    public init(percent: Int, atLeast: Int) {
      self.percent = percent
      self.atLeast = atLeast
    }

    public func limit(among count: Int) -> Int { max(atLeast, count * percent / 100) }
  }

  public init(
    updates: Share = Share(percent: 20, atLeast: 50),
    creates: Share = Share(percent: 20, atLeast: 200), emptied: Int = 25, deletes: Int = 100
  ) {
    self.updates = updates
    self.creates = creates
    self.emptied = emptied
    self.deletes = deletes
  }
}
