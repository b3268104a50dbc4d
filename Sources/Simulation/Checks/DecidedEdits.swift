import Model
import Store

/// The edits that lost against others, as the log tells them.
struct DecidedEdits {
  private let rows: [[String]]

  init(_ stores: [Store]) throws {
    rows = try stores.flatMap { store in
      try store.query(
        """
        SELECT dynamics_id, field, dynamics_value, marketo_value, winner, at FROM activity_log
        WHERE action IN ('collision', 'first_link') AND field IS NOT NULL
        """
      ).texts
    }
  }

  /// Whether a line says, since the edit was made, that the other side won against it.
  ///
  /// At a first link an empty field is filled, and nobody wins.
  func hasLost(
    _ edit: LedgerEntry, of record: String, _ pair: String, form: (String) -> String
  ) -> Bool {
    rows.contains { row in
      row[0] == record && row[1] == pair && row[5] >= edit.at.text
        && form(row[edit.side == .dynamics ? 2 : 3]).isSameEdit(as: edit.after)
        && (row[4] == edit.side.opposite.rawValue || row[4].isEmpty && edit.after.isEmpty)
    }
  }
}
