import Foundation
import Testing

@testable import Sandbox

@Suite struct DynamicsWriteTests {
  @Test func `a creation answers with the row's address, or with the row`() async throws {
    try await DynamicsBox.run { box in
      let url = "\(box.base)/leads(\(guid(1)))"
      let made = try await box.send(
        "POST", "leads", [:],
        ["leadid": .string(guid(1)), "firstname": "Ines", "lastname": "Park", "fullname": "X"])
      #expect(made.status == 204)
      #expect(made.headers["odata-entityid"] == url)
      #expect(made.headers["location"] == url)
      let shown = try await box.addLead(2, select: "fullname,statecode,statuscode,donotphone")
      #expect(shown.status == 201)
      #expect(shown.headers["preference-applied"] == "return=representation")
      #expect(shown.headers["etag"] == shown.json["@odata.etag"]?.string)
      #expect(shown.json["statecode"] == 0)
      #expect(shown.json["statuscode"] == 1)
      #expect(shown.json["donotphone"] == false)
      #expect(try await box.values("leads", 1, "fullname") == ["Ines Park"])
      let again = try await box.addLead(2)
      #expect(again.status == 412)
      #expect(again.failure[0] == "0x80040237")
      let free = try await box.send("POST", "leads", [:], ["lastname": "Sato"])
      #expect(free.headers["odata-entityid"]?.hasPrefix("\(box.base)/leads(") == true)
    }
  }

  @Test func `a patch obeys its conditions`() async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(1)
      let body: DynamicsJSON = ["jobtitle": "CTO"]
      let first = try await box.etag("leads", 1)
      func patch(_ number: Int, _ headers: [String: String]) async throws -> Int {
        try await box.send("PATCH", "leads(\(guid(number)))", headers, body).status
      }
      #expect(try await patch(1, ["If-Match": first]) == 204)
      let stale = try await box.send("PATCH", "leads(\(guid(1)))", ["If-Match": first], body)
      #expect(stale.status == 412)
      #expect(
        stale.failure == [
          "0x80060882",
          "The version of the existing record doesn't match the RowVersion property provided.",
        ])
      #expect(try await patch(1, ["If-Match": "*"]) == 204)
      #expect(try await patch(1, ["If-None-Match": "*"]) == 412)
      #expect(try await patch(1, ["If-None-Match": "null"]) == 204)
      let gone = try await box.send("PATCH", "leads(\(guid(2)))", ["If-Match": "*"], body)
      #expect(gone.status == 404)
      #expect(gone.failure == ["0x80040217", "lead With Id = \(guid(2)) Does Not Exist"])
      #expect(try await patch(2, ["If-None-Match": "*"]) == 204)
      #expect(try await patch(3, [:]) == 204)
      #expect(try await patch(4, ["Prefer": "return=representation"]) == 201)
      #expect(try await patch(4, ["Prefer": "return=representation"]) == 200)
      #expect(try await patch(4, ["If-Match": "W/\"1\""]) == 412)
      let etag = try await box.etag("leads", 4)
      func delete(_ condition: String) async throws -> Int {
        try await box.send("DELETE", "leads(\(guid(4)))", ["If-Match": condition]).status
      }
      #expect(try await delete(first) == 412)
      #expect(try await delete(etag) == 204)
      #expect(try await delete(etag) == 404)
    }
  }

  @Test func `every write moves the version, also one that changes nothing`() async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(1, [.init("jobtitle", "CTO")])
      let version = try await box.values("leads", 1, "versionnumber")[0].integer ?? 0
      box.clock.advance(60)
      var person = box
      person.token =
        try await box.login(
          "password", ["username": SandboxCredentials.username, "password": "sandbox"]
        ).json["access_token"]?.string ?? ""
      _ = try await person.send("PATCH", "leads(\(guid(1)))", [:], ["jobtitle": "CTO"])
      let now = try await box.values(
        "leads", 1, "versionnumber", "createdon", "modifiedon", "_createdby_value",
        "_modifiedby_value")
      #expect((1...40).contains((now[0].integer ?? 0) - version))
      #expect(
        now.dropFirst() == [
          "2026-01-05T09:15:02Z", "2026-01-05T09:16:02Z",
          .string(DynamicsBootstrap.applicationUserID), .string(DynamicsBootstrap.syncUserID),
        ])
    }
  }

  @Test func `values are trimmed, rounded and normalised as the service stores them`()
    async throws
  {
    try await DynamicsBox.run { box in
      try await box.addLead(
        1,
        [
          .init("firstname", "  Ines \t "), .init("jobtitle", "   "), .init("companyname", ""),
          .init("revenue", .number("0.125")), .init("budgetamount", .number("1e3")),
          .init("estimatedamount", .number("-2.675")),
          .init("address1_latitude", .number("59.9133301")),
          .init("new_interests", "4, 2,2"),
          .init("overriddencreatedon", "2020-02-29T23:30:00.900+01:00"),
        ])
      let values = try await box.values(
        "leads", 1, "firstname", "jobtitle", "companyname", "revenue", "revenue_base",
        "budgetamount", "estimatedamount", "address1_latitude", "new_interests", "createdon",
        "overriddencreatedon")
      #expect(
        values == [
          "  Ines", nil, nil, .number("0.1200"), .number("0.1200"), .number("1000.0000"),
          .number("-2.6800"), .number("59.91333"), "2,4", "2020-02-29T22:30:00Z",
          "2026-01-05T09:15:02Z",
        ])
    }
  }

  @Test func `amounts are kept in the organisation's currency too`() async throws {
    try await DynamicsBox.run { box in
      let euro = "c0000000-0000-4000-8000-000000000002"
      try box.service.seed { seeding in
        try seeding.insert(
          table: "transactioncurrency", id: euro,
          values: [
            "currencyname": .text("Euro"), "isocurrencycode": .text("EUR"),
            "exchangerate": .decimal("0.9"),
          ])
      }
      try await box.addLead(
        1,
        [
          .init("revenue", 100),
          .init("transactioncurrencyid@odata.bind", .string("/transactioncurrencies(\(euro))")),
        ])
      let values = try await box.values("leads", 1, "revenue", "revenue_base", "exchangerate")
      #expect(values == [.number("100.0000"), .number("111.1111"), .number("0.9000000000")])
    }
  }

  @Test(
    arguments: [
      (
        "subject", .string(String(repeating: "x", count: 301)), "0x80044331",
        "A validation error occurred.  The length of the 'subject' attribute of the 'lead' entity "
          + "exceeded the maximum allowed length of '300'."
      ),
      (
        "mobilephone", .string(String(repeating: "\u{1F600}", count: 11)), "0x80044331",
        "A validation error occurred.  The length of the 'mobilephone' attribute of the 'lead' "
          + "entity exceeded the maximum allowed length of '20'."
      ),
      (
        "leadsourcecode", 99, "0x8004431A",
        "A validation error occurred.  The value 99 of 'leadsourcecode' on record of type 'lead' is "
          + "outside the valid range. Accepted Values: 1,2,3,4,5,6,7,8,9,10"
      ),
      (
        "numberofemployees", 1_000_001, "0x80040203",
        "A validation error occurred.  The value of 'numberofemployees' on record of type 'lead' is "
          + "outside the valid range."
      ),
      (
        "revenue", .number("1e300"), "0x80044330",
        "A validation error occurred.  The value of 'revenue' on record of type 'lead' is outside "
          + "the valid range."
      ),
      (
        "estimatedclosedate", "1752-12-31", "0x80040239",
        "DateTime is less than minimum value supported by CrmDateTime. Actual value: 1752-12-31, "
          + "Minimum value supported: 01/01/1753 00:00:00"
      ),
      (
        "lastname", "a\u{1}b", "0x80040278",
        "Invalid character in field 'lastname' of the 'lead' entity."
      ),
    ] as [(String, DynamicsJSON, String, String)])
  func `a value that the service refuses leaves the row as it was`(
    column: String, value: DynamicsJSON, code: String, message: String
  ) async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(1)
      let body = DynamicsJSON.object([.init("jobtitle", "CTO"), .init(column, value)])
      let answer = try await box.send("PATCH", "leads(\(guid(1)))", [:], body)
      #expect(answer.status == 400)
      #expect(answer.failure == [code, message])
      #expect(try await box.values("leads", 1, "jobtitle") == [nil])
    }
  }

  @Test(
    arguments: [
      ("nickname", "x", "Invalid property 'nickname' was found"),
      ("_ownerid_value", .string(guid(1)), "Invalid property '_ownerid_value' was found"),
      ("ownerId@odata.bind", "/systemusers(x)", "Invalid property 'ownerId' was found"),
      ("numberofemployees", "7", "Cannot convert the literal '7' to the expected type 'Edm.Int32'"),
      ("donotphone", 1, "Cannot convert the literal '1' to the expected type 'Edm.Boolean'"),
      ("jobtitle", 1, "Cannot convert the literal '1' to the expected type 'Edm.String'"),
      ("estimatedclosedate", "2026-02-30", "to the expected type 'Edm.Date'"),
      (
        "estimatedclosedate", "2026-02-03T00:00:00Z", "to the expected type 'Edm.Date'"
      ),
    ] as [(String, DynamicsJSON, String)])
  func `a body that does not fit the table is refused whole`(
    name: String, value: DynamicsJSON, part: String
  ) async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.send(
        "POST", "leads", [:], .object([.init("lastname", "Park"), .init(name, value)]))
      #expect(answer.status == 400)
      #expect(answer.failure[0] == "0x80048d19")
      #expect(answer.failure[1]?.contains(part) == true)
      #expect(try await box.get("leads/$count").text == "\u{FEFF}0")
    }
  }

  @Test func `one property can be set and emptied`() async throws {
    try await DynamicsBox.run { box in
      try await box.addLead(1)
      let path = "leads(\(guid(1)))/jobtitle"
      #expect(try await box.send("PUT", path, [:], ["value": "CTO"]).status == 204)
      #expect(try await box.values("leads", 1, "jobtitle") == ["CTO"])
      #expect(try await box.send("DELETE", path).status == 204)
      #expect(try await box.values("leads", 1, "jobtitle") == [nil])
    }
  }

  @Test func `what was written outlives the server`() async throws {
    let path =
      FileManager.default.temporaryDirectory.path
      + "/sandbox-\(UInt64.random(in: 0...UInt64.max)).db"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await DynamicsBox.run(state: SandboxState(path: path)) { box in try await box.addLead(1) }
    try await DynamicsBox.run(state: SandboxState(path: path)) { box in
      let values = try await box.values("leads", 1, "fullname")
      #expect(values == ["Park1"])
    }
  }
}
