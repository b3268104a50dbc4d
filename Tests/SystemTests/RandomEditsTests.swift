import Sandbox
import Store
import Testing

@Suite struct RandomEditsTests {
  /// 300 edits of all seven entities in six rounds on both sides; the last run is quiet.
  @Test func `both services end as an independent model of 300 random edits says`() async throws {
    let seed: UInt64 = 20_261_121
    print("random edits: seed \(seed)")
    var organisation = SampleOrganisation()
    organisation.persons = []
    try await Rig.with(seed: organisation) { rig in
      let store = try rig.store()
      var expectation = try await rig.expectation()
      let first = try await rig.run(on: store)
      #expect(first.isInStep)
      try await rig.findPersons(&expectation)
      try await rig.check(expectation)

      var edits = RandomEdits(seed: seed)
      var counts: [String: Int] = [:]
      for round in 1...6 {
        let pool = edits.pool(expectation)
        for _ in 0..<50 {
          let deed = edits.deed(pool, expectation)
          counts[deed.name, default: 0] += 1
          try await rig.carryOut(deed, &expectation)
        }
        let report = try await rig.run(on: store)
        #expect(report.isInStep, "round \(round): \(report.backlog), errors \(report.errors)")
        try rig.expectHealth("round \(round)")
        expectation.settle()
      }
      try await rig.check(expectation)
      print("random edits: \(counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" })")
      #expect(counts.keys.sorted() == RandomDeed.names)

      let quiet = try await rig.run(on: store)
      #expect(quiet.counts.operationsPlanned == 0)
      #expect(quiet.counts.recordsChanged == 0)
      try await rig.check(expectation)
      try rig.expectHealth("the quiet run")
    }
  }
}

extension Rig {
  fileprivate func expectHealth(_ moment: String) throws {
    let reader = try Reader(path: databasePath)
    for view in ["disagreement", "health"] {
      let rows = try reader.query("SELECT * FROM \(view)").rows
      #expect(rows == [], "\(view) after \(moment)")
    }
  }
}
