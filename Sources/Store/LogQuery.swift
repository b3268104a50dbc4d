import GRDB
import Model

/// The SQL that answers a ``LogFilter``: newest first, each row with what became of its write.
struct LogQuery {
  let sql: String
  let arguments: StatementArguments

  init(_ filter: LogFilter, limit: Int) {
    var conditions: [(sql: String, values: [any DatabaseValueConvertible])] = []
    if let record = filter.record { conditions.append(Self.condition(of: record)) }
    if let run = filter.run { conditions.append(("log.run_id = ?", [run])) }
    if let side = filter.side { conditions.append(("log.side = ?", [side.rawValue])) }
    if let entity = filter.entity { conditions.append(("log.entity = ?", [entity.rawValue])) }
    if let since = filter.since { conditions.append(("log.at >= ?", [since.text])) }
    if let until = filter.until { conditions.append(("log.at <= ?", [until.text])) }
    if !filter.actions.isEmpty {
      let actions = filter.actions.map(\.rawValue).sorted()
      conditions.append(("log.action IN (\(placeholders(actions.count)))", actions))
    }
    let names = filter.field.map { [$0, $0, $0] } ?? []
    var isOfCreate = "0"
    if filter.field != nil {
      isOfCreate = "log.action = 'created' AND \(Reader.names("written.pair"))"
      let ownField = Reader.names("log.field")
      conditions.append(
        ("(\(ownField) OR log.action = 'created' AND written.pair IS NOT NULL)", names))
    } else if filter.spreadsCreates {
      isOfCreate = "log.action = 'created'"
    }
    let all = conditions.map(\.sql).joined(separator: " AND ")
    // The rows of a record and of a run are few; a span of time is read along its own index.
    let isSpan = filter.record == nil && filter.run == nil
    let order = isSpan && (filter.since ?? filter.until) != nil ? "log.at DESC, " : ""
    sql = """
      SELECT log.*, operation.status AS operation_status, written.stored_value AS stored_value,
        coalesce(operation.status = 'applied' AND written.pair NOT NULL, 0) AS is_read_back,
        CASE WHEN log.action = 'created' THEN written.pair END AS created_pair,
        written.source_value AS created_source, written.sent_value AS created_value,
        written.origin AS created_origin
      FROM activity_log AS log
      LEFT JOIN operation ON operation.operation_id = log.operation_id
      LEFT JOIN operation_field AS written ON written.operation_id = log.operation_id
        AND (written.pair = log.field OR \(isOfCreate))
      \(all.isEmpty ? "" : "WHERE \(all)")
      ORDER BY \(order)log.seq DESC, written.pair DESC LIMIT \(limit)
      """
    arguments = StatementArguments(names + conditions.flatMap(\.values))
  }

  /// Both ids, so that what was decided before the record had a link is found as well.
  private static func condition(
    of record: RecordMatch
  ) -> (sql: String, values: [any DatabaseValueConvertible]) {
    let ids = [
      record.dynamicsID.map { ("log.dynamics_id = ?", $0) },
      record.marketoID.map { ("log.marketo_id = ?", $0) },
    ].compactMap(\.self)
    return ("(\(ids.map(\.0).joined(separator: " OR ")))", ids.map(\.1))
  }
}
