import Testing

@testable import Sandbox

@Suite struct DynamicsLifecycleTests {
  @Test(
    arguments: [
      (["statecode": 2, "statuscode": 5], [2, 5]), (["statecode": 2], [2, 4]),
      (["statuscode": 6], [2, 6]), (["statuscode": 2], [0, 2]), (["statecode": 0], [0, 1]),
    ] as [(DynamicsJSON, [DynamicsJSON])])
  func `a state and its status complete each other`(body: DynamicsJSON, expected: [DynamicsJSON])
    async throws
  {
    try await DynamicsBox.run { box in
      try await box.addLead(1)
      #expect(try await box.send("PATCH", "leads(\(guid(1)))", [:], body).status == 204)
      #expect(try await box.values("leads", 1, "statecode", "statuscode") == expected)
    }
  }

  @Test func `a status of another state is refused`() async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(1)
      let answer = try await box.send(
        "PATCH", "leads(\(guid(1)))", [:], ["statecode": 0, "statuscode": 5])
      #expect(answer.status == 400)
      #expect(
        answer.failure == [
          "0x80048408",
          "5 is not a valid status code for state code LeadState.Open on lead with Id \(guid(1)).",
        ])
    }
  }

  @Test func `a contact begins active whatever its creation says`() async throws {
    try await DynamicsBox.run { box in
      func create(_ number: Int, _ body: [DynamicsJSON.Member]) async throws -> Int {
        try await box.send(
          "POST", "contacts", [:],
          .object([.init("contactid", .string(guid(number)))] + body)
        ).status
      }
      let first = try await create(1, [.init("statecode", 1)])
      #expect(first == 204)
      #expect(try await box.values("contacts", 1, "statecode", "statuscode") == [0, 1])
      #expect(try await create(2, [.init("statecode", 1), .init("statuscode", 2)]) == 400)
    }
  }

  @Test func `qualifying makes an account and a contact that remember the lead`() async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(
        1,
        [
          .init("firstname", "Ines"), .init("companyname", "Park AS"),
          .init("emailaddress1", "ines@park.example"), .init("donotphone", true),
          .init("revenue", .number("12.50")),
        ])
      let path = "leads(\(guid(1)))/Microsoft.Dynamics.CRM.QualifyLead"
      let body: DynamicsJSON = [
        "CreateAccount": true, "CreateContact": true, "CreateOpportunity": false, "Status": 3,
      ]
      let answer = try await box.send("POST", path, [:], body)
      #expect(answer.status == 200)
      let made = try #require(answer.json["value"]?.items)
      #expect(
        made.map { $0["@odata.type"] } == [
          "#Microsoft.Dynamics.CRM.account", "#Microsoft.Dynamics.CRM.contact",
        ])
      let account = try #require(made[0]["accountid"]?.string)
      let contact = try #require(made[1]["contactid"]?.string)
      let person = try await box.get("contacts(\(contact))").json
      #expect(person["fullname"] == "Ines Park1")
      #expect(person["emailaddress1"] == "ines@park.example")
      #expect(person["donotphone"] == true)
      #expect(person["_originatingleadid_value"] == .string(guid(1)))
      #expect(person["_parentcustomerid_value"] == .string(account))
      let company = try await box.get("accounts(\(account))").json
      #expect(company["name"] == "Park AS")
      #expect(company["revenue"] == .number("12.5000"))
      #expect(
        try await box.values(
          "leads", 1, "statecode", "statuscode", "_parentaccountid_value", "_parentcontactid_value")
          == [1, 3, .string(account), .string(contact)])
      let again = try await box.send("POST", path, [:], body)
      #expect(again.status == 400)
      #expect(again.failure == ["0x80040519", "The lead is already closed."])
    }
  }

  @Test func `a merge keeps the master's values, moves what pointed, and closes the other`()
    async throws
  {
    try await DynamicsBox.run { box in
      try box.service.seed { seeding in
        for number in [1, 2] {
          try seeding.insert(
            table: "account", id: guid(number), values: ["name": .text("Park \(number)")])
        }
        try seeding.insert(
          table: "contact", id: guid(3),
          values: [
            "lastname": .text("Park"),
            "parentcustomerid": .reference(table: "account", id: guid(2)),
          ])
      }
      func row(_ number: Int, _ more: [DynamicsJSON.Member] = []) -> DynamicsJSON {
        .object(
          [
            .init("@odata.type", "Microsoft.Dynamics.CRM.account"),
            .init("accountid", .string(guid(number))),
          ] + more)
      }
      func merge(_ target: Int, _ other: Int) async throws -> DynamicsBox.Answer {
        try await box.send(
          "POST", "Merge", [:],
          [
            "Target": row(target), "Subordinate": row(other),
            "UpdateContent": [
              "@odata.type": "Microsoft.Dynamics.CRM.account",
              "accountid": "00000000-0000-0000-0000-000000000000", "sic": "7",
            ], "PerformParentingChecks": false,
          ])
      }
      #expect(try await merge(1, 1).failure[0] == "0x80045305")
      #expect(try await merge(1, 2).status == 204)
      #expect(
        try await box.values("accounts", 1, "name", "sic", "merged") == ["Park 1", "7", false])
      #expect(
        try await box.values("accounts", 2, "merged", "_masterid_value", "statecode", "statuscode")
          == [true, .string(guid(1)), 1, 2])
      #expect(
        try await box.values("contacts", 3, "_parentcustomerid_value") == [.string(guid(1))])
      #expect(try await merge(1, 2).failure[0] == "0x80045304")
    }
  }

  @Test func `a merged lead is cancelled`() async throws {
    try await DynamicsBox.run { box in
      try box.service.seed { seeding in
        for number in [1, 2] {
          try seeding.insert(
            table: "lead", id: guid(number), values: ["lastname": .text("Park")])
        }
        try seeding.merge(
          table: "lead", subordinate: guid(2), into: guid(1), values: ["jobtitle": .text("CTO")])
        try seeding.insert(table: "lead", id: guid(4), values: ["lastname": .text("Sato")])
        try seeding.qualify(lead: guid(4), contact: guid(5))
      }
      #expect(
        try await box.values("leads", 2, "statecode", "statuscode", "merged") == [2, 7, true])
      #expect(try await box.values("leads", 1, "jobtitle") == ["CTO"])
      #expect(
        try await box.values("contacts", 5, "_originatingleadid_value") == [.string(guid(4))])
    }
  }
}
