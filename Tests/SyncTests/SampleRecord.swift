import Model
import Store
import Sync

/// A contact and an account as planning sees them, with a field of every kind.
enum SampleRecord {
  static let contactPairs: [FieldPair] = [
    FieldPair("jobtitle", "title"), FieldPair("telephone1", "phone"),
    FieldPair("source", "leadSource", winner: .manual),
    FieldPair("donotbulkemail", "unsubscribed", winner: .trueWins),
    FieldPair("employer", "company"),
    FieldPair("score", "leadScore", direction: .toDynamics),
    FieldPair(.derived(.key), "dynamicsId", direction: .toMarketo),
    FieldPair(.derived(.isDeleted), "dynamicsIsDeleted", direction: .toMarketo),
    FieldPair(.derived(.owner), "externalSalesPersonId", direction: .toMarketo),
    FieldPair(.derived(.account), "externalCompanyId", direction: .toMarketo),
  ]

  static func contact() throws -> BoundEntity {
    try entity(
      EntityRule(
        .contact, dynamics: .contact, marketo: .person, direction: .both, winner: .dynamics,
        pairs: contactPairs))
  }

  static func account() throws -> BoundEntity {
    try entity(
      EntityRule(
        .account, dynamics: .account, marketo: .company, direction: .toMarketo, winner: .dynamics,
        pairs: [
          FieldPair("name", "company", direction: .toMarketo),
          FieldPair("telephone1", "mainPhone", direction: .toMarketo),
          FieldPair("website", "website", direction: .toMarketo),
          FieldPair("optout", "optOut", direction: .toMarketo, winner: .trueWins),
        ]))
  }

  private static func entity(_ rule: EntityRule) throws -> BoundEntity {
    let pairs = try rule.pairs.map { pair in
      try BoundPair(
        pair, dynamics: dynamics(FieldName(pair.sourceName)),
        marketo: marketo(pair.marketo, of: rule.entity))
    }
    return BoundEntity(
      rule: rule,
      dynamics: ObjectSchema(
        rule.dynamics, keyField: FieldName("\(rule.dynamics.name)id"),
        fields: pairs.map(\.dynamics), feed: .records),
      marketo: ObjectSchema(
        rule.marketo, keyField: "id", fields: pairs.map(\.marketo), feed: .notices), pairs: pairs,
      stopped: [])
  }

  private static func dynamics(_ name: FieldName) -> Field {
    switch name {
    case "donotbulkemail", "optout", "_is_deleted": Field(name, .boolean)
    case "source":
      Field(name, .option, options: [Option(1, "Advertisement"), Option(8, "Web")])
    case "score": Field(name, .integer)
    default: Field(name, .text, text: TextStorage(trimsTrailing: true))
    }
  }

  private static func marketo(_ name: FieldName, of entity: Entity) -> Field {
    switch name {
    case "unsubscribed", "optOut", "dynamicsIsDeleted": Field(name, .boolean)
    case "leadScore": Field(name, .integer)
    case "company": Field(name, .text, isOfCompany: entity == .contact)
    default: Field(name, .text)
    }
  }
}
