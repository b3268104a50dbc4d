import Model
import Testing
import Transport

@testable import Dynamics

private let deal = "40000000-0000-0000-0000-000000000004"
private let contact = "30000000-0000-0000-0000-000000000003"
private let account = "20000000-0000-0000-0000-000000000002"
private let role = "50000000-0000-0000-0000-000000000005"
private let otherRole = "50000000-0000-0000-0000-000000000006"
private let marker = "Microsoft.Dynamics.CRM.lookuplogicalname"

private func lookup(_ name: String, _ id: String, _ table: String) -> String {
  "\"_\(name)_value\":\"\(id.uppercased())\",\"_\(name)_value@\(marker)\":\"\(table)\""
}

private func read(
  _ object: ObjectType, _ set: String, _ members: [String],
  tables: [ObjectType: TableSettings] = [:]
) async throws -> (facts: Facts?, calls: [String]) {
  let rows = "{\"value\":[{\(members.joined(separator: ","))}],"
  let exchange = Organisation.exchange([
    "GET \(set)?$select=": [.json(200, rows + "\"@odata.deltaLink\":\"/api/data/v9.2/x\"}")]
  ])
  let connector = try Organisation.connector(exchange, tables: tables)
  let schema = try await connector.describe(object, selecting: [])
  let facts = try await connector.changes(in: schema, after: nil).records.first?.facts
  return (facts, exchange.calls)
}

private func opportunity(_ members: String...) async throws -> Facts? {
  let amounts = "\"estimatedvalue\":1000.5000,\"actualvalue\":900.2500"
  return try await read(
    .opportunity, "opportunities", ["\"opportunityid\":\"\(deal)\"", amounts] + members
  ).facts
}

@Test func `an open opportunity tells its customer, owner, expected value and step`() async throws {
  let found = try await opportunity(
    "\"statecode\":0", "\"stepname\":\"2-Develop\"", lookup("customerid", account, "account"),
    lookup("ownerid", Organisation.user, "team"), lookup("originatingleadid", role, "lead"),
    "\"emailaddress\":\"ines@park.example\"")
  #expect(
    found
      == Facts(
        owner: Reference(.team, .dynamics(Organisation.user)),
        parent: Reference(.account, .dynamics(account)), amount: ExactDecimal("1000.5"),
        stage: "2-Develop"))
}

@Test func `a closed opportunity tells what came of it, in the organisation's words`() async throws
{
  let step = "\"stepname\":\"4-Close\""
  let won = try await opportunity(
    "\"statecode\":1", step, lookup("customerid", contact, "contact"))
  let lost = try await opportunity("\"statecode\":2", step)
  #expect(
    won
      == Facts(
        state: .won, parent: Reference(.contact, .dynamics(contact)),
        amount: ExactDecimal("900.25"), stage: "Gewonnen"))
  #expect(lost == Facts(state: .lost, amount: ExactDecimal("900.25"), stage: "Verloren"))
}

@Test func `without a step the state is the stage`() async throws {
  let none = try await opportunity("\"statecode\":0", "\"stepname\":null")
  #expect(none == Facts(amount: ExactDecimal("1000.5"), stage: "Offen"))
}

@Test func `an opportunity's read names its own columns alone`() async throws {
  let calls = try await read(.opportunity, "opportunities", ["\"opportunityid\":\"x\""]).calls
  #expect(
    calls == [
      "GET opportunities?$select=_customerid_value,_ownerid_value,actualvalue,estimatedvalue,"
        + "opportunityid,statecode,stepname"
    ])
}

private func connection(_ members: String...) async throws -> Facts? {
  try await read(.connection, "connections", ["\"connectionid\":\"\(role)\""] + members).facts
}

@Test(arguments: ["contact", "lead"])
func `a connection ties an opportunity to a person, whichever comes first`(table: String)
  async throws
{
  let roles = [lookup("record1roleid", role, "x"), lookup("record2roleid", otherRole, "x")]
  let first = try await connection(
    lookup("record1id", deal, "opportunity"), lookup("record2id", contact, table), roles[0],
    roles[1])
  let second = try await connection(
    lookup("record2id", deal, "opportunity"), lookup("record1id", contact, table), roles[0],
    roles[1])
  var expected = Facts(
    parent: Reference(ObjectType(.dynamics, table), .dynamics(contact)),
    opportunity: .dynamics(deal), role: otherRole)
  #expect(first == expected)
  expected.role = role
  #expect(second == expected)
}

@Test func `a connection without a role has none, and a dissolved one is inactive`() async throws {
  let found = try await connection(
    "\"statecode\":1", "\"_record2roleid_value\":null", lookup("record1id", deal, "opportunity"),
    lookup("record2id", contact, "contact"))
  #expect(
    found
      == Facts(
        state: .inactive, parent: Reference(.contact, .dynamics(contact)),
        opportunity: .dynamics(deal)))
}

@Test(arguments: [("opportunity", "account"), ("contact", "lead"), ("opportunity", "opportunity")])
func `a connection of other kinds tells nothing`(one: String, other: String) async throws {
  let found = try await connection(
    lookup("record1id", deal, one), lookup("record2id", contact, other),
    lookup("record2roleid", role, "connectionrole"))
  #expect(found == Facts())
}

private let task = ObjectType(.dynamics, "task")

private func parent(_ table: String) async throws -> Reference? {
  let exchange = Organisation.exchange([
    "GET new_taskses?$select=": [
      .json(
        200,
        "{\"value\":[{\"new_taskid\":\"\(role)\",\(lookup("new_subjectid", account, table))}]}")
    ]
  ])
  let connector = try Organisation.connector(
    exchange, tables: [task: TableSettings("new_task", parentColumn: "new_subjectid")])
  let schema = try await connector.describe(task, selecting: [])
  return try await connector.changes(in: schema, after: nil).records.first?.facts.parent
}

@Test func `a custom row hangs on the person or account of its look-up, and on nothing else`()
  async throws
{
  let objects: [ObjectType] = [.account, .contact, .lead]
  for object in objects {
    #expect(try await parent(object.name) == Reference(object, .dynamics(account)))
  }
  #expect(try await parent("systemuser") == nil)
}

@Test(arguments: [
  (
    TableSettings("new_task", parentColumn: "new_contactid"),
    "the table new_task has no column 'new_contactid'; name a look-up to a contact, a lead or an "
      + "account, by its logical name"
  ),
  (
    TableSettings("new_task", parentColumn: "name"),
    "the column 'name' of new_task is no look-up; name a look-up to a contact, a lead or an "
      + "account, by its logical name"
  ),
  (
    TableSettings("new_task", filterColumn: "new_sync"),
    "the table new_task has no column 'new_sync'; name a two-option column in 'filter', by its "
      + "logical name"
  ),
])
func `a configured column that cannot serve is a fault of the configuration`(
  settings: TableSettings, words: String
) async throws {
  let connector = try Organisation.connector(Organisation.exchange(), tables: [task: settings])
  let error = await #expect(throws: ServiceError.self) {
    try await connector.describe(task, selecting: [])
  }
  let name = settings.parentColumn ?? settings.filterColumn ?? ""
  #expect(error?.kind == .schema(FieldName(name)))
  #expect(error?.description == "dynamics: could not read the columns of task: " + words)
}
