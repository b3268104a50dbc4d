import Model
import Testing
import Transport

@testable import Dynamics

private let select =
  "_masterid_value,_modifiedby_value,_ownerid_value,_parentcontactid_value,emailaddress1,"
  + "firstname,leadid,merged,modifiedon,revenue,statecode"
private let first = "GET leads?$select=\(select)"
private let selected: [FieldName] = ["firstname", "revenue"]
private let prefer = """
  odata.track-changes, odata.maxpagesize=5000, \
  odata.include-annotations="Microsoft.Dynamics.CRM.lookuplogicalname"
  """

private func row(_ id: String, _ members: String = "") -> String {
  """
  {"@odata.etag":"W/\\"4418310\\"","leadid":"\(id.uppercased())","firstname":"Ines",
   "revenue":125000.5000,"emailaddress1":" Ines@Park.example ","statecode":0,"merged":false,
   "_masterid_value":null,"_parentcontactid_value":null,"modifiedon":"2026-01-05T09:15:02Z",
   "_modifiedby_value":"\(Organisation.user)",
   "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"systemuser",
   "_ownerid_value":"\(Organisation.user)"\(members)}
  """
}

private func record(_ id: String) throws -> Record {
  let revenue = try #require(ExactDecimal("125000.5"))
  return Record(
    id: .dynamics(id), version: "W/\"4418310\"",
    fields: ["firstname": .text("Ines"), "revenue": .decimal(revenue)],
    facts: Facts(
      email: "ines@park.example", owner: Reference(.user, .dynamics(Organisation.user)),
      changedAt: Instant("2026-01-05T09:15:02Z"), changedBy: Organisation.user))
}

private func page(_ rows: [String], next: String? = nil, delta: String? = nil)
  -> ScriptedExchange.Answer
{
  let links =
    (next.map { "\"@odata.nextLink\":\"\(Organisation.root)/api/data/v9.2/\($0)\"," } ?? "")
    + (delta.map { "\"@odata.deltaLink\":\"\(Organisation.root)/api/data/v9.2/\($0)\"," } ?? "")
  return .json(200, "{\(links)\"value\":[\(rows.joined(separator: ","))]}")
}

private let deleted = """
  {"@odata.context":"\(Organisation.root)/api/data/v9.2/$metadata#leads/$deletedEntity",
   "id":"\(Organisation.lead2)","reason":"deleted"}
  """

@Test func `a full read goes from page to page, and then only changes are read`() async throws {
  let exchange = Organisation.exchange([
    first: [page([row(Organisation.lead1)], next: "leads?$skiptoken=%3Ccookie%20/%3E")],
    "GET leads?$skiptoken": [page([row(Organisation.lead2)], delta: "leads?$deltatoken=5%2101")],
    "GET leads?$deltatoken=5": [page([deleted], delta: "leads?$deltatoken=6%2101")],
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: selected)
  let one = try await connector.changes(in: schema, after: nil)
  let two = try await connector.changes(in: schema, after: one.watermark)
  let three = try await connector.changes(in: schema, after: two.watermark)
  let binding = FeedPosition.binding("leads", select.split(separator: ",").map(String.init))
  #expect(
    [one, two, three] == [
      ChangePage(
        records: [try record(Organisation.lead1)], isFullRead: true,
        watermark: Watermark(
          "all \(binding) /api/data/v9.2/leads?$skiptoken=%3Ccookie%20/%3E", isComplete: false)),
      ChangePage(
        records: [try record(Organisation.lead2)], isFullRead: true,
        watermark: Watermark(
          "changes \(binding) /api/data/v9.2/leads?$deltatoken=5%2101", isComplete: true)),
      ChangePage(
        deletions: [.dynamics(Organisation.lead2)],
        watermark: Watermark(
          "changes \(binding) /api/data/v9.2/leads?$deltatoken=6%2101", isComplete: true)),
    ])
  let reads = exchange.requests.filter { $0.url.contains("/leads?") }
  #expect(reads.map { $0[header: "Prefer"] } == [prefer, prefer, prefer])
}

@Test func `other selected fields need a full read`() async throws {
  let exchange = Organisation.exchange([
    "GET leads?$select=": [page([], delta: "leads?$deltatoken=5")]
  ])
  let connector = try Organisation.connector(exchange)
  let narrow = try await connector.describe(.lead, selecting: ["firstname"])
  let wide = try await connector.describe(.lead, selecting: ["firstname", "revenue"])
  let page = try await connector.changes(in: narrow, after: nil)
  let error = await #expect(throws: ServiceError.self) {
    try await connector.changes(in: wide, after: page.watermark)
  }
  #expect(error?.kind == .watermarkExpired)
  await #expect(throws: ServiceError.self) {
    try await connector.changes(in: wide, after: Watermark("gibberish", isComplete: true))
  }
}

@Test(arguments: [(400, "0x80044352"), (400, "0x80060888"), (410, "")])
func `a link that the service has forgotten needs a full read`(status: Int, code: String)
  async throws
{
  let exchange = Organisation.exchange([
    first: [page([], delta: "leads?$deltatoken=5")],
    "GET leads?$deltatoken=5": [.error(status, code)],
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: selected)
  let page = try await connector.changes(in: schema, after: nil)
  let error = await #expect(throws: ServiceError.self) {
    try await connector.changes(in: schema, after: page.watermark)
  }
  #expect(error?.kind == .watermarkExpired)
}

@Test func `a column that has gone is a fault of the schema`() async throws {
  let exchange = Organisation.exchange([
    first: [
      .error(
        400, "0x80060888",
        "Could not find a property named 'revenue' on type 'Microsoft.Dynamics.CRM.lead'.")
    ]
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: selected)
  let error = await #expect(throws: ServiceError.self) {
    try await connector.changes(in: schema, after: nil)
  }
  #expect(error?.kind == .schema("revenue"))
}

@Test(arguments: ["https://evil.example/leads", "http://orgacme.crm4.dynamics.com/leads"])
func `a link to another place is not followed`(link: String) async throws {
  let exchange = Organisation.exchange([
    first: [.json(200, #"{"value":[],"@odata.nextLink":"\#(link)"}"#)]
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: selected)
  let error = await #expect(throws: ServiceError.self) {
    try await connector.changes(in: schema, after: nil)
  }
  #expect(error?.reason == "the service gave a link that leads to another host")
}

@Test func `a page that leads to itself ends the read`() async throws {
  let exchange = Organisation.exchange([
    first: [page([], next: "leads?$skiptoken=1")],
    "GET leads?$skiptoken": [page([], next: "leads?$skiptoken=1")],
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: selected)
  let one = try await connector.changes(in: schema, after: nil)
  let error = await #expect(throws: ServiceError.self) {
    try await connector.changes(in: schema, after: one.watermark)
  }
  #expect(error?.kind == .unexpectedAnswer)
}

@Test func `a record that is told both as changed and as deleted is looked up`() async throws {
  let both = [row(Organisation.lead1), row(Organisation.lead2), row(Organisation.lead1), deleted]
  let gone = deleted.replacing(Organisation.lead2, with: Organisation.lead1)
  let exchange = Organisation.exchange([
    first: [page(both + [gone], delta: "leads?$deltatoken=5")],
    first + "&$filter=Microsoft": [page([row(Organisation.lead2)])],
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: selected)
  let page = try await connector.changes(in: schema, after: nil)
  #expect(page.records == [try record(Organisation.lead2)])
  #expect(page.deletions == [.dynamics(Organisation.lead1)])
}

@Test func `a table without change tracking is read by row version, with overlap`() async throws {
  let task = ObjectType(.dynamics, "new_task")
  let base = "GET new_taskses?$select=name,new_taskid,versionnumber&$filter=versionnumber%20gt%20"
  let rows = [20_000, 30_000].map { version in
    "{\"new_taskid\":\"\(Organisation.lead1)\",\"name\":\"a\",\"versionnumber\":\(version)}"
  }
  let order = "&$orderby=versionnumber%20asc"
  let exchange = Organisation.exchange([
    "GET EntityDefinitions(LogicalName='new_task')/Attributes/Microsoft": [page([])],
    base + "0" + order: [page([rows[0]], next: "whatever")],
    base + "20000" + order: [page([rows[1]]), page([])],
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(task, selecting: ["name"])
  let one = try await connector.changes(in: schema, after: nil)
  let two = try await connector.changes(in: schema, after: one.watermark)
  let three = try await connector.changes(in: schema, after: two.watermark)
  let places = [one, two, three].map { $0.watermark.text.split(separator: " ").last }
  #expect(places == ["20000", "20000", "20000"])
  #expect([one, two, three].map(\.watermark.isComplete) == [false, true, true])
  #expect([one, two, three].map(\.isFullRead) == [true, true, false])
  #expect([one, two, three].map(\.records.count) == [1, 1, 0])
}
