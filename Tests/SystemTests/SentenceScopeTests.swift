import Foundation
import Sandbox
import Testing
import Transport

/// What moves, and what does not.
@Suite struct SentenceScopeTests {
  typealias Street = SentenceStreet

  @Test func `only selected fields move`() async throws {
    try await Street.with { text in
      text.replacing("      - {dynamics: jobtitle, marketo: title}\n", with: "")
    } _: { street in
      try await street.run()
      for (set, id) in [("leads", Street.lead), ("contacts", Street.contact)] {
        #expect(cell(try await street.person(of: id)?["title"]) == nil)
        try await street.edit(set, id, ["jobtitle": "Chief", "address1_line2": "Attic"])
        try await street.editPerson(of: id, ["title": "Director", "department": "Sales"])
      }

      let quiet = try await street.run()

      #expect(quiet.isInStep)
      #expect(quiet.counts.operationsPlanned == 0)
      for (set, id) in [("leads", Street.lead), ("contacts", Street.contact)] {
        #expect(try await street.row(set, id)?["jobtitle"] == "Chief")
        #expect(try await street.person(of: id)?["title"] == "Director")
        try await street.edit(set, id, ["telephone1": "555"])
      }
      try await street.run()
      for (set, id) in [("leads", Street.lead), ("contacts", Street.contact)] {
        #expect(try await street.row(set, id)?["jobtitle"] == "Chief")
        let person = try await street.person(of: id)
        #expect(person?["title"] == "Director")
        #expect(person?["phone"] == "555")
      }
    }
  }

  @Test func `a record that the filter leaves out does not move`() async throws {
    try await Street.with { text in
      text.replacing("  lead:\n", with: "  lead:\n    filter: new_syncwithmarketing\n")
    } _: { street in
      try await street.edit("leads", Street.lead, ["new_syncwithmarketing": false])
      #expect(try await street.runAsConfigured().isInStep)
      #expect(try await street.person(of: Street.lead) == nil)

      try await street.edit("leads", Street.lead, ["new_syncwithmarketing": true])
      #expect(try await street.runAsConfigured().isInStep)
      #expect(try await street.person(of: Street.lead)?["title"] == "Buyer")

      try await street.edit(
        "leads", Street.lead, ["new_syncwithmarketing": false, "jobtitle": "Chief"])
      try await street.editPerson(of: Street.lead, ["phone": "555"])
      let left = try await street.runAsConfigured()
      #expect(left.counts.operationsPlanned == 0)
      #expect(left.backlog == 0)
      #expect(try await street.person(of: Street.lead)?["title"] == "Buyer")
      #expect(cell(try await street.row("leads", Street.lead)?["telephone1"]) == nil)
      #expect(
        try street.query(
          "SELECT entity, dynamics_id, rule FROM activity_log WHERE action = 'skipped'")
          == [["lead", Street.lead, "left out by the filter"]])

      // Nothing says no any more: both edits are carried over.
      try await street.edit("leads", Street.lead, ["new_syncwithmarketing": .null])
      #expect(try await street.runAsConfigured().isInStep)
      #expect(try await street.person(of: Street.lead)?["title"] == "Chief")
      #expect(try await street.row("leads", Street.lead)?["telephone1"] == "555")
    }
  }

  @Test func `the first sync copies everything and later ones only what changed`() async throws {
    try await Rig.with(seed: SampleOrganisation()) { rig in
      let store = try rig.store()
      let first = try await rig.run(on: store)
      #expect(first.counts.recordsPulled > 500)

      // Marketo tells once what the first sync itself wrote.
      let echo = try await rig.run(on: store)
      #expect(echo.counts.recordsChanged == 0)
      #expect(echo.counts.operationsPlanned == 0)
      let quiet = try await rig.run(on: store)
      // Users and teams have no change tracking: their newest rows are told again, and are no change.
      let owners = try await rig.dynamics.all("systemusers") + rig.dynamics.all("teams")
      #expect(quiet.counts.recordsPulled == owners.count)
      #expect(quiet.counts.recordsChanged == 0)
      #expect(quiet.counts.operationsPlanned == 0)

      let lead = try #require(
        try await rig.dynamics.all("leads").last { $0["statecode"] == 0 }?["leadid"]?.string)
      try await rig.dynamics.update("leads", lead, ["telephone1": "555"])
      let last = try await rig.run(on: store)
      #expect(last.counts.recordsChanged == 1)
      #expect(last.counts.operationsPlanned == 1)
      #expect(last.counts.recordsUpdated == 1)
      // One more page of nothing in Dynamics; in Marketo: look, write, look again.
      #expect(last.counts.dynamicsCalls == quiet.counts.dynamicsCalls)
      #expect(last.counts.marketoCalls == quiet.counts.marketoCalls + 3)
    }
  }
}
