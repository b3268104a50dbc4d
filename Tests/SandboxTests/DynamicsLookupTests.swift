import Testing

@testable import Sandbox

@Suite struct DynamicsLookupTests {
  private static let user = "a0000000-0000-4000-8000-000000000007"

  private static func prepare(_ box: DynamicsBox) throws {
    try box.service.seed { seeding in
      try seeding.insert(
        table: "systemuser", id: user,
        values: [
          "firstname": .text("Rui"), "lastname": .text("Sato"),
          "internalemailaddress": .text("rui@sandbox.example"),
          "domainname": .text("rui@sandbox.example"),
        ])
      try seeding.insert(table: "account", id: guid(1), values: ["name": .text("Park AS")])
      try seeding.insert(
        table: "contact", id: guid(2),
        values: [
          "lastname": .text("Park"), "parentcustomerid": .reference(table: "account", id: guid(1)),
          "ownerid": .reference(table: "systemuser", id: user),
        ])
    }
  }

  @Test func `a look-up of several kinds is read with its kind and written by its navigation`()
    async throws
  {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      let read = try await box.get(
        "contacts(\(guid(2)))?$select=_parentcustomerid_value,_ownerid_value,_accountid_value",
        prefer: "odata.include-annotations=\"*\""
      ).json
      let kind = "@Microsoft.Dynamics.CRM.lookuplogicalname"
      #expect(read["_parentcustomerid_value" + kind] == "account")
      #expect(
        read["_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"]
          == "parentcustomerid_account")
      #expect(read["_accountid_value"] == .string(guid(1)))
      #expect(
        read["_ownerid_value@OData.Community.Display.V1.FormattedValue"] == "Rui Sato")
      let patch = try await box.send(
        "PATCH", "contacts(\(guid(2)))", ["If-Match": "*"],
        ["ownerid@odata.bind": .string("teams(\(DynamicsBootstrap.teamID))")])
      #expect(patch.status == 204)
      #expect(
        try await box.values(
          "contacts", 2, "_ownerid_value", "_owninguser_value", "_owningteam_value",
          "_owningbusinessunit_value") == [
            .string(DynamicsBootstrap.teamID), nil, .string(DynamicsBootstrap.teamID),
            .string(DynamicsBootstrap.businessUnitID),
          ])
    }
  }

  @Test(
    arguments: [
      ["parentcustomerid_account@odata.bind": nil], ["parentcustomerid": nil],
      ["parentcustomerid_account": nil],
    ] as [DynamicsJSON])
  func `a look-up is emptied in each of the documented ways`(body: DynamicsJSON) async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      #expect(try await box.send("PATCH", "contacts(\(guid(2)))", [:], body).status == 204)
      #expect(
        try await box.values("contacts", 2, "_parentcustomerid_value", "_accountid_value") == [
          nil, nil,
        ])
    }
  }

  @Test func `a reference sets and clears a look-up`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      try await box.addLead(3)
      let path = "leads(\(guid(3)))/parentaccountid/$ref"
      let put = try await box.send(
        "PUT", path, [:], ["@odata.id": .string("\(box.base)/accounts(\(guid(1)))")])
      #expect(put.status == 204)
      #expect(
        try await box.values("leads", 3, "_parentaccountid_value") == [.string(guid(1))])
      #expect(try await box.send("DELETE", path).status == 204)
      #expect(try await box.values("leads", 3, "_parentaccountid_value") == [nil])
    }
  }

  @Test func `a look-up that leads nowhere is refused`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      func patch(_ name: String, _ target: String) async throws -> [String?] {
        let answer = try await box.send(
          "PATCH", "contacts(\(guid(2)))", [:],
          .object([.init(name + "@odata.bind", .string(target))]))
        return [String(answer.status), answer.failure[0]]
      }
      #expect(try await patch("ownerid", "/systemusers(\(guid(9)))") == ["404", "0x80040217"])
      #expect(
        try await patch("parentcustomerid_account", "/contacts(\(guid(2)))") == [
          "400", "0x80048d19",
        ])
      #expect(
        try await patch("parentcustomerid", "/accounts(\(guid(1)))") == ["400", "0x80048d19"])
      #expect(try await patch("ownerid", "/users(\(guid(9)))") == ["404", "0x80060888"])
      try box.service.seed { seeding in
        try seeding.update(
          table: "systemuser", id: DynamicsBootstrap.syncUserID,
          values: ["isdisabled": .boolean(true)])
      }
      #expect(
        try await patch("ownerid", "/systemusers(\(DynamicsBootstrap.syncUserID))") == [
          "403", "0x8004022B",
        ])
    }
  }

  @Test func `a delete clears what pointed at the row and is forbidden for owners`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      let before = try await box.etag("contacts", 2)
      #expect(try await box.send("DELETE", "accounts(\(guid(1)))").status == 204)
      #expect(try await box.values("contacts", 2, "_parentcustomerid_value") == [nil])
      #expect(try await box.etag("contacts", 2) != before)
      let refused = try await box.send("DELETE", "systemusers(\(Self.user))")
      #expect(refused.status == 405)
      #expect(refused.failure[0] == "0x80040227")
    }
  }

  @Test func `a caller may act for another user`() async throws {
    try await DynamicsBox.run { box in
      try Self.prepare(box)
      let answer = try await box.send(
        "PATCH", "contacts(\(guid(2)))", ["MSCRMCallerID": Self.user], ["jobtitle": "CTO"])
      #expect(answer.status == 204)
      #expect(
        try await box.values("contacts", 2, "_modifiedby_value", "_modifiedonbehalfby_value") == [
          .string(Self.user), .string(DynamicsBootstrap.applicationUserID),
        ])
    }
  }
}
