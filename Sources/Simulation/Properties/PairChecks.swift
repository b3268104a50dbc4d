import Model
import Store
import Sync

/// What a plan promises of one pair.
struct PairChecks {
  private let whole: PlanChecks
  private let pair: BoundPair
  private let value: Base
  private let base: Base?
  private let waits: Bool

  init(_ whole: PlanChecks, _ place: Int) {
    self.whole = whole
    pair = whole.world.pairs[place]
    value = whole.record.values[place]
    base = whole.record.bases[place]
    waits = whole.record.waits[place]
  }

  private var isTrueWins: Bool { pair.pair.winner == .trueWins }
  private func hasMoved(_ side: Side) -> Bool { base.map { $0[side] != value[side] } ?? true }

  /// Whether a value of `side` is none to the other side too.
  private func isVoid(_ side: Side) -> Bool {
    value[side].isEmpty || pair.predicted(value[side], on: side.opposite)?.isEmpty == true
  }

  private var isEnforced: Bool {
    if case .derived(let derivation) = pair.pair.source { derivation.isEnforced } else { false }
  }

  /// Whether the planner has to decide about the pair at all.
  var takesPart: Bool {
    let record = whole.record
    if record.isLeftAlone || !record.isLinked || waits { return false }
    if record.isDeleted, pair.pair.source != .derived(.isDeleted) { return false }
    if pair.marketo.isOfCompany, whole.hasCompany { return false }
    let isDetaching =
      pair.pair.source == .derived(.account) && whole.world.rule.marketo == .person
      && value.dynamics.isEmpty && !value.marketo.isEmpty
    return !isDetaching
  }

  /// What is wrong with a write of this pair.
  func write(_ field: PlannedField, to side: Side) -> String? {
    let (source, target) = (side.opposite, side)
    if !pair.pair.direction.allows(writingTo: side) { return "written against its direction" }
    if side == .dynamics, whole.world.rule.direction == .toMarketo {
      return "written against the entity's direction"
    }
    if field.source != value[source] || field.before != value[target] || field.base != base {
      return "the plan names values that nobody holds"
    }
    if pair.translate(value[source], to: side) != field.sent
      || pair.field(on: side).storedForm(field.sent) != field.predicted
    {
      return "\(side) gets a value that nobody entered"
    }
    guard whole.record.isLinked else { return waits ? "written while it waits" : nil }
    if !takesPart { return "written though it takes no part" }
    if pair.agree(dynamics: value.dynamics, marketo: value.marketo), base != nil || !isEnforced {
      return "written though both sides hold the same"
    }
    return optOut(field, to: side) ?? emptying(field, to: side) ?? overwriting(side)
  }

  /// An opt-out ends by a person's No alone, said on the other side since both agreed.
  private func optOut(_ field: PlannedField, to side: Side) -> String? {
    guard isTrueWins, value[side] == .boolean(true), field.predicted != .boolean(true) else {
      return nil
    }
    let isNo = value[side.opposite] == .boolean(false) && hasMoved(side.opposite)
    return base != nil && isNo && !hasMoved(side) ? nil : "an opt-out is undone in \(side)"
  }

  /// A value gives way to none only where both agreed on it, and somebody emptied the other side.
  private func emptying(_ field: PlannedField, to side: Side) -> String? {
    let isNothing = field.predicted.isEmpty || value[side.opposite].isEmpty
    guard isNothing, !value[side].isEmpty else { return nil }
    guard base != nil else { return "\(side) is emptied at the first meeting" }
    let isWhole = whole.world.rule.isWrittenWhole && side == .marketo && whole.dynamicsMoved
    return hasMoved(side.opposite) || isWhole ? nil : "\(side) is emptied without a cause"
  }

  /// What a person entered gives way only to another entry, by the rule.
  private func overwriting(_ side: Side) -> String? {
    let isWhole = whole.world.rule.isWrittenWhole && side == .marketo && whole.dynamicsMoved
    if isEnforced || isWhole { return nil }
    if base == nil {
      if isVoid(side) { return nil }
      return winner == side.opposite ? nil : "\(side) loses the first meeting against the rule"
    }
    switch (hasMoved(side.opposite), hasMoved(side)) {
    case (true, false): return nil
    case (true, true): return winner == side.opposite ? nil : "\(side) loses against the rule"
    case (false, false): return "\(side) is written without a change"
    case (false, true):
      // An opt-out that was emptied comes back.
      let isOptOut = isTrueWins && value[side.opposite] == .boolean(true) && value[side].isEmpty
      return isOptOut ? nil : "the edit in \(side) is lost"
    }
  }

  /// Who wins where both sides differ and neither gives way; `nil` where a person is asked.
  private var winner: Side? {
    let rule = pair.pair
    if isTrueWins {
      for side in Side.allCases where value[side] == .boolean(true) { return side }
    }
    if rule.direction != .both { return rule.direction == .toMarketo ? .dynamics : .marketo }
    switch rule.winner {
    case .dynamics: return .dynamics
    case .marketo: return .marketo
    case .manual: return nil
    case .nonEmpty where isVoid(.dynamics): return .marketo
    case .nonEmpty where isVoid(.marketo): return .dynamics
    case .nonEmpty, .trueWins, nil:
      return whole.world.rule.winner == .marketo ? .marketo : .dynamics
    }
  }

  /// What is wrong with a pair that the plan leaves, agrees on, or asks about.
  func left(_ plan: RecordPlan, written: Side?) -> String? {
    let name = pair.pair.name
    let isAsked = plan.unsettled.contains { $0.pair == name }
    let isAgreed = plan.agreed.contains { $0.pair == name && $0.marketo == value.marketo }
    guard takesPart, plan.ends == nil else {
      return isAgreed ? "agreed on though it takes no part" : nil
    }
    let isEqual = pair.agree(dynamics: value.dynamics, marketo: value.marketo)
    if isAgreed != (isEqual && base != value) {
      return isAgreed ? "agreed on and different" : "equal and not agreed on"
    }
    let due = due(isEqual)
    if let written {
      return isAsked
        ? "written and asked about"
        : due == nil || due == written ? nil : "written to the wrong side"
    }
    guard let due else {
      let isManual = pair.pair.winner == .manual && !isEqual && base != value
      return isAsked && !isManual ? "a person is asked for nothing" : nil
    }
    let isSpeakable = pair.translate(value[due.opposite], to: due) != nil
    if isSpeakable { return "the edit in \(due.opposite) does not arrive" }
    return isAsked ? nil : "a value without a word is kept silent"
  }

  /// The side that must be written; `nil` where nothing is due, or a person decides.
  private func due(_ isEqual: Bool) -> Side? {
    if isEqual || base == value { return nil }
    let side: Side?
    if base == nil {
      side = isVoid(.marketo) ? .marketo : isVoid(.dynamics) ? .dynamics : winner?.opposite
    } else {
      let hasBlank = value.dynamics.isEmpty || value.marketo.isEmpty
      let hasTrue = Side.allCases.contains { value[$0] == .boolean(true) }
      let isCollision = hasMoved(.dynamics) && hasMoved(.marketo)
      side =
        isCollision || isTrueWins && hasTrue && hasBlank
        ? winner?.opposite : hasMoved(.dynamics) ? .marketo : .dynamics
    }
    if isEnforced { return .marketo }
    return side.flatMap { pair.pair.direction.allows(writingTo: $0) ? $0 : nil }
  }
}
