import Model
import Store

extension RecordPlanner {
  /// What a derived value was made from, in words for the log: the chain from the record to the
  /// counterpart.
  ///
  /// `nil` for a value that the record itself holds. The plan must hold the value's dependencies.
  func origin(of pair: BoundPair, _ input: PlanInput, in plan: RecordPlan) -> String? {
    guard case .derived(let derivation) = pair.pair.source else { return nil }
    func dependency(_ need: DependencyNeed?) -> PlannedDependency? {
      plan.dependencies.first { $0.need == need }
    }
    guard let end = dependency(DependencyNeed(rawValue: derivation.rawValue)) else {
      return whyNoCompany(pair, input)
    }
    let counterpart = end.value.map { " ↔ Marketo \($0)" } ?? ""
    let needed = end.needed.words + counterpart
    switch derivation {
    case .owner: return "owner \(needed)"
    case .account where entity.rule.dynamics == .opportunity:
      guard let customer = dependency(.customer) else { return "customer \(needed)" }
      return "customer \(customer.needed.words) → \(needed)"
    default: return needed
    }
  }

  /// Why an opportunity has no company; `nil` for everything else.
  func whyNoCompany(_ pair: BoundPair, _ input: PlanInput) -> String? {
    guard pair.pair.source == .derived(.account), entity.rule.dynamics == .opportunity else {
      return nil
    }
    guard let customer = input.dynamics.record.facts.parent else {
      return "no account: it has no customer"
    }
    return "no account: its customer, \(customer.words), has none"
  }
}

extension Reference {
  /// `contact 4b1c…`: how the log names a record of Dynamics.
  fileprivate var words: String { "\(object.name) \(id.text)" }
}
