import GRDB
import Model

extension Facts {
  /// Shows the facts whose change is a change of the record, all but the labels for people, in the order
  /// of their columns.
  func show(to list: inout some FactList) {
    list.append(email)
    list.append(state.rawValue)
    list.append(owner)
    list.append(account?.text)
    list.append(mergedInto?.text)
    list.append(originatingLead?.text)
    list.append(convertedTo?.text)
    list.append(isIncluded ? 1 : 0 as Int64)
    list.append(key)
    list.append(type)
    list.append(syncAs)
    list.append(parent)
    list.append(opportunity?.text)
    list.append(role)
    list.append(amount?.text)
    list.append(stage)
  }

  /// Those facts as texts.
  var comparableTexts: [String?] {
    var list = FactTexts()
    show(to: &list)
    return list.texts
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

/// What takes facts one after another.
///
/// Each call appends one, also where it is `nil`.
protocol FactList {
  mutating func append(_ text: String?)
  mutating func append(_ number: Int64)
  mutating func append(_ reference: Reference?)
}

extension RowBuffer: FactList {}

/// Facts as texts, for comparing.
private struct FactTexts: FactList {
  private(set) var texts: [String?] = []

  mutating func append(_ text: String?) { texts.append(text) }
  mutating func append(_ number: Int64) { texts.append(String(number)) }
  mutating func append(_ reference: Reference?) {
    texts.append(reference.flatMap { Value.reference($0).canonicalText })
  }
}
