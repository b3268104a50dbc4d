import Model
import Store

/// The edits that lost against others, as the log tells them.
struct DecidedEdits {
  private let rows: [[String]]
  private let updates: [[String]]

  init(_ stores: [Store]) throws {
    rows = try stores.flatMap { store in
      try store.query(
        """
        SELECT dynamics_id, field, dynamics_value, marketo_value, winner, at FROM activity_log
        WHERE action IN ('collision', 'first_link') AND field IS NOT NULL
        """
      ).texts
    }
    updates = try stores.flatMap { store in
      try store.query(
        """
        SELECT dynamics_id, field, dynamics_base, marketo_base, dynamics_value, marketo_value, at
        FROM activity_log WHERE action = 'updated' AND field IS NOT NULL
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

  /// Whether a line says, since the edit was made, that the value it left was the base's.
  ///
  /// The field was edited to and fro between two looks, or the other side held the same when the two
  /// were linked: neither is a change.
  func knew(
    _ edit: LedgerEntry, of record: String, _ pair: String, form: (String) -> String
  ) -> Bool {
    let (base, value) = edit.side == .dynamics ? (2, 4) : (3, 5)
    return updates.contains { row in
      row[0] == record && row[1] == pair && row[6] >= edit.at.text && row[base] == row[value]
        && form(row[base]).isSameEdit(as: edit.after)
    }
  }
}
