import GRDB

/// How things stand, for showing.
public struct Standing: Hashable, Sendable {
  /// The rows of the view `status`.
  public var facts: QueryResult
  /// How much is left to do for each reason, the most first.
  public var backlogByReason: QueryResult
  /// How many entries the error list has of each kind, and when the first is tried again.
  public var errorsByKind: QueryResult
  /// The first of what is left to do.
  public var backlog: QueryResult
  /// The first of the error list.
  public var errors: QueryResult
}

extension Reader {
  /// How things stand, with the first `limit` of what is left and of the errors.
  public func status(limit: Int = 20) throws -> Standing {
    guard try query("SELECT 1 FROM sqlite_master WHERE name = 'status'").rows.isEmpty == false
    else {
      throw StoreError(
        .cannotOpen, "read the status", "nothing was synced yet", mend: "run: dynsync run")
    }
    return Standing(
      facts: try query("SELECT name, value FROM status"),
      backlogByReason: try query(
        """
        SELECT \(Self.kindOfReason) AS reason, count(*) AS left_to_do FROM backlog
        GROUP BY 1 ORDER BY 2 DESC, 1
        """),
      errorsByKind: try query(
        """
        SELECT kind, side, count(*) AS errors, min(retry_at) AS next_retry FROM sync_error
        GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
        """),
      backlog: try query(
        "SELECT entity, dynamics_id, marketo_id, reason FROM backlog LIMIT \(limit)"),
      errors: try query(
        """
        SELECT entity, dynamics_id, kind, field, code, message, candidates FROM errors
        LIMIT \(limit)
        """))
  }

  /// A reason of the backlog without what it says of the single record: what stands behind a bracket,
  /// a comma or a colon, and the id of a record that is waited for.
  private static let kindOfReason: String = {
    let cut = [" (", ",", ":"].reduce("reason") { text, end in
      let end = literal(end)
      return "substr(\(text), 1, instr(\(text) || \(end), \(end)) - 1)"
    }
    let waiting = "waiting for "
    let rest = "substr(\(cut), \(waiting.count + 1))"
    return """
      CASE WHEN reason LIKE '\(waiting)%'
        THEN '\(waiting)' || substr(\(rest), 1, instr(\(rest) || ' ', ' ') - 1) ELSE \(cut) END
      """
  }()
}
