import Testing

@testable import Sandbox

@Suite struct DynamicsOpportunityTests {
  /// An account, a contact of it, and opportunity 3 of the account.
  private static func prepare(_ box: DynamicsBox) throws {
    try box.service.seed { seeding in
      try seeding.insert(table: "account", id: guid(1), values: ["name": .text("Park AS")])
      try seeding.insert(
        table: "contact", id: guid(2),
        values: [
          "lastname": .text("Park"), "parentcustomerid": .reference(table: "account", id: guid(1)),
        ])
      try seeding.insert(
        table: "opportunity", id: guid(3),
        values: [
          "name": .text("Renewal"), "estimatedvalue": .decimal("1200.5"),
          "customerid": .reference(table: "account", id: guid(1)),
        ])
    }
  }

  private static func close(
    _ box: DynamicsBox, _ action: String, status: DynamicsJSON,
    _ members: [DynamicsJSON.Member] = []
  ) async throws -> DynamicsBox.Answer {
    let bind = DynamicsJSON.Member(
      "opportunityid@odata.bind", .string("/opportunities(\(guid(3)))"))
    return try await box.send(
      "POST", action, [:],
      [
        "Status": status,
        "OpportunityClose": .object([.init("subject", "The end"), bind] + members),
      ])
  }

  private static let outcome = [
    "statecode", "statuscode", "actualvalue", "actualvalue_base", "actualclosedate",
  ]

  private static func outcome(_ box: DynamicsBox) async throws -> [DynamicsJSON?] {
    let row = try await box.get(
      "opportunities(\(guid(3)))?$select=\(outcome.joined(separator: ","))"
    ).json
    return outcome.map { row[$0] }
  }

  @Test func `an opportunity is made for an account or a contact, and shows which`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      let answer = try await box.send(
        "POST", "opportunities", ["Prefer": "return=representation"],
        [
          "opportunityid": .string(guid(4)), "name": "Pilot", "stepname": "2-Develop",
          "closeprobability": 40, "estimatedvalue": .number("99.995"),
          "estimatedclosedate": "2026-03-31",
          "customerid_contact@odata.bind": .string("/contacts(\(guid(2)))"),
        ])
      #expect(answer.status == 201)
      let row = try await box.get(
        "opportunities(\(guid(4)))", prefer: "odata.include-annotations=\"*\""
      ).json
      let kind = "@Microsoft.Dynamics.CRM.lookuplogicalname"
      #expect(row["_customerid_value"] == .string(guid(2)))
      #expect(row["_customerid_value" + kind] == "contact")
      #expect(row["_contactid_value"] == .string(guid(2)))
      #expect(row["_accountid_value"] == .null)
      #expect(row["statecode@OData.Community.Display.V1.FormattedValue"] == "Open")
      #expect(row["estimatedvalue"] == .number("100.0000"))
      #expect(row["estimatedvalue_base"] == .number("100.0000"))
      #expect(row["estimatedclosedate"] == "2026-03-31")
      #expect(
        try await box.values("opportunities", 3, "_customerid_value", "_accountid_value") == [
          .string(guid(1)), .string(guid(1)),
        ])
    }
  }

  @Test func `a won opportunity holds what was sold, or else the estimate`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      #expect(try await Self.close(box, "WinOpportunity", status: -1).status == 204)
      #expect(
        try await Self.outcome(box) == [
          1, 3, .number("1200.5000"), .number("1200.5000"), "2026-01-05",
        ])
      let reopened = try await box.send(
        "PATCH", "opportunities(\(guid(3)))", [:], ["statecode": 0, "stepname": "1-Qualify"])
      #expect(reopened.status == 204)
      let members: [DynamicsJSON.Member] = [
        .init("actualrevenue", .number("1000")), .init("actualend", "2025-12-31"),
      ]
      let again = try await Self.close(box, "WinOpportunity", status: 3, members)
      #expect(again.status == 204)
      #expect(
        try await Self.outcome(box) == [
          1, 3, .number("1000.0000"), .number("1000.0000"), "2025-12-31",
        ])
    }
  }

  @Test func `a lost opportunity holds its reason and nothing sold`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      #expect(try await Self.close(box, "LoseOpportunity", status: 5).status == 204)
      #expect(
        try await Self.outcome(box) == [
          2, 5, .number("0.0000"), .number("0.0000"), "2026-01-05",
        ])
    }
  }

  @Test func `an update neither closes an opportunity nor edits a closed one`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      func patch(_ body: DynamicsJSON) async throws -> [String?] {
        try await box.send("PATCH", "opportunities(\(guid(3)))", [:], body).failure
      }
      #expect(
        try await patch(["statecode": 1, "statuscode": 3]) == [
          "0x80100005",
          "This message can not be used to set the state of opportunity to won. In order to set "
            + "state of opportunity to won, use the won message instead.",
        ])
      #expect(try await patch(["statuscode": 4])[0] == "0x80100005")
      #expect(try await patch(["statuscode": 2]) == [nil, nil])
      #expect(try await Self.close(box, "WinOpportunity", status: 4).failure[0] == "0x80048408")
      #expect(try await Self.close(box, "WinOpportunity", status: 3).status == 204)
      let closed = ["0x80040203", "The opportunity is already closed."]
      #expect(try await patch(["name": "Other"]) == closed)
      #expect(try await Self.close(box, "LoseOpportunity", status: 4).failure == closed)
    }
  }

  @Test func `qualifying a lead makes an opportunity that remembers it`() async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(
        1,
        [
          .init("subject", "Forty seats"), .init("companyname", "Park AS"),
          .init("estimatedamount", .number("500")),
        ])
      let answer = try await box.send(
        "POST", "leads(\(guid(1)))/Microsoft.Dynamics.CRM.QualifyLead", [:],
        [
          "CreateAccount": true, "CreateContact": true, "CreateOpportunity": true, "Status": -1,
        ])
      let made = try #require(answer.json["value"]?.items)
      try #require(made.count == 3)
      let account = made[0]["accountid"]
      let contact = made[1]["contactid"]
      let id = try #require(made[2]["opportunityid"]?.string)
      #expect(made[2]["@odata.type"] == "#Microsoft.Dynamics.CRM.opportunity")
      let row = try await box.get("opportunities(\(id))").json
      #expect(row["name"] == "Forty seats")
      #expect(row["estimatedvalue"] == .number("500.0000"))
      #expect(row["_customerid_value"] == account)
      #expect(row["_parentaccountid_value"] == account)
      #expect(row["_parentcontactid_value"] == contact)
      #expect(row["_originatingleadid_value"] == .string(guid(1)))
      #expect(
        try await box.values("leads", 1, "_qualifyingopportunityid_value") == [.string(id)])
    }
  }

  @Test(arguments: [false, true])
  func `a qualified lead's opportunity is for the customer that was named, or else the contact`(
    isNamed: Bool
  ) async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      try await box.addLead(6, [.init("companyname", "Sato Oy")])
      let named = DynamicsJSON.Member(
        "OpportunityCustomerId",
        [
          "@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": .string(guid(1)),
        ])
      let answer = try await box.send(
        "POST", "leads(\(guid(6)))/Microsoft.Dynamics.CRM.QualifyLead", [:],
        .object(
          [
            .init("CreateAccount", false), .init("CreateContact", true),
            .init("CreateOpportunity", true), .init("Status", 3),
          ] + (isNamed ? [named] : [])))
      let made = try #require(answer.json["value"]?.items)
      try #require(made.count == 2)
      let id = try #require(made[1]["opportunityid"]?.string)
      let row = try await box.get("opportunities(\(id))?$select=_customerid_value").json
      #expect(row["_customerid_value"] == (isNamed ? .string(guid(1)) : made[0]["contactid"]))
    }
  }

  @Test func `an opportunity goes with its customer`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      let first = try await box.get("opportunities?$select=name", prefer: "odata.track-changes")
      let delta = try #require(first.json["@odata.deltaLink"]?.string)
      #expect(try await box.send("DELETE", "accounts(\(guid(1)))").status == 204)
      #expect(try await box.get("opportunities(\(guid(3)))").status == 404)
      #expect(try await box.get(delta).json.each("id") == [.string(guid(3))])
    }
  }

  @Test func `a table of the customer's own is read, written and tracked`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      let answer = try await box.send(
        "POST", "new_subscriptions", [:],
        [
          "new_subscriptionid": .string(guid(5)), "new_name": "Premium 1",
          "new_plan": 100_000_002, "new_amount": .number("19.9"), "new_startdate": "2026-01-01",
          "new_ContactId@odata.bind": .string("/contacts(\(guid(2)))"),
        ])
      #expect(answer.status == 204)
      let row = try await box.get("new_subscriptions", prefer: "odata.track-changes").json
      #expect(row["@odata.deltaLink"] != nil)
      #expect(row.each("new_plan") == [100_000_002])
      #expect(row.each("new_amount") == [.number("19.9000")])
      #expect(row.each("new_active") == [true])
      #expect(row.each("_new_contactid_value") == [.string(guid(2))])
      let wrong = try await box.send(
        "PATCH", "new_subscriptions(\(guid(5)))", [:],
        ["new_contactid@odata.bind": .string("/contacts(\(guid(2)))")])
      #expect(wrong.failure[0] == "0x80048d19")
      let definition = try await box.get(
        "EntityDefinitions(LogicalName='new_subscription')?$select=EntitySetName,IsCustomEntity")
      #expect(definition.json["EntitySetName"] == "new_subscriptions")
      #expect(definition.json["IsCustomEntity"] == true)
    }
  }
}
