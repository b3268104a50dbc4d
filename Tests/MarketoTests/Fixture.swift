import Model
import Transport

@testable import Marketo

/// A small subscription: what it describes, and a connector that speaks to a script of it.
enum Fixture {
  static let url = "https://123-abc-456.mktorest.com"
  static let now = Instant(seconds: 1_795_161_600)

  /// Answers that need no script.
  static let standing: [String: ScriptedService.Reply] = [
    "/identity/oauth/token": .token("T1"),
    "/rest/v1/leads/describe.json": .result(older),
    "/rest/v1/leads/describe2.json": .result(newer),
    "/rest/v1/companies/describe.json": .result(company),
    "/rest/v1/salespersons/describe.json": .result(salesPerson),
    "/rest/v1/opportunities/describe.json": .result(opportunity),
    "/rest/v1/opportunities/roles/describe.json": .result(role),
  ]

  static let older = """
    {"id":44,"displayName":"Marketo Id","dataType":"integer","rest":{"name":"id","readOnly":false}},
    {"id":56,"displayName":"Email Address","dataType":"email","length":255,
     "rest":{"name":"email","readOnly":false}},
    {"id":53,"displayName":"First Name","dataType":"string","length":255,
     "rest":{"name":"firstName","readOnly":false}},
    {"id":148,"displayName":"Person Score","dataType":"score",
     "rest":{"name":"leadScore","readOnly":false}},
    {"id":15,"displayName":"Annual Revenue","dataType":"currency",
     "rest":{"name":"annualRevenue","readOnly":false}},
    {"id":84,"displayName":"Do Not Call","dataType":"boolean",
     "rest":{"name":"doNotCall","readOnly":false}},
    {"id":64,"displayName":"Date of Birth","dataType":"date",
     "rest":{"name":"dateOfBirth","readOnly":false}},
    {"id":127,"displayName":"Suspended At","dataType":"datetime",
     "rest":{"name":"emailSuspendedAt","readOnly":false}},
    {"id":41,"displayName":"External Company Id","dataType":"string","length":50,
     "rest":{"name":"externalCompanyId","readOnly":false}},
    {"id":139,"displayName":"External Sales Person Id","dataType":"string","length":50,
     "rest":{"name":"externalSalesPersonId","readOnly":false}},
    {"id":133,"displayName":"Updated At","dataType":"datetime",
     "rest":{"name":"updatedAt","readOnly":true}},
    {"id":911,"displayName":"Legacy Rollup","dataType":"lead_function",
     "soap":{"name":"Legacy_Rollup","readOnly":true}},
    {"id":912,"displayName":"Grade","dataType":"formula","rest":{"name":"grade","readOnly":true}},
    {"id":913,"displayName":"Region Code","dataType":"string","length":10,
     "rest":{"name":"regionCode","readOnly":false}},
    {"id":900,"displayName":"Dynamics Id","dataType":"string","length":255,
     "rest":{"name":"dynamicsId","readOnly":false}},
    {"id":901,"displayName":"Dynamics Type","dataType":"string","length":255,
     "rest":{"name":"dynamicsType","readOnly":false}},
    {"id":902,"displayName":"Dynamics Is Deleted","dataType":"boolean",
     "rest":{"name":"dynamicsIsDeleted","readOnly":false}},
    {"id":903,"displayName":"Dynamics Sync As","dataType":"string","length":255,
     "rest":{"name":"dynamicsSyncAs","readOnly":false}}
    """

  static let newer = """
    {"name":"API Lead","searchableFields":[["email"],["id"],["dynamicsId"]],"fields":[
     {"name":"id","displayName":"Marketo Id","dataType":"integer","updateable":false},
     {"name":"email","displayName":"Email Address","dataType":"email","length":255,
      "updateable":true,"crmManaged":false}]}
    """

  static let company = """
    {"name":"Company","idField":"id","dedupeFields":["externalCompanyId"],"fields":[
     {"name":"id","displayName":"Id","dataType":"integer","updateable":false},
     {"name":"externalCompanyId","displayName":"External Company Id","dataType":"string",
      "length":100,"updateable":false},
     {"name":"company","displayName":"Company Name","dataType":"string","length":255,
      "updateable":true},
     {"name":"annualRevenue","displayName":"Annual Revenue","dataType":"currency",
      "updateable":true},
     {"name":"regionCode","displayName":"Region Code","dataType":"string","length":10,
      "updateable":true},
     {"name":"externalSalesPersonId","displayName":"Owner","dataType":"string","length":255,
      "updateable":true},
     {"name":"updatedAt","displayName":"Updated At","dataType":"datetime","updateable":false}]}
    """

  static let salesPerson = """
    {"name":"SalesPerson","idField":"id","dedupeFields":["externalSalesPersonId"],"fields":[
     {"name":"externalSalesPersonId","displayName":"Key","dataType":"string","length":255,
      "updateable":false},
     {"name":"email","displayName":"Email","dataType":"email","length":255,"updateable":true},
     {"name":"firstName","displayName":"First Name","dataType":"string","length":255,
      "updateable":true}]}
    """

  static let person = ObjectSchema(
    .person, keyField: "id",
    fields: [
      Field("firstName", .text, length: 255), Field("leadScore", .integer),
      Field("annualRevenue", .decimal, isOfCompany: true), Field("doNotCall", .boolean),
    ], feed: .notices)

  static let companies = ObjectSchema(
    .company, keyField: "externalCompanyId",
    fields: [Field("company", .text, length: 255), Field("annualRevenue", .decimal)], feed: .none)

  static let salesPersons = ObjectSchema(
    .salesPerson, keyField: "externalSalesPersonId",
    fields: [Field("firstName", .text, length: 255)], feed: .none)

  static func settings(
    partition: String? = nil, share: MarketoSettings.RateShare = .init()
  ) throws -> MarketoSettings {
    try MarketoSettings(
      url: url, clientID: "CID", secret: Secret("S3&cret"), partition: partition, share: share)
  }

  static func connector(
    _ service: ScriptedService, settings: MarketoSettings? = nil,
    clock: JumpingClock = JumpingClock(), now: @escaping @Sendable () -> Instant = { Fixture.now },
    cache: (any DocumentCache)? = nil
  ) throws -> MarketoConnector {
    MarketoConnector(
      settings: try settings ?? Self.settings(), exchange: service, meter: CallMeter(), now: now,
      clock: clock, log: nil, jitter: { 0 }, cache: cache)
  }
}

extension Instant {
  /// A moment that a test writes down.
  static func at(_ text: String) -> Instant { Instant(text) ?? Instant(seconds: 0) }
}

/// The error that `body` throws; `nil` where it throws none of the connector's.
func failure<T>(_ body: () async throws -> T) async -> ServiceError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? ServiceError
  }
}
