import Model

/// One case of a file: a record with one pair of fields or several, and what is to be done.
public struct MergeCase: Hashable, Sendable {
  /// A sentence that says what the case is about.
  public var name: String
  /// The entity, whose defaults hold; a contact where none is named.
  public var entity: Entity
  /// Who wins, where it is not the entity's default.
  public var entityWinner: Winner?
  var record: CaseRecord
  public var pairs: [CasePair]

  /// The entity's rule, with the defaults of the configuration.
  var rule: EntityRule {
    let isPerson = entity == .lead || entity == .contact
    let objects: [Entity: ObjectType] = [
      .lead: .person, .contact: .person, .account: .company, .user: .salesPerson,
      .team: .salesPerson, .opportunity: .deal,
    ]
    return EntityRule(
      entity, dynamics: ObjectType(.dynamics, entity.rawValue),
      marketo: objects[entity] ?? ObjectType(.marketo, entity.rawValue),
      direction: isPerson ? .both : .toMarketo,
      winner: entityWinner ?? (entity == .lead ? .marketo : .dynamics), pairs: [],
      onDelete: record.onDelete)
  }
}

extension MergeCase: Decodable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name = "case"
    case entity, record, pairs
    case entityWinner = "entity_winner"
  }

  /// What a case of one pair may say: it writes the pair's words beside its own.
  private enum SingleKeys: CodingKey, CaseIterable {
    case own(CodingKeys)
    case pair(CasePair.CodingKeys)

    static let allCases =
      CodingKeys.allCases.map(Self.own) + CasePair.CodingKeys.allCases.map(Self.pair)

    var stringValue: String {
      switch self {
      case .own(let key): key.stringValue
      case .pair(let key): key.stringValue
      }
    }
    var intValue: Int? { nil }

    init?(intValue: Int) { nil }
    init?(stringValue: String) {
      if let key = CodingKeys(stringValue: stringValue) {
        self = .own(key)
      } else if let key = CasePair.CodingKeys(stringValue: stringValue) {
        self = .pair(key)
      } else {
        return nil
      }
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    entity = Entity(
      rawValue: try container.decodeIfPresent(String.self, forKey: .entity) ?? "contact")
    entityWinner = try container.word(.entityWinner)
    record = try container.decodeIfPresent(CaseRecord.self, forKey: .record) ?? CaseRecord()
    if container.contains(.pairs) {
      try decoder.refuseKeys(besides: CodingKeys.self)
      pairs = try container.decode([CasePair].self, forKey: .pairs)
    } else {
      try decoder.refuseKeys(besides: SingleKeys.self)
      pairs = [try CasePair(decoder.container(keyedBy: CasePair.CodingKeys.self))]
    }
    if let entityWinner, ![.dynamics, .marketo].contains(entityWinner) {
      throw DecodingError.dataCorruptedError(
        forKey: .entityWinner, in: container, debugDescription: "is neither dynamics nor marketo")
    }
  }
}
