import Model
import Store

/// Looks whether an opt-out was taken back by nobody but a person.
struct OptOutChecks {
  let ledger: [LedgerEntry]
  let epoch: Int
  let store: Store
  let rules: SyncRules
  let sides: EndState

  /// A write over *true* needs a No that a person said later than the last Yes, on whichever side.
  func violations() throws -> [String] {
    let operations = Dictionary(
      try store.query(
        """
        SELECT operation_id, entity, dynamics_id, marketo_id, started_at
        FROM operation JOIN run USING (run_id)
        """
      ).texts.map { ($0[0], $0) }
    ) { first, _ in first }
    return ledger.enumerated().compactMap { place, entry in
      guard entry.epoch == epoch, entry.before == .boolean(true), entry.after != .boolean(true),
        case .sync(let number) = entry.author, let operation = operations[String(number)],
        let rule = rules.rule(for: Entity(rawValue: operation[1])),
        let pair = rule.pairs.first(where: {
          $0.winner == .trueWins && $0.field(on: entry.side) == entry.field
        }), let name = pair.field(on: .dynamics)
      else { return nil }
      let said = ledger[..<place].filter { other in
        guard other.author == .human else { return false }
        // A Yes that the other side was given since the run began may be read by the next.
        if other.side != entry.side, other.after == .boolean(true),
          other.at.text >= operation[4]
        {
          return false
        }
        return other.side == .dynamics
          ? isWord(other, of: operation[2]) && other.field == name
          : other.id == (entry.side == .marketo ? entry.id : operation[3])
            && other.object == .person && other.field == pair.marketo
      }
      return said.last.map { $0.after != .boolean(true) } ?? false
        ? nil : "\(entry.object) \(entry.id) \(entry.field): the last word of people is Yes"
    }
  }

  /// Whether somebody said it of the record, or of the lead that it was made from.
  ///
  /// The copy that a contact is given when a lead is qualified is nobody's word.
  private func isWord(_ entry: LedgerEntry, of row: String) -> Bool {
    let lead = sides.dynamics[.contact]?[row]?.facts.originatingLead?.text
    return entry.id == row ? lead == nil || !entry.before.isEmpty : entry.id == lead
  }
}
