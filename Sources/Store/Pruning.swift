import GRDB
import Model

/// What a pruning removed, or would remove.
public struct Pruning: Hashable, Sendable {
  /// When it was done.
  public var at: Instant
  /// What was decided earlier was removed, but for the last decision of each kind.
  public var before: Instant
  public var logRows = 0
  public var operations = 0
  /// What was told to persons in Marketo.
  public var activities = 0
  public var watermarks = 0
  public var runs = 0

  public init(at: Instant, before: Instant) {
    self.at = at
    self.before = before
  }

  public var isEmpty: Bool { logRows + operations + activities + watermarks + runs == 0 }
}

extension Reader {
  /// The pruning that reached furthest; `nil` if nothing was ever pruned.
  public func furthestPruning() throws -> Pruning? {
    try read("look for what was pruned") { db in
      guard try db.tableExists("pruning") else { return nil }
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT * FROM pruning WHERE log_rows + operations > 0
            ORDER BY before DESC, pruning_id LIMIT 1
            """))
      guard let row, let at = Instant(row["at"] as String),
        let before = Instant(row["before"] as String)
      else { return nil }
      var pruning = Pruning(at: at, before: before)
      pruning.logRows = row["log_rows"]
      pruning.operations = row["operations"]
      pruning.activities = row["activities"]
      pruning.watermarks = row["watermarks"]
      pruning.runs = row["runs"]
      return pruning
    }
  }
}
