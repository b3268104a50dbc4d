import Model
import Store

extension RecordPlanner {
  /// Plans one role of an opportunity's derived set.
  ///
  /// A role is its three keys and nothing else: another person or text is another role. What is
  /// missing is created, what is no longer derived is removed; the new one follows in the next round.
  func role(_ input: PlanInput, _ empty: RecordPlan) -> RecordPlan {
    var plan = empty
    let link = input.link.flatMap { $0.state == .active ? $0 : nil }
    guard !input.dynamics.isDeleted else { return removal(of: link, plan) }
    guard input.dynamics.record.facts.isIncluded else {
      if link != nil { plan.ends = "its opportunity is gone in dynamics: kept in marketo" }
      return plan
    }
    var fields: [PlannedField] = []
    var texts: [Derivation: String] = [:]
    for pair in entity.pairs {
      guard case .derived(let derivation) = pair.pair.source,
        let value = source(of: pair, input, plan: &plan),
        let sent = pair.translate(value, to: .marketo), !sent.isEmpty
      else { continue }
      texts[derivation] = sent.canonicalText
      fields.append(
        PlannedField(
          pair: pair.pair.name, field: pair.pair.marketo, source: value, sent: sent,
          predicted: sent, before: .empty, base: nil, action: .created, winner: nil,
          rule: Reason.filled(from: .dynamics).text,
          origin: origin(of: pair, input, in: plan)))
    }
    guard let opportunity = texts[.opportunity], let person = texts[.person],
      let role = texts[.role]
    else { return plan }
    let key = RoleKey(opportunity: opportunity, person: person, role: role).text
    if let link { return link.marketoID == key ? plan : removal(of: link, plan) }
    let refusal = Refusal(
      side: .marketo, pair: "", content: PlannedOperation.content(of: fields))
    if input.refusals.contains(refusal) {
      plan.refused = [refusal]
      return plan
    }
    plan.operations = [
      PlannedOperation(side: .marketo, action: .create(key: key), fields: fields)
    ]
    return plan
  }

  private func removal(of link: Link?, _ empty: RecordPlan) -> RecordPlan {
    guard link != nil else { return empty }
    var plan = empty
    plan.operations = [PlannedOperation(side: .marketo, action: .delete, fields: [])]
    return plan
  }
}
