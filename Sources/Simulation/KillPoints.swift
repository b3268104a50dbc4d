import Model
import Sync

/// Dies at every step of a first run and of a changed one, a history for each, and compares the end of
/// each history with an undisturbed one's.
///
/// A step is a point before a transaction, before a call, or between a call's effect and its answer: all
/// the points at which a dead process leaves something behind.
public struct KillPoints: Sendable {
  public var threads: Int

  public init(threads: Int = 2) { self.threads = max(1, threads) }

  /// What was found.
  public struct Report: Hashable, Sendable {
    /// How many points each run has: the first, and the one after everybody edited.
    public var points: [Int] = []
    /// The points whose history ended otherwise, or broke a promise, each in a line.
    public var differing: [String] = []
  }

  /// Lives through a history for each point; `report` is told the number done.
  public func run(report: @escaping @Sendable (Int) -> Void = { _ in }) async throws -> Report {
    let campaign = Campaign(first: 0, count: 1, faults: [], threads: 1)
    let calm = try await campaign.outcome(of: Self.script)
    let killed = [0, 2]
    var found = Report(points: killed.map { calm.steps[$0] }, differing: calm.violations)
    let points = killed.flatMap { run in (1...calm.steps[run]).map { (run, $0) } }
    let lanes = try await withThrowingTaskGroup(of: [String].self) { group in
      for lane in 0..<threads {
        group.addTask {
          var differing: [String] = []
          for (place, point) in points.enumerated() where place % threads == lane {
            var script = Self.script
            script.rounds[point.0].deathAt = point.1
            let outcome = try await campaign.outcome(of: script)
            differing += Self.differences(outcome, calm).map {
              "run \(point.0 + 1), step \(point.1): \($0)"
            }
            if lane == 0 { report(place) }
          }
          return differing
        }
      }
      return try await group.reduce(into: [String]()) { $0 += $1 }
    }
    found.differing += lanes.sorted()
    return found
  }

  private static func differences(_ one: History.Outcome, _ calm: History.Outcome) -> [String] {
    guard one.contents != calm.contents else { return one.violations }
    let before = Set(calm.contents.split(separator: "\n"))
    let after = Set(one.contents.split(separator: "\n"))
    let lost = before.subtracting(after).map { "- \($0)" }
    let new = after.subtracting(before).map { "+ \($0)" }
    return one.violations + (lost + new).sorted()
  }

  /// A small set with something of each kind, and an edit of each kind after the first run.
  private static let script: HistoryScript = {
    let first: [HumanEvent.Kind] = [
      .newAccount, .newLead, .newLead, .newLead, .newContact, .newContact, .newPerson,
      .newOpportunity, .connect, .newCustom, .newUser,
    ]
    let then: [HumanEvent.Kind] = [
      .editLead, .editContact, .editAccount, .editPerson, .editPerson, .editCompany,
      .optOutInMarketo, .reown, .moveAccount, .qualify, .mergeLeads, .request, .closeOpportunity,
      .connect, .disconnect, .moveCustom, .newContact,
    ]
    func events(_ kinds: [HumanEvent.Kind], from number: Int) -> [HumanEvent] {
      kinds.enumerated().map { place, kind in
        HumanEvent(kind, who: place, what: place + 1, number: number + place)
      }
    }
    // A quiet run between the two: people see what the first one left.
    var rounds = [HistoryScript.Round(), HistoryScript.Round(), HistoryScript.Round()]
    rounds[0].before = events(first, from: 14)
    rounds[2].before = events(then, from: 40)
    return HistoryScript(seed: 0, rounds: rounds)
  }()
}
