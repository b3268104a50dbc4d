import Model
import Testing

@testable import Simulation

/// One turn of records' lives: what stands before, and what people then do at once.
struct LifecycleTurn: Sendable, CustomTestStringConvertible {
  var name: String
  var before: [HumanEvent]
  var turn: [HumanEvent]
  var later: [HumanEvent] = []
  var impostor: Side?

  var testDescription: String { name }

  init(
    _ name: String, before: [Deed], turn: [Deed], later: [Deed] = [], impostor: Side? = nil
  ) {
    self.name = name
    self.before = before.enumerated().map { $1.event(number: 1 + $0) }
    self.turn = turn.enumerated().map { $1.event(number: 20 + $0) }
    self.later = later.enumerated().map { $1.event(number: 40 + $0) }
    self.impostor = impostor
  }

  /// An event without its number; `who` and `what` as the event takes them.
  struct Deed: Sendable {
    var kind: HumanEvent.Kind
    var who = 2
    var what = 2

    init(_ kind: HumanEvent.Kind, who: Int = 2, what: Int = 2) {
      self.kind = kind
      self.who = who
      self.what = what
    }

    func event(number: Int) -> HumanEvent {
      HumanEvent(kind, who: who, what: what, number: number)
    }
  }

  /// The history: a first run, a quiet one, the turn's run, and what came later.
  private var script: HistoryScript {
    var rounds = [0, 1, 2, 3].map { _ in HistoryScript.Round() }
    rounds[0].before = before
    rounds[2].before = turn
    rounds[2].impostor = impostor
    rounds[3].before = later
    return HistoryScript(seed: 0, rounds: rounds)
  }

  /// The histories in which the turn's run goes well, dies at some step, or loses a write.
  private func disturbed(steps: Int) -> [HistoryScript] {
    var found: [HistoryScript] = []
    func add(_ change: (inout HistoryScript.Round) -> Void) {
      var script = script
      change(&script.rounds[2])
      found.append(script)
    }
    for step in stride(from: 5, to: steps, by: 17) { add { $0.deathAt = step } }
    for fault in [Fault.lostAnswer, .lostRequest, .lateEffect, .partialBatch] {
      for call in 1...2 { add { $0.writeFaults[call] = fault } }
    }
    return found
  }

  /// Lives through all of them; each must keep every promise, and what people do must have happened.
  func live() async throws {
    let campaign = Campaign(first: 0, count: 1, faults: [])
    let calm = try await campaign.outcome(of: script)
    #expect(calm.violations == [])
    for event in before + turn + later {
      #expect(calm.counts[event.kind.rawValue, default: 0] > 0, "\(event.kind) did not happen")
    }
    for script in disturbed(steps: calm.steps[2]) {
      let outcome = try await campaign.outcome(of: script)
      #expect(outcome.violations == [], "\(script.lines)")
    }
  }
}
