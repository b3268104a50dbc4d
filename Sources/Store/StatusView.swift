import Model

/// The view `status`: how things stand, one fact a row.
struct StatusView {
  let layout: Layout

  init(_ layout: Layout) { self.layout = layout }

  var sql: String {
    "  -- How things stand, in one look.\n"
      + (runs + linked + leftovers).joined(separator: "\nUNION ALL\n")
  }

  private var runs: [String] {
    let newest = "FROM run ORDER BY run_id DESC LIMIT 1"
    return [
      "SELECT 'last run' AS name, (SELECT started_at \(newest)) AS value",
      "SELECT 'exit code', CAST((SELECT exit_code \(newest)) AS TEXT)",
      "SELECT 'message', (SELECT message \(newest))",
      """
      SELECT 'last whole run', (SELECT finished_at FROM run WHERE \(Store.isWhole)
        ORDER BY run_id DESC LIMIT 1)
      """,
    ]
  }

  private var linked: [String] {
    layout.entities.map { entity in
      let name = literal(entity.entity.rawValue)
      return """
        SELECT \(name) || ' linked' AS name,
          CAST((SELECT count(*) FROM link WHERE entity = \(name) AND state = 'active') AS TEXT)
            AS value
        """
    }
  }

  private var leftovers: [String] {
    [
      "SELECT 'backlog', CAST((SELECT count(*) FROM backlog) AS TEXT)",
      "SELECT 'errors', CAST((SELECT count(*) FROM sync_error) AS TEXT)",
      "SELECT 'given up', CAST((SELECT count(*) FROM errors WHERE is_given_up) AS TEXT)",
      "SELECT 'next retry', (SELECT min(retry_at) FROM errors)",
      "SELECT 'disagreement', CAST((SELECT count(*) FROM disagreement) AS TEXT)",
      """
      SELECT 'warning', message FROM run_warning
      WHERE run_id = (SELECT run_id FROM run ORDER BY run_id DESC LIMIT 1)
      """,
    ]
  }
}
