import Model
import Store

/// Updates whose answer was lost, and over which somebody typed before anybody looked.
///
/// No read-back can tell such a write from one that never took effect. Where what was there before was
/// typed again, it is sent again; else the two edits are a collision.
struct OverwrittenWrites {
  private let ledger: [LedgerEntry]
  private let absent: [Set<Int64>]

  init(_ ledger: [LedgerEntry], _ stores: [Store]) throws {
    self.ledger = ledger
    absent = try stores.map { store in
      let rows = try store.query(
        "SELECT operation_id FROM operation WHERE status = 'absent' AND action = 'update'"
      ).texts
      return Set(rows.compactMap { Int64($0[0]) })
    }
  }

  /// Whether the entry at a place of the ledger is such a write.
  func contains(_ place: Int) -> Bool {
    guard case .sync(let number) = ledger[place].author, let epoch = ledger[place].epoch,
      absent.indices.contains(epoch), absent[epoch].contains(number)
    else { return false }
    let next = ledger[(place + 1)...].first { $0.isSameField(as: ledger[place]) }
    return next?.author == .human
  }

  /// Whether an edit undid one.
  func areUndone(by edit: LedgerEntry) -> Bool {
    guard let place = ledger.lastIndex(of: edit),
      let before = ledger[..<place].lastIndex(where: { $0.isSameField(as: edit) })
    else { return false }
    return contains(before) && edit.after == ledger[before].before
  }
}

extension LedgerEntry {
  func isSameField(as other: LedgerEntry) -> Bool {
    side == other.side && object == other.object && id == other.id && field == other.field
  }
}
