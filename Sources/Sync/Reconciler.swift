import Model
import Store

/// The three-way merge of one pair of fields: a pure function of what both sides hold, what each held
/// when they last agreed, and the rules.
public struct Reconciler: Hashable, Sendable {
  public var pair: BoundPair
  /// The entity's winner: one of the two sides.
  public var entityWinner: Winner

  public init(pair: BoundPair, entityWinner: Winner) {
    self.pair = pair
    self.entityWinner = entityWinner
  }

  /// Decides from both sides' values and the base; without a base the two meet for the first time.
  public func outcome(dynamics: Value, marketo: Value, base: Base?) -> FieldOutcome {
    guard let base else { return meet(dynamics, marketo) }
    let changed = (dynamics: dynamics != base.dynamics, marketo: marketo != base.marketo)
    if !changed.dynamics && !changed.marketo { return .keep(because: .unchanged) }
    if pair.agree(dynamics: dynamics, marketo: marketo) { return .agree(because: .equal) }
    if changed.dynamics && changed.marketo { return collide(dynamics, marketo) }
    // An opt-out is taken back by a No alone, not by a field that became empty.
    if isOptOut(dynamics, marketo), dynamics.isEmpty || marketo.isEmpty {
      return collide(dynamics, marketo)
    }
    if changed.dynamics { return write(dynamics, to: .marketo, because: .changed(.dynamics)) }
    if isEnforced { return .write(to: .marketo, because: .enforced) }
    return write(marketo, to: .dynamics, because: .changed(.marketo))
  }

  private var isEnforced: Bool {
    if case .derived(let derivation) = pair.pair.source { derivation.isEnforced } else { false }
  }

  /// The first meeting: a value is never lost to an empty field.
  private func meet(_ dynamics: Value, _ marketo: Value) -> FieldOutcome {
    if pair.agree(dynamics: dynamics, marketo: marketo) { return .agree(because: .equal) }
    if isVoid(marketo, on: .marketo) {
      return write(dynamics, to: .marketo, because: .filled(from: .dynamics))
    }
    if isVoid(dynamics, on: .dynamics) {
      return write(marketo, to: .dynamics, because: .filled(from: .marketo))
    }
    if isEnforced { return .write(to: .marketo, because: .enforced) }
    return collide(dynamics, marketo)
  }

  /// Whether a value of `side` is none to the other side, as blanks are where blanks are trimmed.
  private func isVoid(_ value: Value, on side: Side) -> Bool {
    value.isEmpty || pair.predicted(value, on: side.opposite)?.isEmpty == true
  }

  private func write(_ value: Value, to side: Side, because reason: Reason) -> FieldOutcome {
    guard pair.pair.direction.allows(writingTo: side) else {
      return .keep(because: .directionBlocked)
    }
    guard pair.translate(value, to: side) != nil else {
      return .unsettled(because: .untranslatable, side: side)
    }
    return .write(to: side, because: reason)
  }

  private func collide(_ dynamics: Value, _ marketo: Value) -> FieldOutcome {
    let directions = Side.allCases.filter(pair.pair.direction.allows(writingTo:))
    if let only = directions.first, directions.count == 1, !isOptOut(dynamics, marketo) {
      return settle(winner: only.opposite, by: .direction, dynamics, marketo)
    }
    guard let (winner, rule) = winner(dynamics, marketo) else {
      return .unsettled(because: .manual, side: .dynamics)
    }
    return settle(winner: winner, by: rule, dynamics, marketo)
  }

  /// Whether one of two different values is an opt-out that no rule may undo, the direction included.
  private func isOptOut(_ dynamics: Value, _ marketo: Value) -> Bool {
    pair.pair.winner == .trueWins && [dynamics, marketo].contains(.boolean(true))
  }

  private func settle(
    winner: Side, by rule: Reason.Rule, _ dynamics: Value, _ marketo: Value
  ) -> FieldOutcome {
    write(
      winner == .dynamics ? dynamics : marketo, to: winner.opposite,
      because: .won(winner, by: rule))
  }

  /// The side that wins, and what says so; `nil` where nobody does.
  private func winner(_ dynamics: Value, _ marketo: Value) -> (Side, Reason.Rule)? {
    switch pair.pair.winner {
    case .dynamics: (.dynamics, .field)
    case .marketo: (.marketo, .field)
    case .manual: nil
    case .nonEmpty where isVoid(dynamics, on: .dynamics): (.marketo, .nonEmpty)
    case .nonEmpty where isVoid(marketo, on: .marketo): (.dynamics, .nonEmpty)
    case .trueWins where dynamics == .boolean(true): (.dynamics, .trueWins)
    case .trueWins where marketo == .boolean(true): (.marketo, .trueWins)
    case .nonEmpty, .trueWins, nil:
      entityWinner == .marketo ? (.marketo, .entity) : (.dynamics, .entity)
    }
  }
}
