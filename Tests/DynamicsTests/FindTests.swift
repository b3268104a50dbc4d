import Model
import Testing
import Transport

@testable import Dynamics

private let row = ScriptedExchange.Answer.json(
  200, #"{"value":[{"leadid":"\#(Organisation.lead1)"}]}"#)

private func filters(_ exchange: ScriptedExchange) -> [String] {
  exchange.calls.map { call in
    let filter = call.split(separator: "&$filter=").last.map(String.init) ?? ""
    return filter.replacing("%20", with: " ").replacing("%27", with: "'")
  }
}

@Test func `records are found by id, and what is no id is not there`() async throws {
  let exchange = Organisation.exchange(["GET leads?": [row]])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: [])
  let found = try await connector.find(
    in: schema, by: .id, values: [Organisation.lead1.uppercased(), "x", Organisation.lead2])
  #expect(found.map(\.id) == [.dynamics(Organisation.lead1)])
  #expect(
    filters(exchange) == [
      "Microsoft.Dynamics.CRM.In%28PropertyName%3D'leadid'%2CPropertyValues%3D%5B"
        + "'\(Organisation.lead1)'%2C'\(Organisation.lead2)'%5D%29"
    ])
}

@Test func `records are found by e-mail, quotes doubled`() async throws {
  let exchange = Organisation.exchange(["GET leads?": [row]])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: [])
  _ = try await connector.find(in: schema, by: .email, values: ["o'hara@a.example", "b@c.example"])
  #expect(
    filters(exchange) == [
      "emailaddress1 eq 'o''hara%40a.example' or emailaddress1 eq 'b%40c.example'"
    ])
}

@Test func `any number of values is looked up in as few calls as addresses allow`() async throws {
  let exchange = Organisation.exchange(["GET leads?": [row]])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: [])
  var generator = SystemRandomNumberGenerator()
  let ids = (0..<1000).map { _ in GUID(using: &generator).text }
  _ = try await connector.find(in: schema, by: .id, values: ids)
  let reads = exchange.requests.filter { $0.url.contains("/leads?") }
  #expect(reads.count == 3)
  #expect(reads.allSatisfy { $0.url.utf8.count < 32_000 })
}

@Test func `nothing is asked where nothing is sought, or a table has no address`() async throws {
  let exchange = Organisation.exchange()
  let connector = try Organisation.connector(exchange)
  let task = try await connector.describe(ObjectType(.dynamics, "new_task"), selecting: [])
  let lead = try await connector.describe(.lead, selecting: [])
  let found =
    try await connector.find(in: task, by: .email, values: ["a@b.example"])
    + connector.find(in: lead, by: .id, values: [])
  #expect(found.isEmpty)
  #expect(exchange.calls.isEmpty)
}
