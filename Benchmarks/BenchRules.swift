import Model

/// The field map of the benches: accounts and contacts, with the pairs that most people have.
enum BenchRules {
  static let accountFields: [Field] = [
    Field("name", .text, length: 160), Field("telephone1", .text, length: 50),
  ]
  static let companyFields: [Field] = [
    Field("company", .text, length: 255), Field("mainPhone", .text, length: 255),
  ]
  static let personFields: [Field] = [
    Field("email", .text, length: 255), Field("firstName", .text, length: 255),
    Field("lastName", .text, length: 255), Field("title", .text, length: 255),
    Field("phone", .text, length: 255), Field("city", .text, length: 255),
    Field("country", .text, length: 255), Field("dynamicsId", .text, length: 255),
    Field("dynamicsType", .text, length: 255), Field("dynamicsIsDeleted", .boolean),
    Field("externalCompanyId", .text, length: 255),
  ]

  static let account = ObjectSchema(
    .account, keyField: "accountid", fields: accountFields, feed: .records)
  static let company = ObjectSchema(
    .company, keyField: "externalCompanyId", fields: companyFields, feed: .none)
  static let person = ObjectSchema(.person, keyField: "id", fields: personFields, feed: .notices)

  static func schema(of object: ObjectType) -> ObjectSchema? {
    [account, company, person, SampleContacts.schema].first { $0.object == object }
  }

  /// No limits: a bench changes everything on purpose.
  static let rules = SyncRules(
    entities: [
      EntityRule(
        .account, dynamics: .account, marketo: .company, direction: .toMarketo, winner: .dynamics,
        pairs: [
          FieldPair("name", "company", direction: .toMarketo),
          FieldPair("telephone1", "mainPhone", direction: .toMarketo),
        ]),
      EntityRule(
        .contact, dynamics: .contact, marketo: .person, direction: .both, winner: .dynamics,
        pairs: [
          FieldPair("emailaddress1", "email"), FieldPair("firstname", "firstName"),
          FieldPair("lastname", "lastName"), FieldPair("jobtitle", "title"),
          FieldPair("telephone1", "phone"), FieldPair("address1_city", "city"),
          FieldPair("address1_country", "country"),
          FieldPair(.derived(.key), "dynamicsId", direction: .toMarketo),
          FieldPair(.derived(.type), "dynamicsType", direction: .toMarketo),
          FieldPair(.derived(.isDeleted), "dynamicsIsDeleted", direction: .toMarketo),
          FieldPair(.derived(.account), "externalCompanyId", direction: .toMarketo),
        ]),
    ],
    limits: Limits(
      updates: .init(percent: 100, atLeast: .max), creates: .init(percent: 100, atLeast: .max),
      emptied: .max, deletes: .max))
}
