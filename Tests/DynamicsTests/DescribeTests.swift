import Model
import Testing
import Transport

@testable import Dynamics

@Test func `the selected columns are described by the organisation's metadata`() async throws {
  let exchange = Organisation.exchange()
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(
    .lead,
    selecting: [
      "firstname", "revenue", "estimatedclosedate", "modifiedon", "leadsourcecode", "new_tier",
      "statecode", "ownerid", "donotphone", "new_score", "leadid", "new_tags", "nowhere",
      "firstnamename", "isprivate", "entityimage",
    ])
  #expect(
    schema
      == ObjectSchema(
        .lead, keyField: "leadid",
        fields: [
          Field(
            "firstname", .text, label: "Firstname", length: 50,
            text: TextStorage(trimsTrailing: true)),
          Field("revenue", .decimal, label: "Revenue", scale: 2),
          Field("estimatedclosedate", .date, label: "Estimatedclosedate"),
          Field("modifiedon", .instant, label: "Modifiedon", canUpdate: false),
          Field(
            "leadsourcecode", .option, label: "Leadsourcecode",
            options: [Option(1, "Advertisement"), Option(8, "Web")]),
          Field("new_tier", .option, label: "New_Tier", options: [Option(9, "Gold")]),
          Field(
            "statecode", .option, label: "Statecode",
            options: [Option(0, "Open"), Option(1, "Qualified")]),
          Field("ownerid", .reference, label: "Ownerid"),
          Field("donotphone", .boolean, label: "Donotphone"),
          Field(
            "new_score", .integer, label: "New_Score", canCreate: false, canUpdate: false,
            isReported: false),
          Field("leadid", .guid, label: "Leadid", canUpdate: false),
          Field("new_tags", .text, label: "New_Tags"),
        ], feed: .records))
}

@Test func `metadata is read once`() async throws {
  let exchange = Organisation.exchange()
  let connector = try Organisation.connector(exchange)
  _ = try await connector.describe(.lead, selecting: ["firstname", "donotphone"])
  let count = exchange.requests.count
  _ = try await connector.describe(.lead, selecting: ["emailaddress1", "donotphone"])
  #expect(exchange.requests.count == count)
  #expect(count == 3)
}

@Test func `a table that does not exist is a fault of the configuration`() async throws {
  let exchange = Organisation.exchange()
  let error = await #expect(throws: ServiceError.self) {
    try await Organisation.connector(exchange).describe(
      ObjectType(.dynamics, "nothing"), selecting: [])
  }
  #expect(error?.kind == .schema(nil))
  #expect(
    error?.description == """
      dynamics: could not read the columns of nothing: the organisation has no such table; \
      check the configured entities; leads come with the Sales app
      """)
}

private let me = "systemusers(a0000000-0000-0000-0000-000000000001)"
private let ownProfiles = "GET \(me)/systemuserprofiles_association"
private let teamProfiles = "GET \(me)/teammembership_association"

private func securedField(
  _ answers: [String: [ScriptedExchange.Answer]]
) async throws -> Field? {
  let connector = try Organisation.connector(Organisation.exchange(answers))
  return try await connector.describe(.lead, selecting: ["new_iban"]).fields["new_iban"]
}

@Test func `a secured column without a profile may be neither read nor written`() async throws {
  let field = try await securedField([
    ownProfiles: [.json(200, #"{"value":[]}"#)], teamProfiles: [.json(200, #"{"value":[]}"#)],
  ])
  #expect([field?.isReadable, field?.canCreate, field?.canUpdate] == [false, false, false])
}

@Test func `a secured column may be what the user's and its teams' profiles allow together`()
  async throws
{
  let field = try await securedField([
    ownProfiles: [.json(200, #"{"value":[{"fieldsecurityprofileid":"P1"}]}"#)],
    teamProfiles: [
      .json(
        200, #"{"value":[{"teamprofiles_association":[{"fieldsecurityprofileid":"p2"}]}]}"#)
    ],
    "GET fieldpermissions": [
      .json(
        200,
        """
        {"value":[
          {"attributelogicalname":"new_iban","canread":4,"cancreate":0,"canupdate":0,
           "_fieldsecurityprofileid_value":"p1"},
          {"attributelogicalname":"new_iban","canread":0,"cancreate":0,"canupdate":4,
           "_fieldsecurityprofileid_value":"p2"},
          {"attributelogicalname":"new_iban","canread":4,"cancreate":4,"canupdate":4,
           "_fieldsecurityprofileid_value":"p3"}]}
        """)
    ],
  ])
  #expect([field?.isReadable, field?.canCreate, field?.canUpdate] == [true, false, true])
}

@Test func `where permissions cannot be known, an empty secured column is unknown`() async throws {
  let exchange = Organisation.exchange([
    ownProfiles: [.error(403, "0x80040220")],
    "GET leads?$select=": [
      .json(
        200,
        """
        {"@odata.deltaLink":"/api/data/v9.2/leads?$deltatoken=1","value":[
          {"leadid":"\(Organisation.lead1)","new_iban":null,"firstname":null},
          {"leadid":"\(Organisation.lead2)","new_iban":"x","firstname":"y"}]}
        """)
    ],
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: ["new_iban", "firstname"])
  #expect(schema.fields["new_iban"]?.isReadable == true)
  let page = try await connector.changes(in: schema, after: nil)
  #expect(
    page.records.map(\.fields) == [
      ["firstname": .empty], ["new_iban": .text("x"), "firstname": .text("y")],
    ])
}
