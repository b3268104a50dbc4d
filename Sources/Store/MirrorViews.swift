import GRDB
import Model

/// The views that look into mirrors and bases: made anew from the layout at every run.
struct MirrorViews {
  let layout: Layout

  init(_ layout: Layout) { self.layout = layout }

  func create(_ db: Database) throws {
    for (name, body) in [
      ("backlog", backlog), ("differs", differs), ("disagreement", disagreement),
      ("health", health), ("status", StatusView(layout).sql),
    ] {
      let sql = "CREATE VIEW \(name) AS\n\(body)"
      let standing = try String.fetchOne(
        db.cachedStatement(sql: "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?"),
        arguments: [name])
      guard standing != sql else { continue }
      try db.execute(sql: "DROP VIEW IF EXISTS \(name)")
      try db.execute(sql: sql)
    }
  }

  /// Takes the views away, so that what they look at can be altered.
  static func drop(_ db: Database) throws {
    for name in ["backlog", "differs", "disagreement", "health", "status"].reversed() {
      try db.execute(sql: "DROP VIEW IF EXISTS \(name)")
    }
  }

  private func union(_ selects: [String]) -> String { selects.joined(separator: "\nUNION ALL\n") }

  /// What is left to do: changed and not settled, waiting, or sent with the outcome not known.
  ///
  /// What was sent for an entity that was taken out of the configuration is looked at by no run.
  private var backlog: String {
    let names = layout.entities.map { literal($0.entity.rawValue) }.joined(separator: ", ")
    let comment = "  -- What is left to do, with the reason; empty when everything is in step.\n"
    let dirty = layout.entities.map { entity in
      let mirror = Mirror(entity.dynamics)
      return """
        SELECT \(literal(entity.entity.rawValue)) AS entity, d.\(quoted(mirror.key)) AS dynamics_id,
          (SELECT marketo_id FROM link
           WHERE link.dynamics_id = d.\(quoted(mirror.key)) AND state = 'active') AS marketo_id,
          CASE WHEN d._converted_to IS NOT NULL
            THEN 'waiting for contact ' || d._converted_to || ', which it became'
            WHEN d._merged_into IS NOT NULL
            THEN 'waiting for ' || d._merged_into || ', into which it was merged'
            ELSE 'changed in Dynamics, not settled yet' END AS reason
        FROM \(quoted(mirror.table)) AS d WHERE d._is_dirty = 1
        """
    }
    // A cross join is read from left to right: from the few dirty rows to their links.
    let marketo = layout.entities.flatMap { entity in
      let mirror = Mirror(entity.marketo)
      let own = Mirror(entity.dynamics)
      return ["m._is_dirty = 1", "m._is_stale = 1 AND m._is_dirty = 0"].map { condition in
        """
        SELECT link.entity, link.dynamics_id, link.marketo_id, 'changed in Marketo, not settled yet'
        FROM \(quoted(mirror.table)) AS m
        CROSS JOIN link ON link.marketo_id = m.\(quoted(mirror.key)) AND link.state = 'active'
          AND link.entity = \(literal(entity.entity.rawValue))
        WHERE \(condition) AND NOT EXISTS (SELECT 1 FROM \(quoted(own.table)) AS d
          WHERE d.\(quoted(own.key)) = link.dynamics_id AND d._is_dirty = 1
            AND (d._converted_to IS NOT NULL OR d._merged_into IS NOT NULL))
        """
      }
    }
    return comment
      + union(
        dirty + marketo + [
          """
          SELECT entity, dynamics_id, NULL,
            'waiting for ' || needed_object || ' ' || needed_id || ' (' || need || ')'
          FROM dependency WHERE state = 'waiting'
          """,
          """
          SELECT entity, dynamics_id, marketo_id, 'the outcome of a write to ' || side ||
            ' is not known yet (operation ' || operation_id || ')'
          FROM operation WHERE status = 'sending' AND \(Store.isOpen) AND entity IN (\(names))
          """,
          """
          SELECT entity, dynamics_id, marketo_id, 'paused: ' || pair || ' is changed back after '
            || 'each run since ' || min(since) || '; its values come and go: '
            || group_concat(DISTINCT CASE value WHEN '' THEN '(empty)' ELSE value END)
          FROM paused_value GROUP BY dynamics_id, pair
          """,
        ])
  }

  /// Linked values that differ, each with the reason that accounts for it.
  private var differs: String {
    let comment =
      "  -- Linked values that differ, with the reason; NULL where nothing accounts for it.\n"
    let selects = layout.entities.filter { !$0.pairs.isEmpty }.map {
      DifferenceQuery($0, companies: layout.schema(.company)).sql
    }
    guard !selects.isEmpty else {
      return comment
        + "SELECT NULL AS entity, NULL AS dynamics_id, NULL AS marketo_id, NULL AS field,"
        + " NULL AS dynamics_value, NULL AS marketo_value, NULL AS reason WHERE 0"
    }
    return comment + union(selects)
  }

  private var disagreement: String {
    """
      -- Differences that nothing accounts for: empty when everything is in step.
    SELECT entity, dynamics_id, marketo_id, field, dynamics_value, marketo_value
    FROM differs WHERE reason IS NULL
    """
  }

  /// Broken invariants of the state.
  private var health: String {
    let comment = "  -- Broken invariants: always empty.\n"
    let perEntity = layout.entities.flatMap { entity -> [String] in
      let name = literal(entity.entity.rawValue)
      let sides: [(ObjectSchema, String)] = [
        (entity.dynamics, "dynamics_id"), (entity.marketo, "marketo_id"),
      ]
      return sides.map { schema, column in
        let mirror = Mirror(schema)
        return """
          SELECT 'active link ' || link_id || ' of \(entity.entity) without its '
            || \(literal(mirror.table)) || ' row' AS problem
          FROM link WHERE entity = \(name) AND state = 'active' AND NOT EXISTS (
            SELECT 1 FROM \(quoted(mirror.table)) AS t WHERE t.\(quoted(mirror.key)) = link.\(column))
          """
      }
    }
    return comment
      + union(
        perEntity + [
          """
          SELECT 'operation ' || operation_id || ' is ' || status || ' after its run ended'
            AS problem
          FROM operation JOIN run USING (run_id)
          WHERE status = 'planned' AND run.finished_at IS NOT NULL AND run.exit_code IN (0, 2)
            AND run.is_dry = 0
          """
        ])
  }
}
