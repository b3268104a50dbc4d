import Store

/// Which of the planned operations travel in one call.
///
/// A service may break at one record's data without saying at which: the whole call is then without
/// an answer. Such records travel in smaller calls each time, at last alone, and the others go on.
enum BatchCut {
  /// After so many writes in a row without an answer, the last of them alone, the record itself is
  /// taken for the cause.
  static let mostSilences = 5

  /// The next call: of those like the first, as many as may go together.
  static func next(
    of operations: [StoredOperation], silences: [Int64: Silence], limit: Int
  ) -> [StoredOperation] {
    guard let first = operations.first, !silences.isEmpty else { return operations }
    func times(_ operation: StoredOperation) -> Int { silences[operation.id]?.times ?? 0 }
    let together = operations.filter { times($0) == times(first) }
    return Array(together.prefix(size(after: times(first), limit: limit)))
  }

  /// A tenth after each silence.
  static func size(after times: Int, limit: Int) -> Int {
    max(1, (0..<min(times, 9)).reduce(limit) { size, _ in size / 10 })
  }
}
