import Fakes
import Model
import Testing
import Transport

@testable import Marketo

/// A connector takes descriptions from an earlier run only as long as nothing rests on them.
@Suite struct KeptMetadataTests {
  private let cache = MemoryDocumentCache()
  private static let fields: [FieldName] = ["firstName", "annualRevenue"]
  private static let described = [
    "/rest/v1/leads/describe.json", "/rest/v1/leads/describe2.json",
    "/rest/v1/companies/describe.json",
  ]

  private func first() async throws -> ObjectSchema {
    try await Fixture.connector(ScriptedService(), cache: cache)
      .describe(.person, selecting: Self.fields)
  }

  private func descriptions(_ service: ScriptedService) async -> [Int] {
    var counts: [Int] = []
    for path in Self.described { counts.append(await service.count(path)) }
    return counts
  }

  @Test func `a second run in which nothing changed asks for no description`() async throws {
    let before = try await first()
    #expect(cache.names == Self.described.sorted())
    let service = ScriptedService()
    let next = try Fixture.connector(service, cache: cache)

    #expect(try await next.provision([]) == [])
    #expect(try await next.describe(.person, selecting: Self.fields) == before)
    #expect(await descriptions(service) == [0, 0, 0])
    #expect(await next.forgetMetadata())
    #expect(cache.names == [])
  }

  @Test func `persons are read after the descriptions were confirmed, once each`() async throws {
    let schema = try await first()
    let service = ScriptedService(["/rest/v1/leads.json": [.result(""), .result("")]])
    let next = try Fixture.connector(service, cache: cache)
    _ = try await next.describe(.person, selecting: Self.fields)

    for _ in 0..<2 { _ = try await next.find(in: schema, by: .id, values: ["7001"]) }

    #expect(await descriptions(service) == [1, 1, 1])
    #expect(await !next.forgetMetadata())
  }

  @Test func `nothing is read or written once a description has changed`() async throws {
    let schema = try await first()
    let changed = Fixture.older.replacing("\"First Name\"", with: "\"Given Name\"")
    let service = ScriptedService([
      "/rest/v1/leads/describe.json": [.result(changed), .result(changed), .result(changed)]
    ])
    let next = try Fixture.connector(service, cache: cache)
    _ = try await next.describe(.person, selecting: Self.fields)

    let found = await failure { try await next.find(in: schema, by: .id, values: ["7001"]) }
    let written = await failure {
      try await next.write(
        [Write(operation: 1, object: .person, action: .delete(.marketo("7001")), fields: [:])],
        to: schema)
    }
    #expect([found?.kind, written?.kind] == [.schema(nil), .schema(nil)])
    #expect(await service.calls == [])
    #expect(await next.forgetMetadata())
    let anew = try await next.describe(.person, selecting: Self.fields)
    #expect(anew.fields["firstName"]?.label == "Given Name")
  }

  @Test func `what is made is described anew`() async throws {
    _ = try await first()
    let without = Fixture.older.replacing("\"dynamicsSyncAs\"", with: "\"other\"")
    let service = ScriptedService([
      "/rest/v1/leads/describe.json": [.result(without)],
      "/rest/v1/leads/schema/fields.json": [
        .result(#"{"name":"dynamicsSyncAs","status":"created"}"#)
      ],
    ])
    cache.dropDocuments(of: .marketo)
    let connector = try Fixture.connector(service, cache: cache)

    #expect(try await connector.provision([]) == ["dynamicsSyncAs"])
    #expect(cache.names == [])
  }
}
