import GRDB
import Model

extension Store {
  /// The next records of an entity whose mirror row on `side` is dirty, in the order of changes.
  ///
  /// On the Dynamics side: linked records, and those without a link that may be created. On the
  /// Marketo side: linked records whose Dynamics row is clean, since the others come with it.
  public func planInputs(
    for entity: BoundEntity, dirtyOn side: Side, after change: Int64, limit: Int, at now: Instant
  ) throws -> [PlanInput] {
    let query = PlanQuery(entity)
    return try read("read the changed \(entity.entity) records") { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(sql: query.sql(dirtyOn: side)), arguments: [change, limit])
      var inputs = try rows.compactMap(query.input)
      let ids = inputs.map(\.dynamics.record.id.text)
      let refusals = try Self.refusals(of: ids, at: now, db)
      let pauses = try Self.pauses(of: ids, db)
      let needs = try PlanNeeds(of: inputs, entity: entity, db)
      for index in inputs.indices {
        inputs[index].refusals = refusals[ids[index]] ?? []
        inputs[index].comebacks = pauses[ids[index]] ?? []
        needs.fill(&inputs[index])
      }
      return inputs
    }
  }

  static func refusals(
    of ids: [String], at now: Instant, _ db: Database
  ) throws -> [String: [Refusal]] {
    guard !ids.isEmpty else { return [:] }
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT dynamics_id, side, pair, content FROM sync_error
          WHERE kind = 'rejected' AND retry_at > ? AND dynamics_id IN (\(placeholders(ids.count)))
          """), arguments: [now.text] + StatementArguments(ids))
    return Dictionary(
      grouping: rows.compactMap { row in
        Side(rawValue: row["side"]).map {
          (
            id: row["dynamics_id"] as String,
            refusal: Refusal(side: $0, pair: row["pair"], content: row["content"])
          )
        }
      }, by: \.id
    ).mapValues { $0.map(\.refusal) }
  }
}

/// The one query that reads the three trees of records.
private struct PlanQuery {
  let entity: BoundEntity
  let dynamics: Mirror
  let marketo: Mirror
  let base: BaseTable

  init(_ entity: BoundEntity) {
    self.entity = entity
    dynamics = Mirror(entity.dynamics)
    marketo = Mirror(entity.marketo)
    base = BaseTable(entity)
  }

  func sql(dirtyOn side: Side) -> String {
    let columns = """
      link.link_id, link.entity, link.dynamics_id, link.marketo_id, link.state, link.survivor_id,
      \(dynamics.selection(alias: "d")), \(marketo.selection(alias: "m"))
      \(base.pairs.isEmpty ? "" : ", " + base.selection(alias: "b"))
      """
    let key = "d.\(quoted(dynamics.key))"
    let open = """
      NOT EXISTS (
        SELECT 1 FROM operation
        WHERE operation.dynamics_id IN (\(key), d._originating_lead)
          AND (operation.dynamics_id = \(key) OR operation.action = 'create')
          AND operation.status IN ('planned', 'sending'))
      """
    let joins = """
      LEFT JOIN \(quoted(marketo.table)) AS m
        ON m.\(quoted(marketo.key)) = link.marketo_id AND link.state = 'active'
          AND m._is_deleted = 0 AND m._is_stale = 0
      LEFT JOIN \(quoted(base.table)) AS b ON b.link_id = link.link_id
      """
    return switch side {
    case .dynamics:
      """
      SELECT \(columns) FROM \(quoted(dynamics.table)) AS d
      LEFT JOIN link ON link.dynamics_id = \(key)
        AND link.state IN ('active', 'converted', 'merged')
      \(joins)
      WHERE d._is_dirty = 1 AND d._change > ? AND \(open)
      ORDER BY d._change LIMIT ?
      """
    case .marketo:
      // A cross join is read from left to right: from the few dirty rows to their links.
      """
      SELECT \(columns) FROM \(quoted(marketo.table)) AS dirty
      CROSS JOIN link ON link.marketo_id = dirty.\(quoted(marketo.key)) AND link.state = 'active'
        AND link.entity = \(literal(entity.entity.rawValue))
      JOIN \(quoted(dynamics.table)) AS d
        ON \(key) = link.dynamics_id AND d._is_dirty = 0 AND d._is_deleted = 0
      \(joins)
      WHERE dirty._is_dirty = 1 AND dirty._change > ? AND \(open)
      ORDER BY dirty._change LIMIT ?
      """
    }
  }

  func input(_ row: Row) throws -> PlanInput? {
    let start = 6
    let marketoStart = start + dynamics.selectionWidth
    guard let dynamicsRow = try dynamics.row(from: row, at: start) else { return nil }
    let link: Link? = (row[0] as Int64?) == nil ? nil : Store.link(from: row)
    return PlanInput(
      dynamics: dynamicsRow, marketo: try marketo.row(from: row, at: marketoStart), link: link,
      bases: base.bases(from: row, at: marketoStart + marketo.selectionWidth))
  }
}
