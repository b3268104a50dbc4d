import Model
import Testing
import Transport

@testable import Dynamics

private let contact = "30000000-0000-0000-0000-000000000003"
private let account = "20000000-0000-0000-0000-000000000002"
private let marker = "Microsoft.Dynamics.CRM.lookuplogicalname"

private func facts(
  _ object: ObjectType, _ set: String, _ members: String, filterColumn: String? = nil,
  tables: [ObjectType: TableSettings] = [:]
) async throws -> Facts? {
  let exchange = Organisation.exchange([
    "GET \(set)?$select=": [
      .json(200, "{\"@odata.deltaLink\":\"/api/data/v9.2/x\",\"value\":[{\(members)}]}")
    ]
  ])
  let connector = try Organisation.connector(exchange, filterColumn: filterColumn, tables: tables)
  let schema = try await connector.describe(object, selecting: [])
  return try await connector.changes(in: schema, after: nil).records.first?.facts
}

@Test func `a qualified lead tells its contact, an open one with a contact does not`() async throws
{
  let rest = ",\"leadid\":\"\(Organisation.lead1)\",\"_parentcontactid_value\":\"\(contact)\""
  let qualified = try await facts(.lead, "leads", "\"statecode\":1" + rest)
  let open = try await facts(.lead, "leads", "\"statecode\":0" + rest)
  let disqualified = try await facts(.lead, "leads", "\"statecode\":2" + rest)
  #expect(qualified == Facts(state: .qualified, convertedTo: .dynamics(contact)))
  #expect(open == Facts())
  #expect(disqualified == Facts(state: .inactive))
}

@Test func `a merged lead tells its master`() async throws {
  let members = """
    "leadid":"\(Organisation.lead1)","statecode":2,"merged":true,
    "_masterid_value":"\(Organisation.lead2)"
    """
  let merged = try await facts(.lead, "leads", members)
  #expect(merged == Facts(state: .inactive, mergedInto: .dynamics(Organisation.lead2)))
}

@Test func `a contact tells its account, its lead and a team that owns it`() async throws {
  let members = """
    "contactid":"\(contact)","statecode":1,"_originatingleadid_value":"\(Organisation.lead1)",
    "_parentcustomerid_value":"\(account)","_parentcustomerid_value@\(marker)":"account",
    "_ownerid_value":"\(Organisation.user)","_ownerid_value@\(marker)":"team"
    """
  let found = try await facts(.contact, "contacts", members)
  #expect(
    found
      == Facts(
        state: .inactive, owner: Reference(.team, .dynamics(Organisation.user)),
        account: .dynamics(account), originatingLead: .dynamics(Organisation.lead1)))
}

@Test func `a contact of another contact has no account`() async throws {
  let members = """
    "contactid":"\(contact)","_parentcustomerid_value":"\(account)",
    "_parentcustomerid_value@\(marker)":"contact"
    """
  #expect(try await facts(.contact, "contacts", members) == Facts())
}

@Test func `a disabled user is inactive`() async throws {
  let members = """
    "systemuserid":"\(Organisation.user)","isdisabled":true,
    "internalemailaddress":"Rui@Acme.example"
    """
  let found = try await facts(.user, "systemusers", members)
  #expect(found == Facts(email: "rui@acme.example", state: .inactive))
}

@Test func `only an explicit No in the filter column leaves a record out`() async throws {
  var included: [Bool?] = []
  for answer in ["false", "true", "null"] {
    let members = "\"leadid\":\"\(Organisation.lead1)\",\"new_sync\":\(answer)"
    included.append(
      try await facts(.lead, "leads", members, filterColumn: "new_sync")?.isIncluded)
  }
  #expect(included == [false, true, true])
}

@Test func `a team's address matches nobody`() async throws {
  let members = """
    "teamid":"\(Organisation.user)","emailaddress":"sales@acme.example"
    """
  #expect(try await facts(.team, "teams", members) == Facts())
}
