import GRDB
import Model

extension Facts {
  /// The facts whose change is a change of the record: all but the labels for people.
  var comparableTexts: [String?] {
    [
      email, state.rawValue, owner.flatMap { Value.reference($0).canonicalText }, account?.text,
      mergedInto?.text, originatingLead?.text, convertedTo?.text, isIncluded ? "1" : "0", key, type,
      syncAs, parent.flatMap { Value.reference($0).canonicalText }, opportunity?.text, role,
      amount?.text, stage,
    ]
  }

  /// Reads the columns of ``Mirror/factColumns`` from `start` on.
  init(row: Row, at start: Int, side: Side) {
    func text(_ index: Int) -> String? { row[start + index] }
    func id(_ index: Int) -> RecordID? { text(index).map { RecordID(side, $0) } }
    func reference(_ index: Int) -> Reference? {
      text(index).flatMap { Reference(canonicalText: $0, side: side) }
    }
    self.init(
      email: text(0), state: text(1).flatMap(State.init) ?? .active,
      owner: reference(2), account: id(3), parent: reference(11), opportunity: id(12),
      role: text(13), amount: text(14).flatMap { ExactDecimal($0) }, stage: text(15),
      mergedInto: id(4), originatingLead: id(5), convertedTo: id(6), isIncluded: row[start + 7],
      key: text(8), type: text(9), syncAs: text(10), changedAt: text(16).flatMap { Instant($0) },
      changedBy: text(17))
  }
}
