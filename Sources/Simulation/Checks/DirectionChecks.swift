import Model
import Store

/// Looks at fields and entities that go one way: nothing goes the other, and what is overwritten is told.
struct DirectionChecks {
  let ledger: [LedgerEntry]
  let epoch: Int
  let store: Store
  let rules: SyncRules
  let sides: EndState

  func violations() throws -> [String] {
    let operations = Dictionary(
      try store.query("SELECT operation_id, entity, dynamics_id, status FROM operation").texts
        .map { ($0[0], $0) }
    ) { first, _ in first }
    let told = Set(
      try store.query(
        """
        SELECT operation_id, field FROM activity_log WHERE action IN ('collision', 'first_link')
        """
      ).texts.map { "\($0[0]) \($0[1])" })
    return ledger.enumerated().compactMap { place, entry in
      guard entry.epoch == epoch, case .sync(let number) = entry.author,
        let operation = operations[String(number)],
        let rule = rules.rule(for: Entity(rawValue: operation[1]))
      else { return nil }
      let pairs = rule.pairs.filter { $0.field(on: entry.side) == entry.field }
      if entry.side == .dynamics {
        let mayBe = pairs.contains {
          $0.direction.allows(writingTo: .dynamics) && rule.direction.allows(writingTo: .dynamics)
        }
        return mayBe
          ? nil
          : "\(entry.object) \(entry.id) \(entry.field) was written, which goes to Marketo only"
      }
      guard let pair = pairs.first, let name = pair.field(on: .dynamics),
        pair.direction == .toMarketo || rule.direction == .toMarketo, operation[3] == "applied",
        !told.contains("\(number) \(pair.name)"), !sides.unseen.contains(entry),
        isTyped(entry, before: place, in: rule.dynamics, operation[2], name)
      else { return nil }
      return "\(entry.object) \(entry.id) \(entry.field): '\(entry.before.canonicalText ?? "")' was"
        + " typed there and overwritten without a line in the log"
    }
  }

  /// Whether a person typed in Marketo what was overwritten, and Dynamics never held the same.
  private func isTyped(
    _ entry: LedgerEntry, before place: Int, in object: ObjectType, _ row: String,
    _ name: FieldName
  ) -> Bool {
    let before = ledger[..<place]
    let last = before.last {
      $0.side == .marketo && $0.object == entry.object && $0.id == entry.id
        && $0.field == entry.field
    }
    guard let last, last.author == .human, !last.after.isEmpty else { return false }
    return !before.contains {
      $0.side == .dynamics && $0.id == row && $0.field == name
        && $0.after.isSameEdit(as: last.after)
    }
  }
}
