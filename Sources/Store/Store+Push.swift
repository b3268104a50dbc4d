import GRDB
import Model

extension Store {
  /// Makes `ids` durable intents, just before the call, and tells which of them may be sent.
  ///
  /// An operation whose record moved since it was planned, or whose needs are not met, becomes
  /// `overtaken`: it is planned again.
  public func beginSending(
    _ ids: [Int64], of entity: BoundEntity, at now: Instant
  ) throws -> Set<Int64> {
    let dynamics = Mirror(entity.dynamics)
    let marketo = Mirror(entity.marketo)
    return try durableWrite("record what is about to be sent") { db in
      let statement = try db.cachedStatement(
        sql: """
          UPDATE operation SET sent_at = ?, status = CASE WHEN
            (dynamics_change IS NULL AND action = 'create' OR dynamics_change = (
              SELECT _change FROM \(quoted(dynamics.table)) AS d
              WHERE d.\(quoted(dynamics.key)) = operation.dynamics_id))
            AND (marketo_change IS NULL OR marketo_change = (
              SELECT _change FROM \(quoted(marketo.table)) AS m
              WHERE m.\(quoted(marketo.key)) = operation.marketo_id))
            AND (action <> 'create' OR NOT EXISTS (SELECT 1 FROM link
              WHERE link.dynamics_id = operation.dynamics_id AND link.state = 'active'))
            AND NOT EXISTS (SELECT 1 FROM dependency AS need
              JOIN operation_field AS field ON field.operation_id = operation.operation_id
                AND field.pair LIKE '\\_' || need.need || '\\_\\_%' ESCAPE '\\'
              WHERE need.dynamics_id = operation.dynamics_id AND need.state = 'met'
                AND NOT EXISTS (SELECT 1 FROM link
                  WHERE link.marketo_id = need.value AND link.state = 'active'))
          THEN 'sending' ELSE 'overtaken' END
          WHERE operation_id = ? AND status = 'planned'
          RETURNING status
          """)
      var sendable: Set<Int64> = []
      for id in ids {
        let status = try String.fetchOne(statement, arguments: [now.text, id])
        if status == "sending" { sendable.insert(id) }
      }
      return sendable
    }
  }

  /// Sets operations back to `planned` that were certainly not sent.
  public func takeBack(_ ids: [Int64]) throws {
    try write("take back what was not sent") { db in
      for id in ids {
        try db.cachedStatement(
          sql: """
            UPDATE operation SET status = 'planned', sent_at = NULL
            WHERE operation_id = ? AND status = 'sending'
            """
        ).execute(arguments: [id])
      }
    }
  }

  /// Gives up operations that must be planned again: their records stay dirty.
  public func overtake(_ ids: [Int64], status: String = "overtaken", at now: Instant) throws {
    try write("note what must be planned again") { db in
      for id in ids {
        try db.cachedStatement(
          sql: """
            UPDATE operation SET status = ?, settled_at = ?
            WHERE operation_id = ? AND status IN ('planned', 'sending')
            """
        ).execute(arguments: [status, now.text, id])
        let row = try Row.fetchOne(
          db.cachedStatement(
            sql: "SELECT dynamics_id, marketo_id, entity FROM operation WHERE operation_id = ?"),
          arguments: [id])
        guard let row else { continue }
        try Self.wake(row[0], marketoID: row[1], entity: row[2], db)
      }
    }
  }

  /// Notes what the fields of operations in doubt were seen to hold.
  ///
  /// Should such a write still take effect, it is known what it replaced.
  public func note(
    seenWhileInDoubt seen: [(operation: Int64, record: Model.Record)]
  ) throws {
    guard !seen.isEmpty else { return }
    try write("note what was seen of writes in doubt") { db in
      for (operation, record) in seen {
        let fields = try String.fetchAll(
          db.cachedStatement(sql: "SELECT field FROM operation_field WHERE operation_id = ?"),
          arguments: [operation])
        for field in fields {
          try db.cachedStatement(
            sql: """
              UPDATE operation_field SET stored_value = ? WHERE operation_id = ? AND field = ?
              """
          ).execute(arguments: [
            record.fields[FieldName(field)]?.canonicalText ?? "", operation, field,
          ])
        }
      }
    }
  }
}
