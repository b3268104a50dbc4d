import Foundation
import Store
import Sync
import Testing
import Transport

@Suite struct FirstMeetingTests {
  @Test func `two full systems meet without losing a value, and again without a write`()
    async throws
  {
    #expect(MeetingCast.all.count == 200)
    try await Rig.with { rig in
      let standing = try await rig.prefill(MeetingCast.all)
      let before = try await rig.snapshot(withLinks: false)

      let first = try await rig.runOnce()
      let after = try await rig.snapshot(withLinks: true)

      #expect(first.backlog == 0)
      #expect(first.errors == standing.ambiguous.count)
      #expect(before.emptied(in: after) == [])
      try await rig.check(standing, before, after)
      try rig.checkErrors(standing)
      let reader = try Reader(path: rig.databasePath)
      #expect(try reader.query("SELECT * FROM disagreement").rows == [])
      #expect(try reader.query("SELECT * FROM health").rows == [])

      try rig.deleteDatabase()
      let second = try await rig.runOnce()

      #expect(second.counts.operationsPlanned == 0)
      #expect(second.errors == first.errors)
      #expect(second.backlog == 0)
      #expect(try await rig.snapshot(withLinks: true) == after)
      try rig.checkErrors(standing)
    }
  }
}

extension Rig {
  /// Opens the database, carries out one run, and closes it.
  func runOnce() async throws -> RunReport {
    try loosenLimits()
    let store = try store()
    return try await run(on: store)
  }

  /// A first meeting changes more than one run may without being asked.
  private func loosenLimits() throws {
    _ = try configuration()
    let path = folder.appendingPathComponent("dynsync.yaml").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("at_least: 50}", with: "at_least: 5000}")
      .replacing("at_least: 200}", with: "at_least: 5000}")
      .write(toFile: path, atomically: true, encoding: .utf8)
  }

  func deleteDatabase() throws {
    for ending in ["", "-wal", "-shm"] {
      let path = databasePath + ending
      guard FileManager.default.fileExists(atPath: path) else { continue }
      try FileManager.default.removeItem(atPath: path)
    }
  }

  /// Compares what the services hold with what they should.
  func check(
    _ standing: MeetingStanding, _ before: MeetingSnapshot, _ after: MeetingSnapshot
  ) async throws {
    var outcome = MeetingOutcome(labels: try await labels())
    var newcomers = 0
    let byKey = Dictionary(
      grouping: after.persons.filter { cell($0.value["dynamicsId"]) != nil },
      by: { cell($0.value["dynamicsId"]) ?? "" })
    for seat in standing.seats {
      let name = "\(seat.kind) \(seat.id)"
      let row = try #require(before.row(seat), "\(name)")
      let holders = byKey[seat.id] ?? []
      #expect(holders.count == 1, "\(name) has \(holders.count) persons")
      guard let (id, person) = holders.first else { continue }
      if let known = seat.person { #expect(id == known, "\(name)") } else { newcomers += 1 }
      for pair in seat.kind.pairs {
        let expected = outcome.meet(pair, of: seat, row, seat.person.flatMap { before.persons[$0] })
        let isOfCompany =
          seat.kind == .contact && ["company", "annualRevenue"].contains(pair.marketo)
        guard !isOfCompany else { continue }
        #expect(cell(after.row(seat)?[pair.dynamics]) == expected.dynamics, "\(name) \(pair)")
        #expect(cell(person[pair.marketo]) == expected.marketo, "\(name) \(pair)")
      }
      #expect(cell(person["dynamicsType"]) == seat.kind.rawValue, "\(name)")
      #expect(cell(person["dynamicsIsDeleted"]) == "false", "\(name)")
      #expect(cell(person["externalSalesPersonId"]) == cell(row["_ownerid_value"]), "\(name)")
      #expect(
        cell(person["externalCompanyId"]) == cell(row["_parentcustomerid_value"]), "\(name)")
      checkOptOuts(seat, before, after)
    }
    #expect(Set(byKey.keys) == Set(standing.seats.map(\.id)))
    #expect(after.persons.count == before.persons.count + newcomers)
    for (set, rows) in before.rows { #expect(after.rows[set]?.keys == rows.keys) }
    checkUntouched(standing, before, after)
    checkFirms(&outcome, before, after)
    #expect(try loggedConflicts() == outcome.conflicts)
    #expect(try settledLinks() == standing.survivors)
  }

  private func checkFirms(
    _ outcome: inout MeetingOutcome, _ before: MeetingSnapshot, _ after: MeetingSnapshot
  ) {
    for kind in [Expectation.Kind.account, .user] {
      let held = kind == .account ? before.companies : before.salesPersons
      let holds = kind == .account ? after.companies : after.salesPersons
      for (id, row) in before.rows[kind.set] ?? [:] {
        let seat = MeetingStanding.Seat(kind: kind, id: id, person: nil)
        for pair in kind.pairs {
          let expected = outcome.meet(pair, of: seat, row, held[id])
          #expect(cell(after.row(seat)?[pair.dynamics]) == expected.dynamics, "\(seat) \(pair)")
          #expect(cell(holds[id]?[pair.marketo]) == expected.marketo, "\(seat) \(pair)")
        }
      }
    }
  }

  private func checkOptOuts(
    _ seat: MeetingStanding.Seat, _ before: MeetingSnapshot, _ after: MeetingSnapshot
  ) {
    guard let id = seat.person, let row = before.row(seat), let person = before.persons[id] else {
      return
    }
    for (column, field) in [("donotphone", "doNotCall"), ("donotbulkemail", "unsubscribed")]
    where row[column] == true || person[field] == true {
      #expect(after.row(seat)?[column] == true, "\(seat) \(column)")
      #expect(after.persons[id]?[field] == true, "\(seat) \(field)")
    }
  }

  /// Nobody who was not recognised was written to.
  private func checkUntouched(
    _ standing: MeetingStanding, _ before: MeetingSnapshot, _ after: MeetingSnapshot
  ) {
    let met = Set(standing.seats.compactMap(\.person))
    for (id, person) in before.persons where !met.contains(id) {
      for field in MeetingSnapshot.fields {
        #expect(after.persons[id]?[field] == person[field], "person \(id) \(field)")
      }
    }
    for id in Array(standing.ambiguous.keys) + standing.survivors.keys {
      for set in ["leads", "contacts"] {
        #expect(before.rows[set]?[id] == after.rows[set]?[id], "\(set) \(id)")
      }
    }
  }

  /// What the log says of values that lost.
  private func loggedConflicts() throws -> Set<MeetingOutcome.Conflict> {
    let rows = try Reader(path: databasePath).query(
      """
      SELECT dynamics_id, field, dynamics_value, marketo_value, winner FROM activity_log
      WHERE action = 'first_link' AND winner IS NOT NULL
      """
    ).rows.map { $0.map(\.words) }
    return Set(
      rows.map {
        MeetingOutcome.Conflict(
          id: $0[0] ?? "", field: $0[1] ?? "", dynamics: $0[2], marketo: $0[3], winner: $0[4] ?? "")
      })
  }

  private func settledLinks() throws -> [String: String] {
    let rows = try Reader(path: databasePath).query(
      "SELECT dynamics_id, state || ' ' || survivor_id FROM link WHERE state <> 'active'"
    ).rows
    return Dictionary(rows.map { ($0[0].words ?? "", $0[1].words ?? "") }) { first, _ in first }
  }

  /// Each record that is not guessed stands on the error list, with all its candidates.
  func checkErrors(_ standing: MeetingStanding) throws {
    let rows = try Reader(path: databasePath).query(
      "SELECT dynamics_id, candidates FROM errors WHERE kind = 'ambiguous'"
    ).rows
    let listed = rows.map { row in
      (row[0].words ?? "", Set((row[1].words ?? "").split(separator: ", ").map(String.init)))
    }
    #expect(Dictionary(listed) { first, _ in first } == standing.ambiguous)
  }
}

extension QueryResult.Cell {
  /// The cell as text; `nil` for NULL.
  var words: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    }
  }
}
