import Model
import Store

extension RecordPlanner {
  /// The Dynamics side's value of a pair; `nil` while what it is derived from is not there yet.
  func source(of pair: BoundPair, _ input: PlanInput, plan: inout RecordPlan) -> Value? {
    let record = input.dynamics.record
    switch pair.pair.source {
    case .field(let name): return record.fields[name] ?? .empty
    case .derived(.key): return .text(record.id.text)
    case .derived(.type): return .text(entity.entity.rawValue)
    case .derived(.isDeleted): return .boolean(input.dynamics.isDeleted)
    case .derived(.role): return record.facts.role.map(Value.text) ?? .empty
    case .derived(.amount): return record.facts.amount.map(Value.decimal) ?? .empty
    case .derived(.stage): return record.facts.stage.map(Value.text) ?? .empty
    case .derived(.isClosed): return .boolean([.won, .lost].contains(record.facts.state))
    case .derived(.isWon): return .boolean(record.facts.state == .won)
    case .derived(.parent), .derived(.opportunity), .derived(.person), .derived(.syncAs):
      return .empty
    case .derived(.owner):
      return value(of: record.facts.owner, for: .owner, input, plan: &plan)
    case .derived(.account):
      let account = record.facts.account.map { Reference(.account, $0) }
      return value(of: account, for: .account, input, plan: &plan)
    }
  }

  /// The counterpart of what a fact points to.
  ///
  /// An object that no entity carries to Marketo counts as none: an owner that is a team, say.
  private func value(
    of reference: Reference?, for need: Derivation, _ input: PlanInput, plan: inout RecordPlan
  ) -> Value? {
    guard let reference, carried.contains(reference.object) else { return .empty }
    let state = input.needs[reference.id.text] ?? .missing
    guard case .met(let counterpart) = state else {
      plan.dependencies.append(
        PlannedDependency(need: need, needed: reference, isMet: false))
      return nil
    }
    plan.dependencies.append(PlannedDependency(need: need, needed: reference, isMet: true))
    return .text(counterpart)
  }
}
