import Fakes
import Model
import Testing
import Transport

@testable import Dynamics

private let lead = "{\"leadid\":\"\(Organisation.lead1)\",\"firstname\":null}"
private let delta = "\"@odata.deltaLink\":\"/api/data/v9.2/leads?x\""

/// A connector takes metadata from an earlier run only as long as nothing rests on it.
@Suite struct KeptMetadataTests {
  private let cache = MemoryDocumentCache()
  private static let fields: [FieldName] = ["firstname", "leadsourcecode"]

  private func connector(_ exchange: ScriptedExchange) throws -> DynamicsConnector {
    try Organisation.connector(exchange, wanted: [.lead: Set(Self.fields)], cache: cache)
  }

  private func exchange(
    rows: String = "", _ more: [String: [ScriptedExchange.Answer]] = [:]
  ) -> ScriptedExchange {
    let page = ScriptedExchange.Answer.json(200, "{\(delta),\"value\":[\(rows)]}")
    return Organisation.exchange(["GET leads?": [page]].merging(more) { _, own in own })
  }

  /// What a first run leaves behind: its schema, and its watermark after an empty page.
  private func first() async throws -> (schema: ObjectSchema, watermark: Watermark) {
    let connector = try connector(exchange())
    let schema = try await connector.describe(.lead, selecting: Self.fields)
    return (schema, try await connector.changes(in: schema, after: nil).watermark)
  }

  private func metadataCalls(_ exchange: ScriptedExchange) -> Int {
    exchange.requests.count { "\($0.url) \($0.text)".contains("EntityDefinitions") }
  }

  @Test func `a second run in which nothing changed asks for no metadata`() async throws {
    let before = try await first()
    let exchange = exchange()
    let next = try connector(exchange)

    let schema = try await next.describe(.lead, selecting: Self.fields)
    let page = try await next.changes(in: schema, after: before.watermark)

    #expect(schema == before.schema)
    #expect(page.records == [])
    #expect(metadataCalls(exchange) == 0)
    #expect(exchange.requests.count == 2, "a sign-in and the feed")
    #expect(await next.forgetMetadata())
    #expect(cache.names == [])
  }

  @Test func `a row is told only after the metadata was confirmed, in one call`() async throws {
    let before = try await first()
    let exchange = exchange(rows: lead)
    let next = try connector(exchange)
    let schema = try await next.describe(.lead, selecting: Self.fields)

    for _ in 0..<2 {
      let page = try await next.changes(in: schema, after: before.watermark)
      #expect(page.records.map(\.fields) == [["firstname": .empty]])
    }
    #expect(metadataCalls(exchange) == 1)
    #expect(await !next.forgetMetadata())
  }

  @Test func `a column that was secured meanwhile is no empty value`() async throws {
    let before = try await first()
    let definitions = Organisation.definitions { text in
      text.replacing(
        #""LogicalName":"firstname","#, with: #""LogicalName":"firstname","IsSecured":true,"#)
    }
    let key = "GET EntityDefinitions?$select=LogicalName,EntitySetName"
    let exchange = exchange(rows: lead, [key: [definitions]])
    let next = try connector(exchange)
    let schema = try await next.describe(.lead, selecting: Self.fields)

    let error = await #expect(throws: ServiceError.self) {
      try await next.changes(in: schema, after: before.watermark)
    }
    #expect(error?.kind == .schema(nil))
    #expect(await next.forgetMetadata())
    let anew = try await next.describe(.lead, selecting: Self.fields)
    let page = try await next.changes(in: anew, after: nil)
    #expect(page.records.map(\.fields) == [[:]], "its permission is unknown")
  }

  @Test func `records are found and written with confirmed metadata alone`() async throws {
    _ = try await first()
    let exchange = exchange(rows: lead)
    let finding = try connector(exchange)
    let schema = try await finding.describe(.lead, selecting: Self.fields)
    _ = try await finding.find(in: schema, by: .id, values: [Organisation.lead1])
    #expect(metadataCalls(exchange) == 1)

    let other = self.exchange()
    let writing = try connector(other)
    _ = try await writing.describe(.lead, selecting: Self.fields)
    _ = try? await writing.write(
      [
        Write(
          operation: 1, object: .lead, action: .delete(.dynamics(Organisation.lead1)), fields: [:])
      ], to: schema)
    #expect(metadataCalls(other) == 1)
  }
}
