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

  /// A Marketo field that dynsync fills by itself.
  struct DerivedPair: Hashable, Sendable {
    var derivation: Derivation
    var marketo: FieldName
    /// The entity whose link the value comes from.
    var needs: Entity?
  }

  /// The known entities, in the order in which they are written: what others point to comes first.
  static func known(personKey: FieldName) -> [EntityDefaults] {
    [
      EntityDefaults(
        entity: .user, dynamics: .user, marketo: .salesPerson, direction: .toMarketo,
        winner: .dynamics, derived: []),
      EntityDefaults(
        entity: .account, dynamics: .account, marketo: .company, direction: .toMarketo,
        winner: .dynamics, derived: [owner]),
      EntityDefaults(
        entity: .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
        derived: person(personKey)),
      EntityDefaults(
        entity: .contact, dynamics: .contact, marketo: .person, direction: .both,
        winner: .dynamics, derived: person(personKey) + [account]),
    ]
  }

  /// The Marketo fields of the entity that no pair of the configuration may name.
  func reservedFields(personKey: FieldName) -> Set<FieldName> {
    switch marketo {
    case .person: Self.reservedPersonFields.union([personKey])
    case .company: ["externalCompanyId", "externalSalesPersonId"]
    default: ["externalSalesPersonId"]
    }
  }

  /// The person fields that dynsync fills by itself, the key aside.
  static let reservedPersonFields: Set<FieldName> = [
    "dynamicsType", "dynamicsIsDeleted", "dynamicsSyncAs", "externalSalesPersonId",
    "externalCompanyId",
  ]

  private static let owner = DerivedPair(
    derivation: .owner, marketo: "externalSalesPersonId", needs: .user)
  private static let account = DerivedPair(
    derivation: .account, marketo: "externalCompanyId", needs: .account)

  private static func person(_ personKey: FieldName) -> [DerivedPair] {
    [
      DerivedPair(derivation: .key, marketo: personKey),
      DerivedPair(derivation: .type, marketo: "dynamicsType"),
      DerivedPair(derivation: .isDeleted, marketo: "dynamicsIsDeleted"),
      owner,
    ]
  }
}
