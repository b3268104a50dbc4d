import Sandbox
import Store
import Testing
import Transport

@Suite struct RandomEditsTests {
  /// 300 edits in six rounds on both sides; the last run is quiet.
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
      try await rig.check(expectation)
      try await rig.findPersons(&expectation)

      var edits = RandomEdits(seed: seed)
      for _ in 0..<6 {
        // A small pool, so that edits meet.
        let pool = (0..<24).map { _ in edits.next(expectation.twins.count) }
        for _ in 0..<50 {
          try await rig.carryOut(edits.edit(pool, expectation), &expectation)
        }
        let report = try await rig.run(on: store)
        #expect(report.isInStep, "backlog \(report.backlog), errors \(report.errors)")
        expectation.settle()
      }
      try await rig.check(expectation)

      let quiet = try await rig.run(on: store)
      #expect(quiet.counts.operationsPlanned == 0)
      #expect(quiet.counts.recordsChanged == 0)
      #expect(try Reader(path: rig.databasePath).query("SELECT * FROM disagreement").rows == [])
      #expect(try Reader(path: rig.databasePath).query("SELECT * FROM health").rows == [])
    }
  }
}

extension Rig {
  /// Marketo's ids of the persons, by which people edit them.
  func findPersons(_ expectation: inout Expectation) async throws {
    let objects = try await marketoObjects(expectation)
    for index in expectation.twins.indices
    where [.lead, .contact].contains(expectation.twins[index].kind) {
      expectation.twins[index].person = objects[expectation.twins[index].id]?["id"]?.integer
    }
  }

  /// Makes one edit through the service's own API, and tells the model.
  func carryOut(_ edit: RandomEdits.Edit, _ expectation: inout Expectation) async throws {
    let twin = expectation.twins[edit.twin]
    let pair = twin.kind.pairs[edit.pair]
    let json = try value(edit.value, pair, inMarketo: edit.isInMarketo)
    guard edit.isInMarketo else {
      try await dynamics.update(twin.kind.set, twin.id, .object([pair.dynamics: json]))
      expectation.twins[edit.twin].dynamics[edit.pair] = edit.value
      return
    }
    if let person = twin.person {
      try await marketo.update(person, [pair.marketo: json])
    } else {
      try await marketo.updateCompany(twin.id, [pair.marketo: json])
    }
    expectation.twins[edit.twin].marketo[edit.pair] = edit.value
  }

  private func value(
    _ text: String?, _ pair: Mapping.Pair, inMarketo: Bool
  ) throws -> JSON {
    guard let text else { return .null }
    switch pair.kind {
    case .flag: return .boolean(text == "true")
    case .money, .whole: return try JSON(parsing: Array(text.utf8))
    case .choice, .state: return inMarketo ? .string(text) : try JSON(parsing: Array(text.utf8))
    case .text: return .string(text)
    }
  }
}
