import Model
import Store

/// A small configuration: users, accounts and leads, with a field of each kind that views care about.
enum SampleLayout {
  static let leadFields = [
    Field("emailaddress1", .text, label: "E-mail"), Field("jobtitle", .text, label: "Job\nTitle"),
    Field("donotbulkemail", .boolean),
    Field("leadsourcecode", .option, options: [Option(1, "Advertisement"), Option(8, "Web")]),
    Field("revenue", .decimal, scale: 2),
  ]

  static let lead = ObjectSchema(.lead, keyField: "leadid", fields: leadFields, feed: .records)
  static let account = ObjectSchema(
    .account, keyField: "accountid", fields: [Field("name", .text)], feed: .records)
  static let user = ObjectSchema(
    .user, keyField: "systemuserid", fields: [Field("internalemailaddress", .text)],
    feed: .records)

  static let person = ObjectSchema(
    .person, keyField: "id",
    fields: [
      Field("email", .text), Field("title", .text), Field("unsubscribed", .boolean),
      Field("leadSource", .text), Field("annualRevenue", .decimal), Field("dynamicsId", .text),
      Field("externalSalesPersonId", .text),
    ], feed: .notices)
  static let company = ObjectSchema(
    .company, keyField: "externalCompanyId", fields: [Field("company", .text)], feed: .none)
  static let salesPerson = ObjectSchema(
    .salesPerson, keyField: "externalSalesPersonId", fields: [Field("email", .text)], feed: .none)

  static func all() throws -> Layout {
    Layout(
      mirrors: [lead, account, user, person, company, salesPerson],
      entities: [try users(), try accounts(), try leads()])
  }

  static func leads() throws -> BoundEntity {
    try bound(
      EntityRule(
        .lead, dynamics: .lead, marketo: .person, direction: .both, winner: .marketo,
        pairs: [
          FieldPair("emailaddress1", "email"), FieldPair("jobtitle", "title"),
          FieldPair("donotbulkemail", "unsubscribed", winner: .trueWins),
          FieldPair("leadsourcecode", "leadSource"),
          FieldPair("revenue", "annualRevenue", direction: .toMarketo),
          FieldPair(.derived(.key), "dynamicsId", direction: .toMarketo),
          FieldPair(.derived(.owner), "externalSalesPersonId", direction: .toMarketo),
        ]), lead, person)
  }

  static func accounts() throws -> BoundEntity {
    try bound(
      EntityRule(
        .account, dynamics: .account, marketo: .company, direction: .toMarketo, winner: .dynamics,
        pairs: [FieldPair("name", "company", direction: .toMarketo)]), account, company)
  }

  static func users() throws -> BoundEntity {
    try bound(
      EntityRule(
        .user, dynamics: .user, marketo: .salesPerson, direction: .toMarketo, winner: .dynamics,
        pairs: [FieldPair("internalemailaddress", "email", direction: .toMarketo)]), user,
      salesPerson)
  }

  private static func bound(
    _ rule: EntityRule, _ dynamics: ObjectSchema, _ marketo: ObjectSchema
  ) throws -> BoundEntity {
    let pairs = try rule.pairs.compactMap { pair -> BoundPair? in
      guard let target = marketo.fields[pair.marketo] else { return nil }
      let name = FieldName(pair.sourceName)
      let source =
        dynamics.fields[name] ?? Field(name, .text, canCreate: false, canUpdate: false)
      return try BoundPair(pair, dynamics: source, marketo: target)
    }
    return BoundEntity(
      rule: rule, dynamics: dynamics, marketo: marketo, pairs: pairs, stopped: [])
  }
}
