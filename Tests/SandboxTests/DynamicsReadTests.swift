import Testing

@testable import Sandbox

@Suite struct DynamicsReadTests {
  @Test func `a row shows nulls, the key, and what money and address parts bring along`()
    async throws
  {
    try await DynamicsBox.run { box in
      try await box.addLead(1, [.init("revenue", 125_000), .init("address1_city", "Oslo")])
      let answer = try await box.get(
        "leads(\(guid(1).uppercased()))?$select=jobtitle,revenue,address1_city")
      #expect(
        answer.json == [
          "@odata.context": .string(
            "\(box.base)/$metadata#leads(jobtitle,revenue,address1_city)/$entity"),
          "@odata.etag": .string(try await box.etag("leads", 1)),
          "jobtitle": nil,
          "revenue": .number("125000.0000"),
          "address1_city": "Oslo",
          "leadid": .string(guid(1)),
          "_transactioncurrencyid_value": .string(DynamicsBootstrap.currencyID),
          "address1_composite": "Oslo",
        ])
    }
  }

  @Test func `annotations stand before their properties and only where they were asked for`()
    async throws
  {
    try await DynamicsBox.run { box in
      try await box.addLead(
        1,
        [
          .init("revenue", .number("125000.5")), .init("estimatedclosedate", "2026-03-31"),
          .init("leadsourcecode", 8), .init("donotphone", true), .init("new_interests", "3, 1"),
        ])
      let path =
        "leads(\(guid(1)))?$select=statecode,_ownerid_value,estimatedclosedate,revenue,modifiedon,"
        + "leadsourcecode,donotphone,new_interests,jobtitle"
      let answer = try await box.get(path, prefer: "odata.include-annotations=\"*\"")
      #expect(answer.headers["preference-applied"] == "odata.include-annotations=\"*\"")
      let label = "@OData.Community.Display.V1.FormattedValue"
      #expect(
        answer.json
          == .object([
            .pair(
              "@odata.context",
              .string(
                "\(box.base)/$metadata#leads(statecode,_ownerid_value,estimatedclosedate,revenue,"
                  + "modifiedon,leadsourcecode,donotphone,new_interests,jobtitle)/$entity")),
            .pair("@odata.etag", .string(try await box.etag("leads", 1))),
            .pair("statecode" + label, "Open"), .pair("statecode", 0),
            .pair("_ownerid_value" + label, "# dynsync sandbox"),
            .pair("_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty", "ownerid"),
            .pair("_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname", "systemuser"),
            .pair("_ownerid_value", .string(DynamicsBootstrap.applicationUserID)),
            .pair("estimatedclosedate" + label, "3/31/2026"),
            .pair("estimatedclosedate", "2026-03-31"),
            .pair("revenue" + label, "$125,000.50"), .pair("revenue", .number("125000.5000")),
            .pair("modifiedon" + label, "1/5/2026 9:15 AM"),
            .pair("modifiedon", "2026-01-05T09:15:02Z"),
            .pair("leadsourcecode" + label, "Web"), .pair("leadsourcecode", 8),
            .pair("donotphone" + label, "Do Not Allow"), .pair("donotphone", true),
            .pair("new_interests" + label, "Analytics; Events"), .pair("new_interests", "1,3"),
            .pair("jobtitle", nil), .pair("leadid", .string(guid(1))),
            .pair("_transactioncurrencyid_value" + label, "US Dollar"),
            .pair(
              "_transactioncurrencyid_value@Microsoft.Dynamics.CRM.associatednavigationproperty",
              "transactioncurrencyid"),
            .pair(
              "_transactioncurrencyid_value@Microsoft.Dynamics.CRM.lookuplogicalname",
              "transactioncurrency"),
            .pair("_transactioncurrencyid_value", .string(DynamicsBootstrap.currencyID)),
          ]))
      let some = try await box.get(
        "leads(\(guid(1)))?$select=_ownerid_value,statecode",
        prefer: "odata.include-annotations=Microsoft.Dynamics.CRM.lookuplogicalname")
      #expect(
        some.json.members?.map(\.name) == [
          "@odata.context", "@odata.etag",
          "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname", "_ownerid_value", "statecode",
          "leadid",
        ])
    }
  }

  @Test func `a row without a select shows every column`() async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(1)
      let row = try await box.get("leads(\(guid(1)))").json
      for column in DynamicsTable.lead.columns { #expect(row[column.property] != nil) }
    }
  }

  @Test(
    arguments: [
      ("lastname eq 'o''brien'", [1]),
      ("lastname ne 'O''Brien'", [2, 3, 4]),
      ("emailaddress1 eq null", [4]),
      ("emailaddress1 ne null and not (numberofemployees gt 20)", [1, 2]),
      ("numberofemployees ge 10 and numberofemployees lt 30", [1, 2]),
      ("contains(lastname,'ri') or startswith(emailaddress1,'C@')", [1, 3]),
      ("endswith(emailaddress1,'.example')", [1, 2]),
      ("contains(emailaddress1,'%')", []),
      ("revenue eq 12.5", [2]),
      ("estimatedclosedate ge 2026-03-31", [3]),
      ("createdon le 2026-01-05T10:15:02%2B01:00", [1, 2, 3, 4]),
      ("donotphone eq true", [2]),
      ("statecode eq 0 and leadsourcecode ne 8", [1, 3, 4]),
      ("leadid eq 10000000-0000-4000-8000-000000000003", [3]),
      ("_ownerid_value eq a0000000-0000-4000-8000-000000000001", [1, 2, 3, 4]),
      ("ownerid/ownerid eq a0000000-0000-4000-8000-000000000001", [1, 2, 3, 4]),
      (
        "Microsoft.Dynamics.CRM.In(PropertyName='leadid',PropertyValues=["
          + "'10000000-0000-4000-8000-000000000004','10000000-0000-4000-8000-000000000002'])",
        [2, 4]
      ),
      (
        "Microsoft.Dynamics.CRM.NotIn(PropertyName='emailaddress1',PropertyValues=['A@a.example'])",
        [2, 3]
      ),
      (
        "Microsoft.Dynamics.CRM.ContainValues(PropertyName='new_interests',PropertyValues=['2'])",
        [4]
      ),
      ("versionnumber gt 0 and telephone1 eq telephone2", [3]),
    ] as [(String, [Int])])
  func `a filter finds the rows that it describes`(filter: String, expected: [Int]) async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(
        1,
        [
          .init("lastname", "O'Brien"), .init("emailaddress1", "a@a.example"),
          .init("numberofemployees", 10),
        ])
      try await box.addLead(
        2,
        [
          .init("emailaddress1", "b@a.example"), .init("numberofemployees", 20),
          .init("revenue", .number("12.5")), .init("donotphone", true),
          .init("leadsourcecode", 8),
        ])
      try await box.addLead(
        3,
        [
          .init("emailaddress1", "c@c.test"), .init("numberofemployees", 30),
          .init("estimatedclosedate", "2026-04-01"), .init("telephone1", "7"),
          .init("telephone2", "7"),
        ])
      try await box.addLead(4, [.init("new_interests", "2,3")])
      let query = filter.replacing(" ", with: "%20")
      let answer = try await box.get("leads?$select=leadid&$filter=\(query)")
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.json.each("leadid") == expected.map { .string(guid($0)) })
    }
  }

  @Test(arguments: [
    (
      "$select=nickname",
      "Could not find a property named 'nickname' on type "
        + "'Microsoft.Dynamics.CRM.lead'."
    ),
    (
      "$select=ownerid",
      "Could not find a property named 'ownerid' on type "
        + "'Microsoft.Dynamics.CRM.lead'."
    ),
    (
      "$filter=nick%20eq%201",
      "Could not find a property named 'nick' on type "
        + "'Microsoft.Dynamics.CRM.lead'."
    ),
    ("$filter=lastname%20eq", "Syntax error at position 11 in 'lastname eq'."),
    (
      "$filter=lastname%20eq%20'O'Brien'",
      "There is an unterminated literal at position 20 in "
        + "'lastname eq 'O'Brien''."
    ),
    (
      "$filter=lastname%20eq%201",
      "A binary operator with incompatible types was detected. Found "
        + "operand types 'Edm.String' and 'Edm.Int32' for operator kind 'Equal'."
    ),
    ("$skip=3", "Skip Clause is not supported in CRM"),
  ])
  func `a query that cannot be read is refused`(query: String, message: String) async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.get("leads?\(query)")
      #expect(answer.status == 400)
      #expect(answer.failure == ["0x80060888", message])
    }
  }

  @Test func `an etag that is still good spares the body`() async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(1)
      let etag = try await box.etag("leads", 1)
      let path = "leads(\(guid(1)))?$select=fullname"
      #expect(try await box.send("GET", path, ["If-None-Match": etag]).status == 304)
      #expect(try await box.send("GET", path, ["If-None-Match": "null"]).status == 200)
    }
  }

  @Test func `counts are capped and plain text begins with a byte-order mark`() async throws {
    try await DynamicsBox.run { box in
      for number in 1...3 { try await box.addLead(number) }
      let answer = try await box.get(
        "leads?$select=leadid&$count=true&$top=1",
        prefer: "odata.include-annotations=\"Microsoft.Dynamics.CRM.*\"")
      #expect(answer.json["@odata.count"] == 3)
      #expect(answer.json["@Microsoft.Dynamics.CRM.totalrecordcount"] == 3)
      #expect(answer.json["value"]?.items?.count == 1)
      #expect(try await box.get("leads/$count").bytes == [0xEF, 0xBB, 0xBF, 0x33])
    }
  }
}

extension DynamicsJSON.Member {
  /// One member of an expected object.
  static func pair(_ name: String, _ value: DynamicsJSON) -> Self { Self(name, value) }
}
