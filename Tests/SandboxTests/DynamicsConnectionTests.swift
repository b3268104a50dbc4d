import Testing

@testable import Sandbox

@Suite struct DynamicsConnectionTests {
  private static let columns =
    "connectionid,name,ismaster,_record1id_value,_record2id_value,_record1roleid_value,"
    + "_record2roleid_value,_relatedconnectionid_value"

  /// Opportunity 1 with contact 2 as its decision maker, by connection 3; contact 4 stands by.
  private static func prepare(_ box: DynamicsBox) async throws {
    try box.service.seed { seeding in
      try seeding.insert(table: "opportunity", id: guid(1), values: ["name": .text("Renewal")])
      for number in [2, 4] {
        try seeding.insert(
          table: "contact", id: guid(number), values: ["lastname": .text("Park\(number)")])
      }
    }
    let role = StandardConnectionRole.decisionMaker.id
    let answer = try await box.send(
      "POST", "connections", [:],
      [
        "connectionid": .string(guid(3)),
        "record1id_opportunity@odata.bind": .string("/opportunities(\(guid(1)))"),
        "record2id_contact@odata.bind": .string("/contacts(\(guid(2)))"),
        "record2roleid@odata.bind": .string("/connectionroles(\(role))"),
      ])
    #expect(answer.status == 204)
  }

  /// Connection 3 and the row at its other end.
  private static func both(_ box: DynamicsBox) async throws -> [DynamicsJSON] {
    let rows = try await box.get("connections?$select=\(columns)&$orderby=ismaster desc")
    return rows.json["value"]?.items ?? []
  }

  private static func texts(_ values: [DynamicsJSON?]) -> [String] {
    values.compactMap { $0?.string }.sorted()
  }

  @Test func `a connection is shown from both of its ends`() async throws {
    try await DynamicsBox.run { box in
      try await Self.prepare(box)
      let rows = try await Self.both(box)
      try #require(rows.count == 2)
      let role = DynamicsJSON.string(StandardConnectionRole.decisionMaker.id)
      #expect(rows.map { $0["ismaster"] } == [true, false])
      #expect(rows.map { $0["name"] } == ["Park2", "Renewal"])
      #expect(rows.map { $0["_record1id_value"] } == [.string(guid(1)), .string(guid(2))])
      #expect(rows.map { $0["_record2id_value"] } == [.string(guid(2)), .string(guid(1))])
      #expect(rows.map { $0["_record1roleid_value"] } == [.null, role])
      #expect(rows.map { $0["_record2roleid_value"] } == [role, .null])
      #expect(rows[0]["_relatedconnectionid_value"] == rows[1]["connectionid"])
      #expect(rows[1]["_relatedconnectionid_value"] == .string(guid(3)))

      let read = try await box.get(
        "connections(\(guid(3)))?$select=_record1id_value,record2objecttypecode,"
          + "_record2roleid_value",
        prefer: "odata.include-annotations=\"*\""
      ).json
      #expect(read["_record1id_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "opportunity")
      #expect(
        read["_record2roleid_value@OData.Community.Display.V1.FormattedValue"] == "Decision Maker")
      #expect(read["record2objecttypecode"] == 2)
    }
  }

  @Test func `an update of one end is carried over to the other, both ways`() async throws {
    try await DynamicsBox.run { box in
      try await Self.prepare(box)
      let patch = try await box.send(
        "PATCH", "connections(\(guid(3)))", [:],
        [
          "record2id_contact@odata.bind": .string("/contacts(\(guid(4)))"),
          "record2roleid@odata.bind": nil, "statecode": 1,
        ])
      #expect(patch.status == 204)
      var rows = try await Self.both(box)
      try #require(rows.count == 2)
      #expect(rows.map { $0["name"] } == ["Park4", "Renewal"])
      #expect(rows[1]["_record1id_value"] == .string(guid(4)))
      #expect(rows[1]["_record1roleid_value"] == .null)
      let other = try #require(rows[1]["connectionid"]?.string)
      #expect(try await box.get("connections(\(other))").json["statecode"] == 1)

      let role = StandardConnectionRole.influencer.id
      let back = try await box.send(
        "PATCH", "connections(\(other))", [:],
        ["record1roleid@odata.bind": .string("/connectionroles(\(role))")])
      #expect(back.status == 204)
      rows = try await Self.both(box)
      #expect(rows.first?["_record2roleid_value"] == .string(role))
    }
  }

  @Test(
    arguments: [("connections", 3), ("opportunities", 1), ("contacts", 2)])
  func `a connection goes as a whole, alone or with either of its rows`(set: String, number: Int)
    async throws
  {
    try await DynamicsBox.run { box in
      try await Self.prepare(box)
      let first = try await box.get("connections?$select=name", prefer: "odata.track-changes")
      let delta = try #require(first.json["@odata.deltaLink"]?.string)
      let ids = Self.texts(first.json.each("connectionid"))
      #expect(try await box.send("DELETE", "\(set)(\(guid(number)))").status == 204)
      let deleted = Self.texts(try await box.get(delta).json.each("id"))
      #expect(deleted.count == 2)
      #expect(deleted == ids)
    }
  }

  @Test func `a merge moves the connections of the row that goes`() async throws {
    try await DynamicsBox.run { box in
      try await Self.prepare(box)
      try box.service.seed { seeding in
        try seeding.merge(table: "contact", subordinate: guid(2), into: guid(4))
      }
      let rows = try await Self.both(box)
      #expect(rows.first?["_record2id_value"] == .string(guid(4)))
      #expect(rows.last?["_record1id_value"] == .string(guid(4)))
    }
  }

  @Test func `the standard roles are there and tracked`() async throws {
    try await DynamicsBox.run { box in
      let rows = try await box.get(
        "connectionroles?$select=name,category", prefer: "odata.track-changes"
      ).json
      #expect(
        rows.each("connectionroleid") == StandardConnectionRole.allCases.map { .string($0.id) })
      #expect(rows.each("name") == StandardConnectionRole.allCases.map { .string($0.name) })
      #expect(rows.each("category").first == 1000)
      #expect(rows["@odata.deltaLink"] != nil)
    }
  }
}
