import Foundation
import Sandbox
import Sync
import Testing
import Transport

@testable import Store
@testable import dynsync_cli

/// What persons' own logs in Marketo are told of what became of changes, over HTTP.
@Suite struct OutcomeTests {
  typealias Street = SentenceStreet

  @Sendable private static func logging(_ text: String) -> String {
    text.replacing("  person_key:", with: "  log_activities: true\n  person_key:")
  }

  /// Kind, person and attributes of every activity of ours.
  private func told(_ street: Street) async throws -> [String] {
    try await street.rig.marketo.outcomes().map { row in
      let values = (row["attributes"]?.array ?? []).map { cell($0["value"]) ?? "" }
      return values.joined(separator: " | ")
    }
  }

  @Test func `what was synced, won and refused stands in the person's log, once`() async throws {
    try await Street.with(configuring: Self.logging) { street in
      try await street.run()
      #expect(
        try await told(street).sorted() == [
          "synced | contact | Dynamics to Marketo | created in marketo | 1",
          "synced | lead | Dynamics to Marketo | created in marketo | 1",
        ])
      let number = String(repeating: "5", count: 40)
      try await street.editPerson(
        of: Street.lead, ["mobilePhone": .string(number), "title": "Director"])
      try await street.edit("contacts", Street.contact, ["jobtitle": "Head"])
      try await street.editPerson(of: Street.contact, ["title": "Chief"])

      #expect(try await street.run().warnings == [])

      let second = try await told(street).dropFirst(2).sorted()
      #expect(second.count == 3)
      #expect(second[0].hasPrefix("refused | lead | Marketo to Dynamics | mobilePhone | "))
      #expect(
        second.dropFirst() == [
          "synced | contact | Dynamics to Marketo | title | title: dynamics won | 2",
          "synced | lead | Marketo to Dynamics | title | 2",
        ])

      // Our own activities are no changes, and nothing is told twice.
      let third = try await street.run()
      #expect(third.counts.recordsChanged == 0)
      #expect(third.counts.operationsPlanned == 0)
      #expect(try await told(street).count == 5)
      #expect(
        try street.query("SELECT DISTINCT state FROM outcome_activity") == [["written"]])
    }
  }

  @Test func `without the custom activity the records go on, and one message says what to do`()
    async throws
  {
    try await Street.with { street in
      try await street.rig.provision()
      let folder = street.rig.folder
      let file = folder.appendingPathComponent("dynsync.yaml")
      try Self.logging(String(contentsOf: file, encoding: .utf8))
        .write(to: file, atomically: true, encoding: .utf8)
      let runner = KillableRun()
      let first = try await runner.run(in: folder, until: nil)
      #expect(first.status == 0, "\(first.output)")
      #expect(
        first.notes.contains(
          "Warning: persons in Marketo were not told what became of changes: marketo: could not "
            + "write custom activities: there is no approved custom activity dynsyncOutcome; "
            + "run 'dynsync init --provision', or set marketo.log_activities to false"))
      #expect(try await street.person(of: Street.lead)?["title"] == "Buyer")

      let made = try await runner.run(["init", "--provision"], in: folder, until: nil)
      #expect(made.results == "Marketo: dynsyncOutcome made\n", "\(made.output)")
      let again = try await runner.run(["init", "--provision"], in: folder, until: nil)
      #expect(again.results == "Marketo has all that dynsync needs\n", "\(again.output)")
      #expect(try await told(street) == [])
      let second = try await runner.run(in: folder, until: nil)

      #expect(second.status == 0, "\(second.output)")
      #expect(!second.notes.contains("Warning"), "\(second.output)")
      #expect(try await told(street).count == 2)
    }
  }

  @Test func `a lost answer is found in the person's log, and not repeated`() async throws {
    try await Street.with(configuring: Self.logging) { street in
      try await street.run()
      try await street.edit("leads", Street.lead, ["jobtitle": "Chief"])
      // The first write is the person's, the second the activity's.
      try await street.rig.marketo.set([
        "marketo_fail_next": [
          "status": 502, "count": 1, "path": "activities/external.json",
        ]
      ])
      try await street.run()
      #expect(try await told(street).count == 2)
      #expect(
        try street.query("SELECT state FROM outcome_activity WHERE run_id = 2") == [["sending"]])

      try await street.run()
      #expect(try await told(street).count == 2)
      try street.age()
      try await street.run()
      try await street.run()

      #expect(try await told(street).count == 3)
    }
  }

  private static let path = "/rest/v1/activities/external.json"
  private static let moments: [KillableRun.Moment] = [
    .init("tell", .request("GET", "/rest/v1/activities/types.json", .arrived, count: 1)),
    .init("tell", .request("GET", "/rest/v1/activities/types.json", .done, count: 1)),
    .init("tell", .request("POST", path, .arrived, count: 1)),
    .init("tell", .request("POST", path, .done, count: 1)),
    .init("look", .request("GET", "/activities.json?activityTypeIds=101001", .arrived, count: 1)),
    .init("look", .request("GET", "/activities.json?activityTypeIds=101001", .done, count: 1)),
  ]

  @Test func `killed at each call, the real program tells each outcome once`() async throws {
    let runner = KillableRun()
    try await Street.with(configuring: Self.logging, observe: runner.observe) { street in
      let folder = street.rig.folder
      _ = try await runner.run(["init", "--provision"], in: folder, until: nil)
      _ = try await runner.run(in: folder, until: nil)
      var kills = 0
      for (number, moment) in Self.moments.enumerated() {
        try await street.edit("leads", Street.lead, ["jobtitle": .string("Title \(number)")])
        // What is in doubt is looked for only where something was sent before.
        if moment.phase == "look" {
          _ = try await runner.run(in: folder, until: Self.moments[3])
        }
        if try await runner.run(in: folder, until: moment).wasKilled { kills += 1 }
        for _ in 0..<2 {
          try street.age()
          let end = try await runner.run(in: folder, until: nil)
          #expect(end.status == 0, "\(moment) \(end.output)")
        }
      }
      #expect(kills == Self.moments.count)

      let keys = try await street.rig.marketo.outcomes().map {
        $0["primaryAttributeValue"]?.string ?? ""
      }
      #expect(Set(keys).count == keys.count)
      let rows = try street.query("SELECT key, state FROM outcome_activity")
      #expect(rows.allSatisfy { $0[1] == "written" })
      #expect(Set(rows.compactMap(\.[0])) == Set(keys))
      #expect(keys.count == 2 + Self.moments.count)
    }
  }
}

extension SentenceStreet {
  /// Makes what was sent without an answer so old that nothing of it can still come to be seen.
  fileprivate func age() throws {
    try Store(path: rig.databasePath).write("age") { db in
      try db.execute(
        sql: """
          UPDATE outcome_activity SET sent_at = '2026-01-01T00:00:00Z' WHERE state = 'sending'
          """)
    }
  }
}

extension MarketoAPI {
  /// Every activity of ours, in the order of the log.
  fileprivate func outcomes() async throws -> [JSON] {
    let types = try await get("activities/types.json")
    guard let type = types.first(where: { $0["apiName"]?.string == "dynsyncOutcome" }),
      let id = type["id"]?.integer
    else { return [] }
    let start = try await envelope("activities/pagingtoken.json?sinceDatetime=2020-01-01T00:00:00Z")
    let token = start["nextPageToken"]?.string ?? ""
    return try await get("activities.json?activityTypeIds=\(id)&nextPageToken=\(token)")
  }

  private func get(_ path: String) async throws -> [JSON] {
    try await envelope(path)["result"]?.array ?? []
  }

  private func envelope(_ path: String) async throws -> JSON {
    let answer = try await exchange.send(
      HTTPRequest(
        "GET", "\(base)/rest/v1/\(path)", headers: [.init("Authorization", "Bearer \(token)")]))
    let json = try JSON(parsing: answer.body)
    guard json["success"]?.boolean == true else { throw APIError(json) }
    return json
  }
}
