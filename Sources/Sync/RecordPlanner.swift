import Model
import Store

/// Plans one record: a pure function of its three trees, its facts and the rules.
public struct RecordPlanner: Sendable {
  public var entity: BoundEntity
  /// The objects that some entity carries to Marketo: what others derive values from.
  public var carried: Set<ObjectType>

  public init(entity: BoundEntity, carried: Set<ObjectType>) {
    self.entity = entity
    self.carried = carried
  }

  /// Decides every pair of the record; a record that has nothing to say gives an empty plan.
  ///
  /// `nil` while the record waits, and stays dirty: for another that it became, or until its
  /// counterpart is read.
  public func plan(_ input: PlanInput) -> RecordPlan? {
    var plan = RecordPlan(
      entity: entity.entity, dynamicsID: input.dynamics.record.id.text,
      marketoID: input.link?.marketoID, link: input.link?.id,
      dynamicsChange: input.dynamics.change, marketoChange: input.marketo?.change)
    if entity.rule.dynamics == .derivedRole { return role(input, plan) }
    guard let link = input.link else {
      let facts = input.dynamics.record.facts
      let livesOn = facts.convertedTo != nil || facts.mergedInto != nil
      let waits = livesOn && facts.isIncluded && !input.dynamics.isDeleted
      return waits ? nil : create(input, plan)
    }
    guard link.state == .active else {
      plan.unsettled = [lostPerson(link, input)].compactMap(\.self)
      return plan
    }
    if waitsForSurvivor(input) { return nil }
    if let reason = whyLeftAlone(input) {
      if input.dynamics.isDirty {
        plan.skipped = [SkippedField(pair: "", side: .marketo, rule: reason)]
      }
      return plan
    }
    if input.dynamics.isDeleted, !tellsDeletion { return gone(input, plan) }
    guard let marketo = input.marketo?.record else { return nil }
    var fields: [Side: [PlannedField]] = [:]
    for decided in decisions(input, marketo: marketo, plan: &plan) {
      add(decided, to: &plan, fields: &fields, input: input)
    }
    for side in Side.allCases {
      guard let fields = fields[side], !fields.isEmpty,
        !isRefused(fields, side: side, input, &plan)
      else { continue }
      let version = side == .dynamics ? input.dynamics.record.version : nil
      plan.operations.append(
        PlannedOperation(side: side, action: .update(ifVersion: version), fields: fields))
    }
    return plan
  }

  /// Whether a linked record waits for the one that it lives on as: its edits in Marketo go there.
  ///
  /// Where that one is gone, it goes on by itself.
  private func waitsForSurvivor(_ input: PlanInput) -> Bool {
    let facts = input.dynamics.record.facts
    guard entity.rule.marketo == .person, facts.isIncluded, !input.dynamics.isDeleted,
      !input.isSurvivorGone
    else { return false }
    return facts.mergedInto != nil || facts.convertedTo != nil && carried.contains(.contact)
  }

  /// Why a linked record takes no part: it left the filter.
  private func whyLeftAlone(_ input: PlanInput) -> String? {
    guard !input.dynamics.isDeleted else { return nil }
    return input.dynamics.record.facts.isIncluded ? nil : "left out by the filter"
  }

  /// Whether Marketo's record says by itself that the Dynamics record is gone.
  private var tellsDeletion: Bool {
    entity.pairs.contains { $0.pair.source == .derived(.isDeleted) }
  }

  /// A linked record that is gone in Dynamics and has no mark for it in Marketo.
  ///
  /// `nil` while an opportunity's roles stand, which are removed before it. What others are derived
  /// from (owners and companies) keeps its link.
  private func gone(_ input: PlanInput, _ empty: RecordPlan) -> RecordPlan? {
    var plan = empty
    if entity.rule.onDelete == .propagate {
      guard !input.hasRoles else { return nil }
      plan.operations = [PlannedOperation(side: .marketo, action: .delete, fields: [])]
    } else if [.company, .salesPerson].contains(entity.rule.marketo) {
      plan.skipped = [
        SkippedField(pair: "", side: .marketo, rule: "gone in dynamics: kept in marketo")
      ]
    } else {
      plan.ends = "gone in dynamics: kept in marketo"
    }
    return plan
  }

  /// One pair with both values and what became of it.
  struct Decided {
    var pair: BoundPair
    var dynamics: Value
    var marketo: Value
    var base: Base?
    var outcome: FieldOutcome
  }

  func decisions(
    _ input: PlanInput, marketo: Record, plan: inout RecordPlan
  ) -> [Decided] {
    var decisions: [Decided] = []
    for pair in entity.pairs {
      if input.dynamics.isDeleted, pair.pair.source != .derived(.isDeleted) { continue }
      guard let source = source(of: pair, input, plan: &plan),
        let target = marketo.fields[pair.pair.marketo]
      else { continue }
      let base = input.bases[pair.pair.name]
      let outcome = outcome(of: pair, source, target, base: base, input)
      decisions.append(
        Decided(pair: pair, dynamics: source, marketo: target, base: base, outcome: outcome))
    }
    return entity.rule.isWrittenWhole ? wholly(decisions) : decisions
  }

  private func outcome(
    of pair: BoundPair, _ dynamics: Value, _ marketo: Value, base: Base?, _ input: PlanInput
  ) -> FieldOutcome {
    let hasCompany = [input.dynamics, input.marketo].contains { $0?.record.facts.account != nil }
    if pair.marketo.isOfCompany, hasCompany {
      return .keep(because: .companyField)
    }
    if pair.pair.source == .derived(.account), entity.rule.marketo == .person, dynamics.isEmpty,
      !marketo.isEmpty
    {
      return .keep(because: .cannotDetach)
    }
    if pair.pair.source == .derived(.syncAs), !marketo.isEmpty {
      return .write(to: .marketo, because: .requestGranted)
    }
    return Reconciler(pair: pair, entityWinner: entity.rule.winner)
      .outcome(dynamics: dynamics, marketo: marketo, base: base)
  }

  /// A one-way record that changed in Dynamics overwrites every field that differs in Marketo.
  ///
  /// But for a value that Dynamics never had an opinion on: an empty field wins with a base alone.
  private func wholly(_ decisions: [Decided]) -> [Decided] {
    guard decisions.contains(where: isOfDynamics) else { return decisions }
    return decisions.map { decided in
      guard decided.outcome == .keep(because: .directionBlocked), mayOverwrite(decided) else {
        return decided
      }
      var written = decided
      written.outcome = .write(to: .marketo, because: .writtenWhole)
      return written
    }
  }

  /// Whether Dynamics changed the value, be it to what Marketo holds by now.
  ///
  /// A value that is put right in Marketo (a key, an opt-out that was emptied) is no such change.
  private func isOfDynamics(_ decided: Decided) -> Bool {
    switch decided.outcome {
    case .write: decided.base.map { $0.dynamics != decided.dynamics } ?? true
    case .agree: decided.base.map { $0.dynamics != decided.dynamics } ?? false
    default: false
    }
  }

  /// Whether Dynamics' value may replace one that it did not meet on its way.
  ///
  /// Empty never wins without a base, and no rule undoes an opt-out.
  private func mayOverwrite(_ decided: Decided) -> Bool {
    let isOptOut = decided.pair.pair.winner == .trueWins && decided.marketo == .boolean(true)
    let predicted = decided.pair.predicted(decided.dynamics, on: .marketo)
    guard decided.pair.pair.direction.allows(writingTo: .marketo), !isOptOut, let predicted else {
      return false
    }
    return decided.base != nil || !(decided.dynamics.isEmpty || predicted.isEmpty)
  }

  /// A record without a counterpart: created with every value that it has.
  private func create(_ input: PlanInput, _ empty: RecordPlan) -> RecordPlan {
    var plan = empty
    guard !input.dynamics.isDeleted, input.dynamics.record.facts.isIncluded else { return plan }
    var fields: [PlannedField] = []
    for pair in entity.pairs {
      guard let source = source(of: pair, input, plan: &plan) else { continue }
      if source.isEmpty, let reason = whyNoCompany(pair, input) {
        plan.skipped.append(SkippedField(pair: pair.pair.name, side: .marketo, rule: reason))
      }
      guard !source.isEmpty || pair.marketo.isRequired,
        pair.pair.direction.allows(writingTo: .marketo)
      else { continue }
      let belongsToCompany =
        pair.marketo.isOfCompany && input.dynamics.record.facts.account != nil
      guard !belongsToCompany else { continue }
      let decided = Decided(
        pair: pair, dynamics: source, marketo: .empty, base: nil,
        outcome: pair.translate(source, to: .marketo) == nil
          ? .unsettled(because: .untranslatable, side: .marketo)
          : .write(to: .marketo, because: .filled(from: .dynamics)))
      var written: [Side: [PlannedField]] = [:]
      add(decided, to: &plan, fields: &written, input: input)
      fields += written[.marketo] ?? []
    }
    guard !isRefused(fields, side: .marketo, input, &plan) else { return plan }
    plan.operations = [
      PlannedOperation(side: .marketo, action: .create(key: plan.dynamicsID), fields: fields)
    ]
    return plan
  }

  func add(
    _ decided: Decided, to plan: inout RecordPlan, fields: inout [Side: [PlannedField]],
    input: PlanInput
  ) {
    let name = decided.pair.pair.name
    switch decided.outcome {
    case .keep(.cannotDetach):
      if decided.dynamics != decided.base?.dynamics {
        plan.skipped.append(
          SkippedField(pair: name, side: .marketo, rule: Reason.cannotDetach.text))
      }
    case .keep: break
    case .agree:
      plan.agreed.append(
        AgreedField(
          pair: name, dynamics: decided.dynamics, marketo: decided.marketo, base: decided.base))
    case .write(let side, let reason):
      guard var field = planned(decided, to: side, because: reason),
        !isRefused(field, side, input, &plan), !isPaused(field, side, input, &plan)
      else { return }
      field.origin = origin(of: decided.pair, input, in: plan)
      fields[side, default: []].append(field)
    case .unsettled(let reason, let side):
      plan.unsettled.append(unsettled(decided, because: reason, side: side))
    }
  }

  private func planned(
    _ decided: Decided, to side: Side, because reason: Reason
  ) -> PlannedField? {
    let source = side == .marketo ? decided.dynamics : decided.marketo
    guard let sent = decided.pair.translate(source, to: side),
      let field = decided.pair.pair.field(on: side)
    else { return nil }
    let isCollision = decided.base != nil && reason.winner != nil
    return PlannedField(
      pair: decided.pair.pair.name, field: field, source: source, sent: sent,
      predicted: decided.pair.field(on: side).storedForm(sent),
      before: side == .marketo ? decided.marketo : decided.dynamics, base: decided.base,
      action: isCollision ? .collision : decided.base == nil ? .firstLink : .updated,
      winner: reason.winner, rule: reason.text)
  }

  private func unsettled(
    _ decided: Decided, because reason: Reason, side: Side
  ) -> UnsettledField {
    let source = side == .marketo ? decided.dynamics : decided.marketo
    let mend =
      reason == .manual
      ? "give both sides the same value, or give the field a winner"
      : "add the option to \(decided.pair.field(on: side).name), or change the value"
    return UnsettledField(
      pair: decided.pair.pair.name, trouble: reason == .manual ? .manual : .untranslatable,
      side: side, content: source.canonicalText ?? "", message: "\(reason.text); \(mend)")
  }

  func isRefused(
    _ field: PlannedField, _ side: Side, _ input: PlanInput, _ plan: inout RecordPlan
  ) -> Bool {
    let content = field.sent.canonicalText ?? ""
    return isRefused(Refusal(side: side, pair: field.pair, content: content), input, &plan)
  }

  func isRefused(
    _ fields: [PlannedField], side: Side, _ input: PlanInput, _ plan: inout RecordPlan
  ) -> Bool {
    let content = PlannedOperation.content(of: fields)
    return isRefused(Refusal(side: side, pair: "", content: content), input, &plan)
  }

  /// Whether a write was refused and is not tried again yet; the plan then says so.
  private func isRefused(
    _ refusal: Refusal, _ input: PlanInput, _ plan: inout RecordPlan
  ) -> Bool {
    guard input.refusals.contains(refusal) else { return false }
    plan.refused.append(refusal)
    return true
  }
}
