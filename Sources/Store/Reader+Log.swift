import GRDB
import Model

extension Reader {
  /// The log of a record, or of everything; newest last, at most `limit` rows.
  ///
  /// With a `field`, in either side's spelling, the rows of that field alone, and the value that the
  /// record was created with.
  public func log(
    of record: RecordMatch? = nil, field: String? = nil, limit: Int
  ) throws -> [LogLine] {
    try read("read the log") { db in
      var conditions: [String] = []
      var values: [String] = []
      if let record {
        let ids = [
          record.dynamicsID.map { ("dynamics_id", $0) },
          record.marketoID.map { ("marketo_id", $0) },
        ].compactMap(\.self)
        conditions.append("(\(ids.map { "log.\($0.0) = ?" }.joined(separator: " OR ")))")
        values += ids.map(\.1)
      }
      guard let field else {
        let filter = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let sql = "SELECT * FROM activity_log AS log \(filter) ORDER BY log.seq DESC LIMIT \(limit)"
        return try Row.fetchAll(db, sql: sql, arguments: StatementArguments(values))
          .reversed().map { LogLine($0) }
      }
      conditions.append("(\(Self.names("log.field")) OR written.pair IS NOT NULL)")
      let names = [field, field, field]
      return try Row.fetchAll(
        db,
        sql: """
          SELECT log.*, written.pair AS created_pair, written.source_value AS created_source,
            written.sent_value AS created_value, written.origin AS created_origin
          FROM activity_log AS log LEFT JOIN operation_field AS written
            ON log.action = 'created' AND written.operation_id = log.operation_id
            AND \(Self.names("written.pair"))
          WHERE \(conditions.joined(separator: " AND "))
          ORDER BY log.seq DESC, written.pair DESC LIMIT \(limit)
          """, arguments: StatementArguments(names + values + names)
      ).reversed().map { LogLine(created: $0) }
    }
  }

  /// Whether a pair is the one of a bound name: the pair itself, or one of its two fields.
  static func names(_ column: String) -> String {
    """
    (\(column) = ? OR \(column) LIKE ? || '\\_\\_%' ESCAPE '\\'
      OR \(column) LIKE '%\\_\\_' || ? ESCAPE '\\')
    """
  }
}

extension LogLine {
  /// A row of the log of one field: a create has the value that the field was created with.
  fileprivate init(created row: Row) {
    self.init(row)
    guard let pair = row["created_pair"] as String? else { return }
    field = pair
    written = row["created_value"]
    if side == Side.marketo.rawValue {
      dynamicsValue = row["created_source"]
    } else {
      marketoValue = row["created_source"]
    }
    message = row["created_origin"]
  }
}
