import Model
import Testing

@testable import Marketo

@Suite struct FindTests {
  private static let persons = "/rest/v1/leads.json"

  private static let personFields =
    "annualRevenue%2CdoNotCall%2CdynamicsId%2CdynamicsIsDeleted%2CdynamicsSyncAs%2CdynamicsType"
    + "%2Cemail%2CexternalCompanyId%2CexternalSalesPersonId%2CfirstName%2Cid%2CleadScore%2CupdatedAt"

  @Test func `persons are found by id, with their fields and facts`() async throws {
    let service = ScriptedService([
      Self.persons: [
        .result(
          #"{"id":7001,"firstName":"Ines","leadScore":12,"annualRevenue":"1604.470","#
            + #""doNotCall":false,"email":" Ines@Acme.test","dynamicsId":"k1","#
            + #""dynamicsType":"contact","dynamicsSyncAs":"lead","externalCompanyId":"a1","#
            + #""externalSalesPersonId":"u1","updatedAt":"2026-11-19T10:00:00Z"},"#
            + #"{"id":7002,"firstName":"","leadScore":null}"#)
      ]
    ])
    let connector = try Fixture.connector(service)
    let found = try await connector.find(in: Fixture.person, by: .id, values: ["7001", "7002"])
    let revenue = try #require(ExactDecimal("1604.47"))
    #expect(
      found == [
        Record(
          id: .marketo("7001"),
          fields: [
            "firstName": .text("Ines"), "leadScore": .integer(12),
            "annualRevenue": .decimal(revenue), "doNotCall": .boolean(false),
          ],
          facts: Facts(
            email: "ines@acme.test", owner: Reference(.salesPerson, .marketo("u1")),
            account: .marketo("a1"), key: "k1", type: "contact", syncAs: "lead",
            changedAt: .at("2026-11-19T10:00:00Z"))),
        Record(
          id: .marketo("7002"),
          fields: [
            "firstName": .empty, "leadScore": .empty, "annualRevenue": .empty, "doNotCall": .empty,
          ]),
      ])
    #expect(
      await service.calls == [
        "POST /rest/v1/leads.json?_method=GET filterType=id&filterValues=7001%2C7002"
          + "&fields=\(Self.personFields)&batchSize=300"
      ])
  }

  @Test func `a value that cannot be read is unknown`() async throws {
    let service = ScriptedService([Self.persons: [.result(#"{"id":1,"leadScore":"high"}"#)]])
    let found = try await Fixture.connector(service)
      .find(in: Fixture.person, by: .id, values: ["1"])
    #expect(found.first?.fields.keys.sorted() == ["annualRevenue", "doNotCall", "firstName"])
  }

  @Test func `every person of an e-mail address is found, page by page`() async throws {
    let service = ScriptedService([
      Self.persons: [
        .done(#""result":[{"id":1,"email":"a@b.test"}],"nextPageToken":"P2""#),
        .done(#""result":[{"id":2,"email":"a@b.test"}],"nextPageToken":"P3","moreResult":true"#),
        .done(#""result":[{"id":3,"email":"a@b.test"}],"nextPageToken":"P4","moreResult":false"#),
      ]
    ])
    let found = try await Fixture.connector(service)
      .find(in: Fixture.person, by: .email, values: ["a@b.test", "c,d@e.test", ""])
    #expect(found.map(\.id.text) == ["1", "2", "3"])
    let call =
      "POST /rest/v1/leads.json?_method=GET filterType=email&filterValues=a%40b.test"
      + "&fields=\(Self.personFields)&batchSize=300"
    #expect(
      await service.calls == [call, call + "&nextPageToken=P2", call + "&nextPageToken=P3"])
  }

  @Test func `a call asks for 300 values, and the answers keep their order`() async throws {
    let values = (1...601).map { "k\($0)" }
    let service = ScriptedService([
      Self.persons: [.result(#"{"id":1}"#), .result(#"{"id":2}"#), .result(#"{"id":3}"#)]
    ])
    let found = try await Fixture.connector(
      service, settings: Fixture.settings(share: .init(calls: 50, atOnce: 1))
    ).find(in: Fixture.person, by: .key, values: values)
    #expect(found.map(\.id.text) == ["1", "2", "3"])
    let asked = await service.calls.map {
      $0.split(separator: "&")[1].split(separator: "%2C").count
    }
    #expect(asked == [300, 300, 1])
    #expect(await service.calls.allSatisfy { $0.contains("filterType=dynamicsId&") })
  }

  @Test func `more than 1,000 matches are asked for in halves`() async throws {
    let tooMany = ScriptedService.Reply.error(1003, "Too many results match the filter")
    let service = ScriptedService([
      Self.persons: [tooMany, .result(#"{"id":1}"#), .result(#"{"id":2}"#)]
    ])
    let found = try await Fixture.connector(service)
      .find(in: Fixture.person, by: .email, values: ["a@x.test", "b@x.test", "c@x.test"])
    #expect(found.map(\.id.text) == ["1", "2"])
    #expect(
      await service.calls.map { $0.split(separator: "&")[1] } == [
        "filterValues=a%40x.test%2Cb%40x.test%2Cc%40x.test", "filterValues=a%40x.test",
        "filterValues=b%40x.test%2Cc%40x.test",
      ])
  }

  @Test func `one address of more than 1,000 persons needs a person to mend it`() async throws {
    let service = ScriptedService([
      Self.persons: [.error(1003, "Too many results match the filter")]
    ])
    let error = await failure {
      try await Fixture.connector(service)
        .find(in: Fixture.person, by: .email, values: ["a@x.test"])
    }
    #expect(
      error?.description
        == "marketo: could not read persons: more than 1,000 persons have the same email (1003); "
        + "merge or delete the duplicates in Marketo")
  }

  @Test func `a page that names itself as the next is not read for ever`() async throws {
    let page = ScriptedService.Reply.done(#""result":[],"nextPageToken":"P2""#)
    let service = ScriptedService([Self.persons: [page, page]])
    let error = await failure {
      try await Fixture.connector(service).find(in: Fixture.person, by: .id, values: ["1"])
    }
    #expect(error?.kind == .unexpectedAnswer)
  }

  @Test func `nothing asked is no call`() async throws {
    let service = ScriptedService()
    let connector = try Fixture.connector(service)
    #expect(try await connector.find(in: Fixture.person, by: .id, values: []) == [])
    #expect(try await connector.find(in: Fixture.companies, by: .email, values: ["a@b"]) == [])
    #expect(await service.requests == [])
  }

  @Test(arguments: [Lookup.id, .key])
  func `companies are found by their key`(lookup: Lookup) async throws {
    let service = ScriptedService([
      "/rest/v1/companies.json": [
        .result(
          #"{"seq":0,"id":5101,"externalCompanyId":"a1","company":"Acme","#
            + #""externalSalesPersonId":"u1","updatedAt":"2026-11-19T10:00:00Z"}"#)
      ]
    ])
    let found = try await Fixture.connector(service)
      .find(in: Fixture.companies, by: lookup, values: ["a1", "a2"])
    #expect(
      found == [
        Record(
          id: .marketo("a1"), fields: ["company": .text("Acme"), "annualRevenue": .empty],
          facts: Facts(
            owner: Reference(.salesPerson, .marketo("u1")), key: "a1",
            changedAt: .at("2026-11-19T10:00:00Z")))
      ])
    #expect(
      await service.calls == [
        "POST /rest/v1/companies.json?_method=GET filterType=externalCompanyId"
          + "&filterValues=a1%2Ca2&fields=annualRevenue%2Ccompany%2CexternalCompanyId"
          + "%2CexternalSalesPersonId%2CupdatedAt&batchSize=300"
      ])
  }

  @Test func `sales persons are found by e-mail too`() async throws {
    let service = ScriptedService([
      "/rest/v1/salespersons.json": [
        .result(#"{"seq":0,"externalSalesPersonId":"u1","email":"Bo@x.test","firstName":"Bo"}"#)
      ]
    ])
    let found = try await Fixture.connector(service)
      .find(in: Fixture.salesPersons, by: .email, values: ["bo@x.test"])
    #expect(
      found == [
        Record(
          id: .marketo("u1"), fields: ["firstName": .text("Bo")],
          facts: Facts(email: "bo@x.test", key: "u1"))
      ])
    #expect(
      await service.calls == [
        "POST /rest/v1/salespersons.json?_method=GET filterType=email&filterValues=bo%40x.test"
          + "&fields=email%2CexternalSalesPersonId%2CfirstName&batchSize=300"
      ])
  }
}
