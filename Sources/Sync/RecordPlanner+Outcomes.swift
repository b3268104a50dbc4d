import Model
import Store

extension RecordPlanner {
  /// What is decided for each pair of a linked record, also where that is to do nothing.
  ///
  /// A pair that waits, or whose value cannot be read, has no outcome; nor has any pair of a record
  /// that is left alone as a whole.
  public func outcomes(_ input: PlanInput) -> [String: FieldOutcome] {
    guard let plan = plan(input), input.link?.state == .active, plan.ends == nil,
      let marketo = input.marketo?.record, input.dynamics.record.facts.isIncluded
    else { return [:] }
    var same = plan
    return decisions(input, marketo: marketo, plan: &same).reduce(into: [:]) {
      $0[$1.pair.pair.name] = $1.outcome
    }
  }
}
