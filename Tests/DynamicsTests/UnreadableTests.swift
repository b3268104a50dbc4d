import Model
import Testing
import Transport

@testable import Dynamics

private func rows(_ rows: String...) -> ScriptedExchange {
  Organisation.exchange([
    "GET leads?$select=": [
      .json(
        200,
        "{\"@odata.deltaLink\":\"/api/data/v9.2/x\",\"value\":[\(rows.joined(separator: ","))]}")
    ]
  ])
}

@Test func `a value that cannot be read is unknown, and stops neither its row nor the others`()
  async throws
{
  let exchange = rows(
    "{\"leadid\":\"\(Organisation.lead1)\",\"firstname\":\"Ines\",\"donotphone\":\"perhaps\"}",
    "{\"leadid\":\"\(Organisation.lead2)\",\"firstname\":7,\"donotphone\":true}",
    "{\"leadid\":\"\(Organisation.user)\",\"firstname\":8,\"donotphone\":null}")
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: ["firstname", "donotphone"])
  let page = try await connector.changes(in: schema, after: nil)
  #expect(
    page.records == [
      Record(id: .dynamics(Organisation.lead1), fields: ["firstname": .text("Ines")]),
      Record(id: .dynamics(Organisation.lead2), fields: ["donotphone": .boolean(true)]),
      Record(id: .dynamics(Organisation.user), fields: ["donotphone": .empty]),
    ])
}

@Test func `the columns that cannot be read are named with their first row and their number`()
  async throws
{
  let connector = try Organisation.connector(Organisation.exchange())
  let schema = try await connector.describe(.lead, selecting: ["firstname", "donotphone"])
  let items: [JSON] = [
    ["leadid": .string(Organisation.lead1), "firstname": "Ines", "donotphone": "perhaps"],
    ["leadid": .string(Organisation.lead2), "firstname": 7, "donotphone": true],
    ["leadid": .string(Organisation.user), "firstname": 8, "donotphone": 3],
  ]
  let reader = try await connector.feed(for: schema).reader
  #expect(
    try Rows(items, reader, attempt: "").unreadable == [
      UnreadableColumn(name: "donotphone", first: .dynamics(Organisation.lead1), count: 2),
      UnreadableColumn(name: "firstname", first: .dynamics(Organisation.lead2), count: 2),
    ])
}

@Test func `a row without its id ends the read`() async throws {
  let connector = try Organisation.connector(rows("{\"firstname\":\"Ines\"}"))
  let schema = try await connector.describe(.lead, selecting: ["firstname"])
  let error = await #expect(throws: ServiceError.self) {
    try await connector.changes(in: schema, after: nil)
  }
  #expect(
    error?.description == "dynamics: could not read leads: a row has no 'leadid'")
}
