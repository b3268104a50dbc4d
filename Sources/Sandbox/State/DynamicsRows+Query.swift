import GRDB

extension DynamicsRows {
  /// Reads the rows that a query names, in its order, with the cells of its layout.
  func fetch(_ query: DynamicsRowQuery) throws -> [DynamicsRow] {
    let layout = DynamicsRowLayout(query)
    var arguments: [DatabaseValue] = []
    var conditions: [String] = []
    try narrow(query, &conditions, &arguments)
    var sql = "SELECT \(Self.selection(query)) FROM \(DynamicsSchema.sqlName(query.table))"
    if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
    sql += " ORDER BY " + Self.ordering(query)
    if let limit = query.limit { sql += " LIMIT \(limit)" }
    let statement = try db.cachedStatement(sql: sql)
    let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
    var rows: [DynamicsRow] = []
    while let row = try cursor.next() {
      var cells: [DynamicsCell] = []
      cells.reserveCapacity(layout.count)
      for index in 0..<layout.count { cells.append(DynamicsCell(stored: row[index])) }
      rows.append(DynamicsRow(cells: cells))
    }
    return rows
  }

  /// How many rows a query names, paging apart; counting stops at the limit.
  func count(_ query: DynamicsRowQuery, limit: Int) throws -> Int {
    var arguments: [DatabaseValue] = []
    var conditions: [String] = []
    var whole = query
    whole.after = nil
    try narrow(whole, &conditions, &arguments)
    let condition = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    let statement = try db.cachedStatement(
      sql: """
        SELECT COUNT(*) FROM
        (SELECT 1 FROM \(DynamicsSchema.sqlName(query.table))\(condition) LIMIT \(limit))
        """)
    return try Int.fetchOne(statement, arguments: StatementArguments(arguments)) ?? 0
  }

  /// The deletes of a table above one version and up to another, in their order.
  func tombstones(_ table: DynamicsTable, above: Int64, upTo: Int64, limit: Int) throws
    -> [(id: String, version: Int64)]
  {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, version FROM dynamics_tombstone
        WHERE table_name = ? AND version > ? AND version <= ? ORDER BY version LIMIT ?
        """)
    return try Row.fetchAll(statement, arguments: [table.name, above, upTo, limit])
      .map { ($0[0], $0[1]) }
  }

  private func narrow(
    _ query: DynamicsRowQuery, _ conditions: inout [String], _ arguments: inout [DatabaseValue]
  ) throws {
    if let id = query.id {
      conditions.append("\(DynamicsSchema.quoted(query.table.idColumn)) = ?")
      arguments.append(id.databaseValue)
    }
    if let versions = query.versions {
      conditions.append("versionnumber > ? AND versionnumber <= ?")
      arguments += [versions.above.databaseValue, versions.upTo.databaseValue]
    }
    if let filter = query.filter {
      var compiler = DynamicsFilterSQL(query.table)
      conditions.append(try compiler.condition(filter))
      arguments += compiler.arguments
    }
    if let after = query.after, after.count == query.order.count + 1 {
      conditions.append(Self.keyset(query, after, &arguments))
    }
  }

  private static func selection(_ query: DynamicsRowQuery) -> String {
    var parts = [DynamicsSchema.quoted(query.table.idColumn), "versionnumber"]
    for column in query.columns {
      parts.append(DynamicsSchema.quoted(column.name))
      if column.isPolymorphic {
        parts.append(DynamicsSchema.quoted(DynamicsSchema.typeColumn(column)))
      }
      if column.isLookup, query.wantsLabels { parts.append(label(column, query.table)) }
    }
    return (parts + query.order.map { DynamicsSchema.quoted($0.column.name) })
      .joined(separator: ", ")
  }

  private static func label(_ column: DynamicsColumn, _ table: DynamicsTable) -> String {
    let outer = "\(DynamicsSchema.sqlName(table)).\(DynamicsSchema.quoted(column.name))"
    let names = column.targets.compactMap { DynamicsCatalogue.table($0.table) }.map { target in
      """
      (SELECT target.\(DynamicsSchema.quoted(target.nameColumn))
      FROM \(DynamicsSchema.sqlName(target)) AS target
      WHERE target.\(DynamicsSchema.quoted(target.idColumn)) = \(outer))
      """
    }
    return "COALESCE(\((names + ["NULL"]).joined(separator: ", ")))"
  }

  private static func ordering(_ query: DynamicsRowQuery) -> String {
    if query.versions != nil { return "versionnumber" }
    let parts = query.order.map {
      DynamicsSchema.quoted($0.column.name) + ($0.isDescending ? " DESC" : "")
    }
    return (parts + [DynamicsSchema.quoted(query.table.idColumn)]).joined(separator: ", ")
  }

  /// The rows behind the last one of a page: empty values come first where the order rises.
  private static func keyset(
    _ query: DynamicsRowQuery, _ after: [DynamicsCell], _ arguments: inout [DatabaseValue]
  ) -> String {
    let id = (name: DynamicsSchema.quoted(query.table.idColumn), isDescending: false)
    let keys =
      query.order.map {
        (name: DynamicsSchema.quoted($0.column.name), isDescending: $0.isDescending)
      } + [id]
    var alternatives: [String] = []
    for (index, key) in keys.enumerated() {
      var parts: [String] = []
      for earlier in 0..<index {
        parts.append("\(keys[earlier].name) IS ?")
        arguments.append(after[earlier].databaseValue)
      }
      if after[index] == .null {
        parts.append(key.isDescending ? "0" : "\(key.name) IS NOT NULL")
      } else {
        let sign = key.isDescending ? "<" : ">"
        let orNull = key.isDescending ? " OR \(key.name) IS NULL" : ""
        parts.append("(\(key.name) \(sign) ?\(orNull))")
        arguments.append(after[index].databaseValue)
      }
      alternatives.append("(" + parts.joined(separator: " AND ") + ")")
    }
    return "(" + alternatives.joined(separator: " OR ") + ")"
  }
}
