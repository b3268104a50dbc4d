import Testing

@testable import Simulation

@Suite struct CampaignTests {
  @Test func `one seed gives one history, byte for byte`() async throws {
    for seed in [3, 11, 40] as [UInt64] {
      #expect(try await Campaign(first: seed, count: 1).isRepeatable(seed: seed))
    }
  }

  @Test func `the order in which rows are told decides nothing`() async throws {
    let campaign = Campaign(first: 1, count: 1, faults: [])
    for seed in 1...8 as ClosedRange<UInt64> {
      let script = HistoryScript(seed: seed, faults: []).withoutHaste
      let forward = try await campaign.outcome(of: script)
      let backward = try await campaign.outcome(of: script, order: .backward)
      #expect(forward.contents == backward.contents, "seed \(seed)")
      #expect(forward.violations == [])
    }
  }

  @Test func `a history with a death ends as the one without`() async throws {
    let campaign = Campaign(first: 1, count: 1, faults: [])
    for seed in 1...8 as ClosedRange<UInt64> {
      var script = HistoryScript(seed: seed, faults: []).withoutHaste
      let calm = try await campaign.outcome(of: script)
      for place in script.rounds.indices where !script.rounds[place].before.isEmpty {
        script.rounds[place].deathAt = 1 + (Int(seed) * 37 + place * 53) % 150
      }
      let killed = try await campaign.outcome(of: script)
      #expect(killed.contents == calm.contents, "seed \(seed)")
      #expect(killed.violations == [])
    }
  }

  @Test func `violations of one fault differ by ids and values alone`() {
    let words = Campaign.words(of: "marketo person 1001 title: 'A 1' was never typed")
    #expect(words == Campaign.words(of: "marketo person 1007 title: 'B' was never typed"))
    #expect(words != Campaign.words(of: "marketo person 1001 title: 'A 1' was emptied from 'B'"))
  }

  @Test func `a shorter history lacks one thing of the longer one`() {
    let script = HistoryScript(seed: 7)
    #expect(script.shorter.allSatisfy { $0.lines.count < script.lines.count })
    #expect(!script.shorter.isEmpty)
  }
}

extension HistoryScript {
  /// The history in which people edit between the runs alone, and see what each left.
  fileprivate var withoutHaste: HistoryScript {
    HistoryScript(
      seed: seed,
      rounds: rounds.flatMap { round in
        var round = round
        round.during = [:]
        return [round, Round()]
      })
  }
}
