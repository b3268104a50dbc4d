import Model

/// What holds for an entity where the configuration says nothing.
struct EntityDefaults: Hashable, Sendable {
  var entity: Entity
  var dynamics: ObjectType
  var marketo: ObjectType
  var direction: Direction
  var winner: Winner
  /// The entity's derived pairs; those that point to an entity which is not synced are left out.
  var derived: [DerivedPair]

  /// Whether a record that is gone in Dynamics may go in Marketo too.
  var canPropagateDeletes: Bool { entity == .opportunity }

  /// The known entities, in the order in which they are written: what others point to comes first.
  static func known(personKey: FieldName) -> [EntityDefaults] {
    [
      EntityDefaults(
        entity: .user, dynamics: .user, marketo: .salesPerson, direction: .toMarketo,
        winner: .dynamics, derived: []),
      EntityDefaults(
        entity: .team, dynamics: .team, marketo: .salesPerson, direction: .toMarketo,
        winner: .dynamics, derived: []),
      EntityDefaults(
        entity: .account, dynamics: .account, marketo: .company, direction: .toMarketo,
        winner: .dynamics, derived: [DerivedPair.owner]),
      EntityDefaults(
        entity: .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
        derived: DerivedPair.person(personKey)),
      EntityDefaults(
        entity: .contact, dynamics: .contact, marketo: .person, direction: .both,
        winner: .dynamics, derived: DerivedPair.person(personKey) + [DerivedPair.account]),
      EntityDefaults(
        entity: .opportunity, dynamics: .opportunity, marketo: .deal, direction: .toMarketo,
        winner: .dynamics, derived: DerivedPair.opportunity),
    ]
  }

  /// The roles of opportunities: no entity of the configuration, but a derived set that comes along.
  static let opportunityRole = EntityDefaults(
    entity: .opportunityRole, dynamics: .derivedRole, marketo: .role, direction: .toMarketo,
    winner: .dynamics, derived: DerivedPair.role)

  /// The Marketo fields of the entity that no pair of the configuration may name.
  func reservedFields(personKey: FieldName) -> Set<FieldName> {
    switch marketo {
    case .person: Self.reservedPersonFields.union([personKey])
    case .company: ["externalCompanyId", "externalSalesPersonId"]
    case .deal: ["externalOpportunityId", "externalCompanyId", "externalSalesPersonId"]
    default: ["externalSalesPersonId"]
    }
  }

  /// The person fields that dynsync fills by itself, the key aside.
  static let reservedPersonFields: Set<FieldName> = [
    "dynamicsType", "dynamicsIsDeleted", "dynamicsSyncAs", "externalSalesPersonId",
    "externalCompanyId",
  ]
}
