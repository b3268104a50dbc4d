import Testing

@testable import Sandbox

@Suite struct DynamicsTeamTests {
  private static let team = guid(100)

  @Test(arguments: DynamicsCatalogue.tables.filter { $0.ownership == .user })
  func `a team owns rows of every table whose rows have owners`(table: DynamicsTable) async throws {
    try await DynamicsBox.run { box in
      try box.service.seed { seeding in
        try seeding.insert(table: "team", id: Self.team, values: ["name": .text("Sales North")])
        try seeding.insert(
          table: table.name, id: guid(1),
          values: ["ownerid": .reference(table: "team", id: Self.team)])
      }
      func owner() async throws -> [DynamicsJSON?] {
        let row = try await box.get(
          "\(table.setName)(\(guid(1)))?$select=_ownerid_value,_owningteam_value,"
            + "_owninguser_value,_owningbusinessunit_value",
          prefer: "odata.include-annotations=\"*\""
        ).json
        return [
          row["_ownerid_value"], row["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"],
          row["_ownerid_value@OData.Community.Display.V1.FormattedValue"],
          row["_owningteam_value"], row["_owninguser_value"], row["_owningbusinessunit_value"],
        ]
      }
      func assign(_ path: String) async throws -> Int {
        try await box.send(
          "PATCH", "\(table.setName)(\(guid(1)))", ["If-Match": "*"],
          ["ownerid@odata.bind": .string(path)]
        ).status
      }
      let unit = DynamicsJSON.string(DynamicsBootstrap.businessUnitID)
      let team = DynamicsJSON.string(Self.team)
      let user = DynamicsJSON.string(DynamicsBootstrap.syncUserID)
      #expect(try await owner() == [team, "team", "Sales North", team, .null, unit])
      #expect(try await assign("/systemusers(\(DynamicsBootstrap.syncUserID))") == 204)
      #expect(try await owner() == [user, "systemuser", "Sync Account", .null, user, unit])
      #expect(try await assign("/teams(\(Self.team))") == 204)
      #expect(try await owner() == [team, "team", "Sales North", team, .null, unit])
      let filtered = try await box.get(
        "\(table.setName)?$select=createdon&$filter=_ownerid_value%20eq%20\(Self.team)")
      #expect(filtered.json.each(table.idColumn) == [.string(guid(1))])
      #expect(try await box.send("DELETE", "teams(\(Self.team))").failure[0] == "0x80040227")
    }
  }

  @Test func `teams and users are tracked where the switch says so`() async throws {
    try await DynamicsBox.run { box in
      let refused = try await box.get("teams?$select=name", prefer: "odata.track-changes")
      #expect(refused.failure[0] == "0x80072491")
      try await box.set(["dynamics_tracked_tables": ["team", "systemuser"]])
      for set in ["teams", "systemusers"] {
        let first = try await box.get("\(set)?$select=createdon", prefer: "odata.track-changes")
        #expect(first.json["@odata.deltaLink"] != nil)
      }
      let first = try await box.get("teams?$select=name", prefer: "odata.track-changes")
      let delta = try #require(first.json["@odata.deltaLink"]?.string)
      try box.service.seed { seeding in
        try seeding.insert(table: "team", id: Self.team, values: ["name": .text("Sales North")])
      }
      #expect(try await box.get(delta).json.each("name") == ["Sales North"])
    }
  }
}
