import Foundation
import Model
import Store
import Sync
import Testing
import Transport

@testable import dynsync_cli

/// Each limit and each guard over both services' APIs: it stops before a write, and says why.
@Suite struct GuardTests {
  private static let limits =
    "{updates: {percent: 10, at_least: 3}, creates: {percent: 10, at_least: 3}, emptied: 3,"
    + " deletes: 3}"

  @Test func `too many updates stop, and a digest lifts the limit for no larger plan`()
    async throws
  {
    try await GuardStreet.with(limits: Self.limits) { guarded in
      let before = try guarded.writes()
      try await guarded.edit(4, ["jobtitle": "Head"])
      let stop = try await guarded.stop()
      #expect(stop.reason == "4 lead records would change (limit 3); nothing was written")

      try await guarded.edit(5, ["jobtitle": "Head"])
      let grown = try await guarded.stop(RunOptions(allowedMass: stop.digest))
      #expect(
        grown.reason
          == "this is not what was allowed: 5 lead records would change (limit 3);"
          + " nothing was written")
      #expect(try guarded.writes() == before)

      #expect(try await guarded.street.run(RunOptions(allowedMass: grown.digest)).isInStep)
      #expect(try await guarded.street.person(of: GuardStreet.leads[4])?["title"] == "Head")
    }
  }

  @Test func `too many new records stop`() async throws {
    try await GuardStreet.with(limits: Self.limits) { guarded in
      for number in 0..<4 {
        try await guarded.street.rig.dynamics.create(
          "leads", ["leadid": .string(MeetingCast.id(200 + number)), "lastname": "New"])
      }

      let stop = try await guarded.stop()

      #expect(stop.reason == "4 lead records would be created (limit 3); nothing was written")
      #expect(try await guarded.street.run(RunOptions(allowedMass: stop.digest)).isInStep)
    }
  }

  @Test func `too many deletes stop`() async throws {
    try await GuardStreet.with(limits: Self.limits) { guarded in
      for id in GuardStreet.leads.prefix(4) {
        try await guarded.street.rig.dynamics.delete("leads", id)
      }

      let stop = try await guarded.stop()

      #expect(
        stop.reason
          == "4 lead records would change (limit 3);"
          + " 4 lead records would be marked as deleted (limit 3); nothing was written")
      #expect(try await guarded.street.run(RunOptions(allowedMass: stop.digest)).isInStep)
    }
  }

  @Test func `a column that turned empty stops, with its name and how much of it`() async throws {
    try await GuardStreet.with { guarded in
      try await guarded.edit(12, ["jobtitle": .null])

      let stop = try await guarded.stop()

      #expect(
        stop.reason
          == "12 of 13 lead values of jobtitle__title would become empty (limit nearly all);"
          + " nothing was written")
      #expect(try await guarded.street.person(of: GuardStreet.leads[0])?["title"] == "Buyer")
      #expect(try await guarded.street.run(RunOptions(allowedMass: stop.digest)).isInStep)
    }
  }

  @Test func `a full read without the linked rows stops, and ends no link`() async throws {
    try await GuardStreet.with { guarded in
      for id in GuardStreet.leads { try await guarded.street.rig.dynamics.delete("leads", id) }
      try await guarded.street.rig.dynamics.set(["dynamics_expire_delta_tokens": true])

      let stop = try await guarded.stop()

      #expect(
        stop.reason
          == "12 of 13 dynamics lead records were not in a full read (limit half of them);"
          + " nothing was written")
      #expect(
        try guarded.street.query(
          "SELECT count(*) FROM link WHERE entity = 'lead' AND state = 'active'") == [["13"]])
      #expect(try await guarded.stop().digest == stop.digest)
      #expect(try await guarded.street.run(RunOptions(allowedMass: stop.digest)).isInStep)
      let person = try await guarded.street.person(of: GuardStreet.leads[0])
      #expect(person?["dynamicsIsDeleted"]?.boolean == true)
    }
  }

  @Test func `a watermark that is ahead of Marketo's clock is told, and all is read by id`()
    async throws
  {
    try await GuardStreet.with { guarded in
      try guarded.street.store.setWatermark(
        Watermark("{\"since\":\"2099-01-01T00:00:00Z\"}", isComplete: true), of: "marketo_person",
        run: 1, at: RunWiring.now())
      try await guarded.street.editPerson(of: GuardStreet.leads[0], ["title": "Head"])

      let report = try await guarded.street.run()

      #expect(report.isInStep)
      #expect(
        try await guarded.street.row("leads", GuardStreet.leads[0])?["jobtitle"] == "Head")
      let warning = try #require(report.warnings.first { $0.kind == .watermark })
      #expect(
        warning.message.hasPrefix(
          "marketo person was read whole: the last read ended at 2099-01-01T00:00:00Z, which is"
            + " still to come by the service's own clock ("))
      #expect(try await guarded.street.run().warnings.filter { $0.kind == .watermark } == [])
    }
  }

  @Test func `a Dynamics that went back to before the last read is read whole`() async throws {
    try await GuardStreet.with { guarded in
      let store = guarded.street.store
      let watermark = try #require(try store.watermark(of: "dynamics_lead"))
      let ahead = watermark.text.replacing(/deltatoken=\d+/, with: "deltatoken=99999999")
      try store.setWatermark(
        Watermark(ahead, isComplete: true), of: "dynamics_lead", run: 1, at: RunWiring.now())
      try await guarded.edit(1, ["jobtitle": "Head"])

      let report = try await guarded.street.run()

      #expect(report.isInStep)
      #expect(try await guarded.street.person(of: GuardStreet.leads[0])?["title"] == "Head")
      #expect(
        report.warnings.filter { $0.kind == .watermark } == [
          RunWarning(
            .watermark,
            "dynamics lead was read whole: the service has gone back to before the last read:"
              + " was it restored?")
        ])
    }
  }

  @Test func `a title that two automations fight over is paused, and a new one goes through`()
    async throws
  {
    try await GuardStreet.with { guarded in
      let street = guarded.street
      for _ in 0..<3 {
        try await street.editPerson(of: GuardStreet.leads[0], ["title": "B"])
        try await street.run()
        try await guarded.edit(1, ["jobtitle": "A"])
        try await street.run()
      }
      try await street.edit("leads", GuardStreet.leads[1], ["jobtitle": "Head"])

      let report = try await street.run()

      #expect(report.isInStep == false)
      #expect(try await street.person(of: GuardStreet.leads[0])?["title"] == "B")
      #expect(try await street.person(of: GuardStreet.leads[1])?["title"] == "Head")
      let reasons = try street.query("SELECT reason FROM backlog")
      #expect(reasons.count == 1)
      #expect(
        reasons[0][0]?.hasPrefix("paused: jobtitle__title is changed back after each run since ")
          == true)

      try await street.editPerson(of: GuardStreet.leads[0], ["title": "C"])
      #expect(try await street.run().isInStep)
      #expect(try await street.row("leads", GuardStreet.leads[0])?["jobtitle"] == "C")
    }
  }

  @Test func `a second database on the same pair is noticed by the first`() async throws {
    try await GuardStreet.with { guarded in
      let street = guarded.street
      let path = street.rig.folder.appendingPathComponent("second.db").path
      let second = try Store(path: path)
      try second.migrate()
      try await street.rig.run(on: second)
      var kinds: [RunWarning.Kind] = []
      for turn in 0..<2 {
        try await street.editPerson(
          of: GuardStreet.leads[turn], ["title": .string("Head \(turn)")])
        try await street.rig.run(on: second)

        let report = try await street.run()

        #expect(report.isInStep)
        kinds = report.warnings.map(\.kind)
      }
      #expect(kinds == [.otherWriter])
    }
  }
}
