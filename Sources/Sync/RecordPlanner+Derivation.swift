import Model
import Store

extension RecordPlanner {
  /// The Dynamics side's value of a pair; `nil` while what it is derived from is not there yet, and
  /// where the field cannot be read: unknown is not empty.
  func source(of pair: BoundPair, _ input: PlanInput, plan: inout RecordPlan) -> Value? {
    switch pair.pair.source {
    case .field(let name): input.dynamics.record.fields[name]
    case .derived(let derivation): value(derivation, input, plan: &plan)
    }
  }

  private func value(
    _ derivation: Derivation, _ input: PlanInput, plan: inout RecordPlan
  ) -> Value? {
    let record = input.dynamics.record
    let facts = record.facts
    return switch derivation {
    case .key: .text(record.id.text)
    case .type: .text(entity.entity.rawValue)
    case .isDeleted: .boolean(input.dynamics.isDeleted)
    case .role: facts.role.map(Value.text) ?? .empty
    case .amount: facts.amount.map(Value.decimal) ?? .empty
    case .stage: facts.stage.map(Value.text) ?? .empty
    case .isClosed: .boolean([.won, .lost].contains(facts.state))
    case .isWon: .boolean(facts.state == .won)
    case .syncAs: .empty
    case .owner: counterpart(of: facts.owner, for: .owner, input, plan: &plan)
    case .parent: counterpart(of: facts.parent, for: .parent, input, plan: &plan)
    case .person: counterpart(of: facts.parent, for: .person, input, plan: &plan)
    case .opportunity:
      counterpart(
        of: facts.opportunity.map { Reference(.opportunity, $0) }, for: .opportunity, input,
        plan: &plan)
    case .account: company(input, plan: &plan)
    }
  }

  /// The company: of the record's own account, or, for an opportunity, of its customer.
  private func company(_ input: PlanInput, plan: inout RecordPlan) -> Value? {
    let facts = input.dynamics.record.facts
    var account = facts.account
    if let customer = facts.parent, entity.rule.dynamics == .opportunity {
      switch customer.object {
      case .account: account = customer.id
      case .contact where carried.contains(.contact):
        guard let held = input.customers[customer.id.text] else {
          plan.dependencies.append(
            PlannedDependency(need: .customer, needed: customer, isMet: false))
          return nil
        }
        plan.dependencies.append(
          PlannedDependency(need: .customer, needed: customer, isMet: true, value: held))
        account = held.map(RecordID.dynamics)
      default: break
      }
    }
    return counterpart(
      of: account.map { Reference(.account, $0) }, for: .account, input, plan: &plan)
  }

  /// The counterpart of what a fact points to.
  ///
  /// An object that no entity carries to Marketo counts as none: an owner that is a team, where teams
  /// do not become sales persons.
  private func counterpart(
    of reference: Reference?, for need: DependencyNeed, _ input: PlanInput,
    plan: inout RecordPlan
  ) -> Value? {
    guard let reference, carried.contains(reference.object) else { return .empty }
    var value: Value?
    var counterpart: String?
    if case .met(let marketoID) = input.needs[reference.id.text] ?? .missing {
      counterpart = marketoID
      value = .text(marketoID)
      if need == .parent, entity.marketo.parent?.object == .company {
        value = input.companyNumbers[reference.id.text].map(Value.text)
      }
    }
    plan.dependencies.append(
      PlannedDependency(
        need: need, needed: reference, isMet: value != nil,
        value: value == nil ? nil : counterpart))
    return value
  }
}
