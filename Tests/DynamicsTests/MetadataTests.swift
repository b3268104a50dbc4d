import Model
import Testing
import Transport

@testable import Dynamics

private let cast = "GET EntityDefinitions(LogicalName='"
private let noDetails: [String: [ScriptedExchange.Answer]] = [
  cast + "contact')/Attributes/": [.json(200, #"{"value":[]}"#)],
  cast + "opportunity')/Attributes/Microsoft.Dynamics.CRM.String": [.json(200, #"{"value":[]}"#)],
]

@Test func `the metadata of all wanted tables takes two calls`() async throws {
  let exchange = Organisation.exchange(noDetails)
  let wanted: [ObjectType: Set<FieldName>] = [
    .lead: ["firstname", "revenue", "leadsourcecode"], .contact: ["firstname"], .user: [],
    .opportunity: ["name"], ObjectType(.dynamics, "nothing"): ["name"],
  ]
  let connector = try Organisation.connector(exchange, wanted: wanted)
  for object in [ObjectType.lead, .contact, .user, .opportunity] {
    let names = try #require(wanted[object])
    let schema = try await connector.describe(object, selecting: names.sorted())
    #expect(Set(schema.fields.keys) == names)
    _ = try await connector.feed(for: schema)
  }
  let calls = exchange.requests.map(\.url).filter { !$0.contains("/token") }
  let filter = ["contact", "lead", "nothing", "opportunity", "systemuser"].map {
    "LogicalName%20eq%20%27\($0)%27"
  }
  #expect(calls.count == 2)
  #expect(calls.first?.contains("EntityDefinitions?$select=LogicalName,EntitySetName,") == true)
  #expect(calls.first?.hasSuffix("&$filter=" + filter.joined(separator: "%20or%20")) == true)
  let batch = try #require(exchange.requests.last)
  let parts = ScriptedExchange.reads(in: batch).map {
    $0.replacing("/Attributes/Microsoft.Dynamics.CRM.", with: " ").prefix { $0 != "?" }
  }
  #expect(
    parts == [
      "EntityDefinitions(LogicalName='contact') StringAttributeMetadata",
      "EntityDefinitions(LogicalName='lead') MoneyAttributeMetadata",
      "EntityDefinitions(LogicalName='lead') PicklistAttributeMetadata",
      "EntityDefinitions(LogicalName='lead') StringAttributeMetadata",
      "EntityDefinitions(LogicalName='opportunity') StateAttributeMetadata",
      "EntityDefinitions(LogicalName='opportunity') StringAttributeMetadata",
    ])
}

@Test func `a wanted table that the organisation lacks is a fault once it is asked for`()
  async throws
{
  let nothing = ObjectType(.dynamics, "nothing")
  let connector = try Organisation.connector(
    Organisation.exchange(), wanted: [nothing: ["name"], .lead: ["donotphone"]])
  let lead = try await connector.describe(.lead, selecting: ["donotphone"])
  #expect(lead.fields.keys.sorted() == ["donotphone"])
  let error = await #expect(throws: ServiceError.self) {
    try await connector.describe(nothing, selecting: ["name"])
  }
  #expect(error?.kind == .schema(nil))
}

@Test func `a read that a batch turned away is asked for again by itself`() async throws {
  let money = cast + "lead')/Attributes/Microsoft.Dynamics.CRM.MoneyAttributeMetadata"
  let exchange = Organisation.exchange([
    money: [
      .error(429, "0x80072322"), .error(429, "0x80072322"),
      .json(200, #"{"value":[{"LogicalName":"revenue","Precision":4}]}"#),
    ]
  ])
  let connector = try Organisation.connector(exchange)
  let schema = try await connector.describe(.lead, selecting: ["firstname", "revenue"])
  #expect(schema.fields["firstname"]?.length == 50)
  #expect(schema.fields["revenue"]?.scale == 4)
}
