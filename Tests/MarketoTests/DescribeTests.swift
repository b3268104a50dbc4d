import Model
import Testing

@testable import Marketo

@Suite struct DescribeTests {
  @Test func `persons are described by both descriptions, read once`() async throws {
    let service = ScriptedService()
    let connector = try Fixture.connector(service)
    let names: [FieldName] = [
      "email", "firstName", "leadScore", "annualRevenue", "doNotCall", "dateOfBirth",
      "emailSuspendedAt", "grade", "regionCode", "externalCompanyId", "id", "Legacy_Rollup", "none",
    ]
    let schema = try await connector.describe(.person, selecting: names)
    #expect(try await connector.describe(.person, selecting: names) == schema)
    #expect(
      schema
        == ObjectSchema(
          .person, keyField: "id",
          fields: [
            Field("email", .text, label: "Email Address", length: 255),
            Field("firstName", .text, label: "First Name", length: 255),
            Field("leadScore", .integer, label: "Person Score"),
            Field("annualRevenue", .decimal, label: "Annual Revenue", isOfCompany: true),
            Field("doNotCall", .boolean, label: "Do Not Call"),
            Field("dateOfBirth", .date, label: "Date of Birth"),
            Field("emailSuspendedAt", .instant, label: "Suspended At"),
            Field(
              "grade", .text, label: "Grade", canCreate: false, canUpdate: false,
              isReported: false),
            Field("regionCode", .text, label: "Region Code", length: 10, isOfCompany: true),
            Field("externalCompanyId", .text, label: "External Company Id", length: 50),
            Field(
              "id", .integer, label: "Marketo Id", canCreate: false, canUpdate: false,
              isReported: false),
          ], feed: .notices))
    #expect(
      await service.requests.dropFirst().map(\.url) == [
        "https://123-abc-456.mktorest.com/rest/v1/leads/describe.json",
        "https://123-abc-456.mktorest.com/rest/v1/leads/describe2.json",
        "https://123-abc-456.mktorest.com/rest/v1/companies/describe.json",
      ])
  }

  @Test func `without the right to read companies their standard fields are still told apart`()
    async throws
  {
    let service = ScriptedService(["/rest/v1/companies/describe.json": [.error(603)]])
    let schema = try await Fixture.connector(service)
      .describe(.person, selecting: ["annualRevenue", "regionCode"])
    #expect(schema.fields["annualRevenue"]?.isOfCompany == true)
    #expect(schema.fields["regionCode"]?.isOfCompany == false)
  }

  @Test func `a company's key is given at its making and never again`() async throws {
    let schema = try await Fixture.connector(ScriptedService())
      .describe(.company, selecting: ["externalCompanyId", "company", "updatedAt"])
    #expect(
      schema
        == ObjectSchema(
          .company, keyField: "externalCompanyId",
          fields: [
            Field(
              "externalCompanyId", .text, label: "External Company Id", length: 100,
              canUpdate: false, isReported: false),
            Field("company", .text, label: "Company Name", length: 255, isReported: false),
            Field(
              "updatedAt", .instant, label: "Updated At", canCreate: false, canUpdate: false,
              isReported: false),
          ], feed: .none))
  }

  @Test func `a company's own id may be read and never written`() async throws {
    let schema = try await Fixture.connector(ScriptedService())
      .describe(.company, selecting: ["id"])
    #expect(
      schema.fields["id"]
        == Field(
          "id", .integer, label: "Id", canCreate: false, canUpdate: false, isReported: false))
  }

  @Test func `sales persons are known by their key`() async throws {
    let schema = try await Fixture.connector(ScriptedService())
      .describe(.salesPerson, selecting: ["email"])
    #expect(schema.keyField == "externalSalesPersonId")
    #expect(schema.fields.keys.sorted() == ["email"])
  }

  @Test func `an object that Marketo does not have is a matter of schema`() async throws {
    let connector = try Fixture.connector(ScriptedService())
    let error = await failure {
      try await connector.describe(ObjectType(.marketo, "my task"), selecting: [])
    }
    #expect(error?.kind == .schema(nil))
  }

  @Test func `companies of a native CRM sync are found out before the first write`() async throws {
    let managed = Fixture.company.replacing(
      #""updateable":true}"#, with: #""updateable":true,"crmManaged":true}"#)
    let service = ScriptedService(["/rest/v1/companies/describe.json": [.result(managed)]])
    let error = await failure {
      try await Fixture.connector(service).describe(.company, selecting: ["company"])
    }
    #expect(error?.kind == .setup)
    #expect(error?.reason == "a native CRM sync manages these records")
  }
}
