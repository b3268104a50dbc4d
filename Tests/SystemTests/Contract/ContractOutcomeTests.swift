import Model
import Testing

/// What every log of persons promises that can be told what became of changes.
@Suite struct ContractOutcomeTests {
  private static let parties: [ContractParty] = [.fakeMarketo, .simulatedMarketo, .marketo]

  private func outcome(
    _ id: Int64, _ person: RecordID, _ subject: ContractSubject
  ) -> OutcomeActivity {
    OutcomeActivity(
      id: id, key: "run 1 of a test: \(person.text) synced \(id)", person: person, run: 1,
      entity: .lead, outcome: .synced, direction: .both, fields: "title, phone",
      message: "Käufer <&>", at: subject.beginning + 60)
  }

  @Test(arguments: parties)
  func `what was written is found by its key, and is no change`(party: ContractParty) async throws {
    try await party.meet { subject in
      let log = try #require(subject.connector.outcomeLog)
      _ = try await log.provision()
      #expect(try await log.provision() == [])
      #expect(log.batchSize >= 4)
      #expect(log.settlingTime >= subject.connector.settlingTime)
      let start = try await subject.read(after: nil).watermark
      let persons = [try await subject.make(1), try await subject.make(2)]
      let before = try await subject.read(after: start)
      let outcomes = persons.enumerated().map { outcome(Int64($0 + 1), $1, subject) }
      #expect(try await log.keys(of: outcomes) == [])

      let results = try await log.write(Array(outcomes.reversed()))

      #expect(results.map(\.activity) == [2, 1])
      #expect(results.allSatisfy { if case .written = $0.state { true } else { false } })
      #expect(try await log.keys(of: outcomes) == Set(outcomes.map(\.key)))
      #expect(try await log.keys(of: [outcome(3, persons[0], subject)]) == [])
      #expect(try await subject.read(after: before.watermark).gone == before.gone)
      #expect(try await subject.read(after: start).told == before.told)
    }
  }

  @Test(arguments: [ContractParty.simulatedMarketo, .marketo])
  func `nobody is told nothing, and the others are`(party: ContractParty) async throws {
    try await party.meet { subject in
      let log = try #require(subject.connector.outcomeLog)
      _ = try await log.provision()
      let person = try await subject.make(1)

      let results = try await log.write([
        outcome(1, subject.nobody, subject), outcome(2, person, subject),
      ])

      #expect(results.map(\.activity) == [1, 2])
      #expect(results.first?.state == .gone)
      #expect(
        try await log.keys(of: [outcome(1, subject.nobody, subject), outcome(2, person, subject)])
          .count == 1)
    }
  }

  @Test(arguments: [ContractParty.fakeDynamics, .simulatedDynamics, .dynamics])
  func `a side without such logs says so`(party: ContractParty) async throws {
    try await party.meet { #expect($0.connector.outcomeLog == nil) }
  }
}
