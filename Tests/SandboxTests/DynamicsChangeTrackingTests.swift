import Testing

@testable import Sandbox

@Suite struct DynamicsChangeTrackingTests {
  private static let track = "odata.track-changes, odata.maxpagesize=2"

  /// Follows next links and returns the items and the delta link.
  private static func follow(_ box: DynamicsBox, _ start: String) async throws
    -> (items: [DynamicsJSON], delta: String)
  {
    var items: [DynamicsJSON] = []
    var link = start
    while true {
      let page = try await box.get(link, prefer: track).json
      items += page["value"]?.items ?? []
      guard let next = page["@odata.nextLink"]?.string else {
        return (items, try #require(page["@odata.deltaLink"]?.string))
      }
      #expect(page["@odata.deltaLink"] == nil)
      link = next
    }
  }

  private static func ids(_ items: [DynamicsJSON]) -> [DynamicsJSON?] {
    items.map { $0["leadid"] ?? $0["id"] }
  }

  @Test func `a first read gives every row, and its delta link what changed since`() async throws {
    try await DynamicsBox.run { box in
      for number in 1...5 { try await box.addLead(number) }
      let first = try await Self.follow(box, "leads?$select=jobtitle,versionnumber")
      #expect(Self.ids(first.items) == (1...5).map { .string(guid($0)) })
      let quiet = try await Self.follow(box, first.delta)
      #expect(quiet.items == [])
      _ = try await box.send("PATCH", "leads(\(guid(4)))", [:], ["jobtitle": "CTO"])
      _ = try await box.send("PATCH", "leads(\(guid(2)))", [:], ["jobtitle": "CEO"])
      _ = try await box.send("PATCH", "leads(\(guid(4)))", [:], ["fax": "1"])
      _ = try await box.send("DELETE", "leads(\(guid(5)))")
      try await box.addLead(6)
      try await box.addLead(7)
      _ = try await box.send("DELETE", "leads(\(guid(7)))")
      let delta = try await Self.follow(box, quiet.delta)
      #expect(Self.ids(delta.items) == [2, 4, 6, 5, 7].map { .string(guid($0)) })
      #expect(delta.items.prefix(3).map { $0["jobtitle"] } == ["CEO", "CTO", .null])
      #expect(
        delta.items[3] == [
          "@odata.context": .string("\(box.base)/$metadata#leads/$deletedEntity"),
          "id": .string(guid(5)), "reason": "deleted",
        ])
      #expect(try await Self.follow(box, delta.delta).items == [])
    }
  }

  @Test func `a row that changes while its first read is paged comes again in the delta`()
    async throws
  {
    try await DynamicsBox.run { box in
      for number in 1...3 { try await box.addLead(number) }
      let page = try await box.get("leads?$select=leadid", prefer: Self.track).json
      _ = try await box.send("PATCH", "leads(\(guid(1)))", [:], ["jobtitle": "CTO"])
      try await box.addLead(9)
      let rest = try await Self.follow(box, try #require(page["@odata.nextLink"]?.string))
      #expect(Self.ids(rest.items) == [.string(guid(3)), .string(guid(9))])
      let delta = try await Self.follow(box, rest.delta)
      #expect(Self.ids(delta.items) == [.string(guid(1)), .string(guid(9))])
    }
  }

  @Test func `a row that is deleted and made again comes as a change and as a delete`()
    async throws
  {
    try await DynamicsBox.run { box in
      try await box.addLead(1)
      let first = try await Self.follow(box, "leads?$select=leadid")
      _ = try await box.send("DELETE", "leads(\(guid(1)))")
      try await box.addLead(1)
      let delta = try await Self.follow(box, first.delta)
      #expect(delta.items.map { $0["reason"] } == [nil, "deleted"])
      #expect(Self.ids(delta.items) == [.string(guid(1)), .string(guid(1))])
    }
  }

  @Test func `a delta token has the look of a version and a time`() async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.get("leads?$select=leadid", prefer: Self.track)
      let version = try await box.service.database.read {
        try DynamicsRows(db: $0, now: 0).currentVersion()
      }
      #expect(
        answer.json["@odata.deltaLink"]
          == .string(
            "\(box.base)/leads?$select=leadid&$deltatoken=\(version)"
              + "%2101%2f05%2f2026%2009%3a15%3a02"))
      try await box.addLead(1)
      let count = try await box.get(
        "leads/$count?$deltatoken=\(version)!01/05/2026+09:15:02")
      #expect(count.text == "\u{FEFF}1")
    }
  }

  @Test(arguments: ["$filter=statecode%20eq%200", "$orderby=leadid", "$top=3", "$expand=ownerid"])
  func `tracking refuses other options`(option: String) async throws {
    try await DynamicsBox.run { box in
      let answer = try await box.get("leads?\(option)", prefer: "odata.track-changes")
      let name = option.prefix { $0 != "=" }
      #expect(
        answer.failure == [
          "0x80060888",
          "The \"\(name)\" query parameter isn't supported when Change Tracking is enabled.",
        ])
    }
  }

  @Test func `a table is tracked by definition or by the switch`() async throws {
    try await DynamicsBox.run { box in
      let refused = try await box.get("systemusers?$select=fullname", prefer: Self.track)
      #expect(refused.status == 400)
      #expect(
        refused.failure == [
          "0x80072491", "Entity systemuser isn't enabled for change tracking.",
        ])
      try await box.set(["dynamics_tracked_tables": ["systemuser"]])
      let read = try await box.get("systemusers?$select=fullname", prefer: Self.track)
      #expect(read.json["value"]?.items?.count == 2)
      let definition = try await box.get(
        "EntityDefinitions(LogicalName='systemuser')?$select=ChangeTrackingEnabled")
      #expect(definition.json["ChangeTrackingEnabled"] == true)
    }
  }

  @Test func `tokens expire by age, by the switch and by a new retention`() async throws {
    try await DynamicsBox.run { box in
      func link() async throws -> String {
        try await Self.follow(box, "leads?$select=leadid").delta
      }
      let expected: [String?] = [
        "0x80044352",
        "Version stamp associated with the client has expired. Please perform a full sync.",
      ]
      let first = try await link()
      try await box.set(["dynamics_expire_delta_tokens": true])
      #expect(try await box.get(first, prefer: Self.track).failure == expected)
      let second = try await link()
      #expect(try await box.get(second, prefer: Self.track).status == 200)
      let id = DynamicsGUID.made(from: 1, kind: 1019)
      _ = try await box.send(
        "PATCH", "organizations(\(id))", [:], ["expirechangetrackingindays": 2])
      #expect(try await box.get(second, prefer: Self.track).failure == expected)
      let third = try await link()
      box.clock.advance(2 * 86400)
      var later = box
      later.token = try await box.signIn()
      #expect(try await later.get(third, prefer: Self.track).status == 200)
      box.clock.advance(1)
      #expect(try await later.get(third, prefer: Self.track).failure == expected)
      let malformed = try await later.get("leads?$deltatoken=nonsense", prefer: Self.track)
      #expect(malformed.failure[0] == "0x80060888")
    }
  }
}
