import Foundation
import GRDB
import Model
import Testing

@testable import Store

@Suite struct IntentTests {
  private func linked() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.link(
      sample.lead("l1", ["jobtitle": .text("CTO")]),
      sample.person("1001", ["title": .text("CTO")]))
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CEO")])], into: SampleLayout.lead)
    return sample
  }

  private func status(_ sample: SampleStore) throws -> [[String]] {
    try sample.rows("SELECT status FROM operation ORDER BY operation_id")
  }

  @Test func `an intent is on the disk before the call, with all that it was decided from`() throws
  {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "dynsync-intent-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "dynsync.db").path
    let sample = try SampleStore(path: path)
    try sample.pull([sample.lead("l1", ["jobtitle": .text("CTO")])], into: SampleLayout.lead)
    let operation = try sample.planTitle("CTO", for: "l1", action: .firstLink)

    let sent = try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now)

    #expect(sent == [operation])
    let reopened = try Reader(path: path)
    #expect(
      try reopened.query(
        "SELECT status, sent_at, create_key, field, sent_value, predicted_value, value_before"
          + " FROM operation JOIN operation_field USING (operation_id)"
      ).rows == [
        [
          .text("sending"), .text("2026-01-01T00:00:00Z"), .text("l1"), .text("title"),
          .text("CTO"), .text("CTO"), .null,
        ]
      ])
  }

  @Test func `the intent's transaction is fully synchronous, and no other`() throws {
    let sample = try linked()
    let operation = try sample.planTitle("CEO", for: "l1")
    let statements = try sample.store.traced {
      _ = try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now)
    }

    let order = statements.filter {
      $0.hasPrefix("PRAGMA synchronous") || $0.hasPrefix("COMMIT")
    }
    #expect(
      order == ["PRAGMA synchronous = FULL", "COMMIT TRANSACTION", "PRAGMA synchronous = NORMAL"])
  }

  @Test(arguments: ["dynamics_lead", "marketo_person"])
  func `an operation whose record moved since it was planned is not sent`(_ table: String) throws {
    let sample = try linked()
    let operation = try sample.planTitle("CEO", for: "l1")
    try sample.store.execute("UPDATE \(table) SET _change = _change + 100")

    let sent = try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now)

    #expect(sent == [])
    #expect(try status(sample) == [["overtaken"]])
  }

  @Test func `a create for a record that has a link by now is not sent`() throws {
    let sample = try SampleStore()
    try sample.pull([sample.lead("l1")], into: SampleLayout.lead)
    let operation = try sample.planTitle("CTO", for: "l1")
    try sample.store.execute(
      """
      INSERT INTO link (entity, dynamics_id, marketo_id, state, how, linked_at, changed_at, run_id)
      VALUES ('lead', 'l1', '1001', 'active', 'key', 'now', 'now', \(sample.run))
      """)

    #expect(
      try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now) == [])
  }

  @Test func `a write whose owner is not there by now is not sent`() throws {
    let sample = try linked()
    let input = try #require(try sample.inputs().first)
    var plan = sample.plan(for: input)
    plan.dependencies = [
      PlannedDependency(
        need: .owner, needed: Reference(.user, .dynamics("u1")), isMet: true,
        value: "u1")
    ]
    plan.operations = [
      PlannedOperation(
        side: .marketo, action: .update(ifVersion: nil),
        fields: [
          PlannedField(
            pair: "_owner__externalSalesPersonId", field: "externalSalesPersonId",
            source: .text("u1"), sent: .text("u1"), predicted: .text("u1"), before: .empty,
            base: nil, action: .firstLink, winner: nil, rule: "r")
        ])
    ]
    try sample.store.record([plan], for: sample.leads, run: sample.run, at: SampleStore.now)

    #expect(try sample.store.beginSending([1], of: sample.leads, at: SampleStore.now) == [])
    #expect(try status(sample) == [["overtaken"]])
  }

  @Test func `what was certainly not sent is planned as before`() throws {
    let sample = try linked()
    let operation = try sample.planTitle("CEO", for: "l1")
    _ = try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now)

    try sample.store.takeBack([operation])

    #expect(try sample.rows("SELECT status, sent_at FROM operation") == [["planned", "-"]])
  }

  @Test func `what was given up leaves its record dirty`() throws {
    let sample = try linked()
    let operation = try sample.planTitle("CEO", for: "l1")
    _ = try sample.store.beginSending([operation], of: sample.leads, at: SampleStore.now)
    try sample.store.execute("UPDATE dynamics_lead SET _is_dirty = 0")

    try sample.store.overtake([operation], status: "absent", at: SampleStore.now)

    #expect(try status(sample) == [["absent"]])
    #expect(try sample.isDirty("dynamics_lead", "l1") == true)
  }

  @Test func `a new run forgets what was planned and keeps what is in doubt`() throws {
    let sample = try linked()
    let sending = try sample.planTitle("CEO", for: "l1")
    _ = try sample.store.beginSending([sending], of: sample.leads, at: SampleStore.now)
    try sample.pull([sample.lead("l2")], into: SampleLayout.lead)
    try sample.planTitle("CTO", for: "l2")
    #expect(try status(sample) == [["sending"], ["planned"]])

    _ = try sample.store.openRun(at: SampleStore.now, version: "t", isDry: false)

    #expect(try status(sample) == [["sending"]])
    #expect(try sample.rows("SELECT operation_id FROM operation_field") == [["\(sending)"]])
  }

  @Test func `an operation is read back with typed values`() throws {
    let sample = try linked()
    let operation = try sample.planTitle("CEO", for: "l1")

    let stored = try sample.store.operations(
      "planned", of: sample.leads, on: .marketo, limit: 9)

    #expect(
      stored == [
        StoredOperation(
          id: operation, entity: .lead, dynamicsID: "l1", marketoID: "1001", side: .marketo,
          action: .update(ifVersion: nil), sentAt: nil,
          fields: [
            StoredOperation.StoredField(
              pair: "jobtitle__title", field: "title", sent: .text("CEO"),
              predicted: .text("CEO"), before: .text("CTO"))
          ])
      ])
    #expect(
      stored.first?.write(object: .person)
        == Write(
          operation: operation, object: .person,
          action: .update(.marketo("1001"), ifVersion: nil), fields: ["title": .text("CEO")]))
  }
}

extension Store {
  /// The statements that `body` runs, as SQLite sees them with their values.
  func traced(_ body: () throws -> Void) throws -> [String] {
    let log = StatementLog()
    database.writeWithoutTransaction { db in
      db.trace { log.add($0.expandedDescription) }
    }
    try body()
    database.writeWithoutTransaction { $0.trace(options: []) }
    return log.statements
  }
}
