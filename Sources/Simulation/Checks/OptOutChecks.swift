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
      let made = ledger.firstIndex { $0.side == .dynamics && $0.id == operation[2] } ?? place
      let said = ledger[..<place].enumerated().filter { index, other in
        guard other.author == .human else { return false }
        // A Yes that the other side was given since the run began may be read by the next.
        if other.side != entry.side, other.after == .boolean(true),
          other.at.text >= operation[4]
        {
          return false
        }
        return other.side == .dynamics
          ? isWord(other, of: operation[2], madeLater: index < made) && other.field == name
          : other.id == (entry.side == .marketo ? entry.id : operation[3])
            && other.object == .person && other.field == pair.marketo
      }
      return said.last.map { $0.element.after != .boolean(true) } ?? false
        ? nil : "\(entry.object) \(entry.id) \(entry.field): the last word of people is Yes"
    }
  }

  /// Whether somebody said it of the record, or of the lead that it was made from.
  ///
  /// The copy that a contact is given when a lead is qualified is nobody's word; what is typed into the
  /// lead from then on is none of the contact's.
  private func isWord(_ entry: LedgerEntry, of row: String, madeLater: Bool) -> Bool {
    let lead = sides.dynamics[.contact]?[row]?.facts.originatingLead?.text
    guard entry.id == row else { return entry.id == lead && madeLater }
    return lead == nil || !entry.before.isEmpty
  }
}
