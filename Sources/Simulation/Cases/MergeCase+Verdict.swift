import Model
import Store
import Sync

/// What became of one pair of a case.
public struct CaseVerdict: Hashable, Sendable {
  public var pair: CasePair
  public var got: CaseAnswer

  /// Whether the planner did what the case says.
  public var isRight: Bool { pair.expected.fits(got) }
}

extension MergeCase {
  func prepared() throws(CaseMistake) -> PreparedCase { try PreparedCase(self) }

  /// Plans the case's record with the engine's own planner, and tells what is done about each pair.
  public func verdicts() throws -> [CaseVerdict] {
    let prepared = try prepared()
    let plan = prepared.planner.plan(prepared.input)
    let outcomes = prepared.planner.outcomes(prepared.input)
    return zip(pairs, prepared.planner.entity.pairs).map { part, pair in
      CaseVerdict(
        pair: part,
        got: plan.map { $0.answer(of: pair, part, outcomes[pair.pair.name]) }
          ?? CaseAnswer(then: "wait", because: "the record waits"))
    }
  }

  /// A verdict that is wrong, in words: bases, values, rule, what was expected and what came.
  public func explanation(of verdict: CaseVerdict) -> [String] {
    let pair = verdict.pair
    let base = pair.base.map { "\($0.dynamics.quoted) | \($0.marketo.quoted)" } ?? "none"
    let rules = [
      "entity \(entity)", "the entity's winner \(rule.winner.rawValue)",
      pair.winner.map { "the field's winner \($0.rawValue)" },
      pair.direction.map { "direction \($0.rawValue)" },
    ]
    return [
      "fields:   \(pair.kind?.rawValue ?? pair.name)",
      "bases:    \(base)   (dynamics | marketo)",
      "values:   \(pair.dynamics.quoted) | \(pair.marketo.quoted)",
      "rule:     \(rules.compactMap(\.self).joined(separator: ", "))",
      "expected: \(pair.expected)",
      "got:      \(verdict.got)",
    ]
  }
}

extension RecordPlan {
  fileprivate func answer(
    of pair: BoundPair, _ part: CasePair, _ outcome: FieldOutcome?
  ) -> CaseAnswer {
    let name = pair.pair.name
    for operation in operations {
      if operation.action == .delete {
        return CaseAnswer(then: "delete in marketo", because: "gone in dynamics")
      }
      guard let field = operation.fields.first(where: { $0.pair == name }) else { continue }
      return CaseAnswer(
        then: "write to \(operation.side)", because: field.rule,
        stored: field.predicted.canonicalText ?? "")
    }
    if agreed.contains(where: { $0.pair == name }) {
      return CaseAnswer(then: "agree", because: Reason.equal.text)
    }
    switch outcome {
    case .unsettled(let reason, _):
      return CaseAnswer(then: "ask a person", because: reason.text)
    case .keep(let reason):
      return CaseAnswer(then: "nothing", because: reason.text)
    default: break
    }
    if part.waits { return CaseAnswer(then: "wait", because: Reason.waiting.text) }
    if part.unknown != nil {
      return CaseAnswer(then: "nothing", because: "the value cannot be read")
    }
    return CaseAnswer(then: "nothing", because: skipped.first?.rule ?? ends ?? "left alone")
  }
}

extension String? {
  fileprivate var quoted: String { "'\(self ?? "")'" }
}
