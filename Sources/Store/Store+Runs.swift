import GRDB
import Model

/// What one run counted; the columns of `run` with the same names.
public struct RunCounts: Hashable, Sendable {
  public var recordsPulled = 0
  public var recordsChanged = 0
  public var linksMade = 0
  public var operationsPlanned = 0
  public var recordsCreated = 0
  public var recordsUpdated = 0
  public var collisions = 0
  public var rejections = 0
  public var dynamicsCalls = 0
  public var marketoCalls = 0
  /// Milliseconds by phase: recover, pull, link, plan, push.
  public var milliseconds: [String: Int] = [:]

  public init() {}
}

extension Store {
  /// Opens the row of a new run and tells its number.
  ///
  /// What an earlier run planned and never sent is forgotten: it is planned anew from what is
  /// dirty.
  public func openRun(at now: Instant, version: String, isDry: Bool) throws -> Int64 {
    try write("open a run") { db in
      try db.cachedStatement(
        sql: "DELETE FROM operation WHERE status = 'planned' AND \(Self.isOpen)"
      ).execute()
      try db.cachedStatement(sql: "INSERT INTO run (started_at, version, is_dry) VALUES (?, ?, ?)")
        .execute(arguments: [now.text, version, isDry])
      return db.lastInsertedRowID
    }
  }

  /// Forgets what is planned for a side and was not sent: its records are dirty still.
  public func forgetPlanned(on side: Side) throws {
    try write("forget what is not sent") { db in
      try db.cachedStatement(
        sql: "DELETE FROM operation WHERE status = 'planned' AND \(Self.isOpen) AND side = ?"
      ).execute(arguments: [side.rawValue])
    }
  }

  /// Writes how the run ended.
  public func closeRun(
    _ run: Int64, at now: Instant, exitCode: Int, counts: RunCounts, message: String?
  ) throws {
    try write("close the run") { db in
      let phases = ["recover", "pull", "link", "plan", "push"]
      try db.cachedStatement(
        sql: """
          UPDATE run SET finished_at = ?, exit_code = ?, message = ?, records_pulled = ?,
            records_changed = ?, links_made = ?, operations_planned = ?, records_created = ?,
            records_updated = ?, collisions = ?, rejections = ?, dynamics_calls = ?,
            marketo_calls = ?, recover_ms = ?, pull_ms = ?, link_ms = ?, plan_ms = ?, push_ms = ?
          WHERE run_id = ?
          """
      ).execute(
        arguments: [
          now.text, exitCode, message, counts.recordsPulled, counts.recordsChanged,
          counts.linksMade, counts.operationsPlanned, counts.recordsCreated,
          counts.recordsUpdated, counts.collisions, counts.rejections, counts.dynamicsCalls,
          counts.marketoCalls,
        ] + StatementArguments(phases.map { counts.milliseconds[$0] ?? 0 }) + [run])
    }
  }

  /// How many fields of a run were collisions, by its log.
  public func collisions(in run: Int64) throws -> Int {
    try read("count the run's collisions") { db in
      try Int.fetchOne(
        db.cachedStatement(
          sql: "SELECT count(*) FROM activity_log WHERE run_id = ? AND action = 'collision'"),
        arguments: [run]) ?? 0
    }
  }

  /// Who was behind the service's URL when it was first used; `nil` before.
  public func peer(_ side: Side) throws -> PeerIdentity? {
    try read("read who the services are") { db in
      try Row.fetchOne(
        db.cachedStatement(sql: "SELECT * FROM peer WHERE side = ?"), arguments: [side.rawValue]
      )
      .map {
        PeerIdentity(
          side: side, host: $0["host"], organisation: $0["organisation"], user: $0["user"])
      }
    }
  }

  /// Remembers who is behind the service's URL.
  public func record(_ peer: PeerIdentity, at now: Instant) throws {
    try write("record who the services are") { db in try Self.record(peer, at: now, db) }
  }

  static func record(_ peer: PeerIdentity, at now: Instant, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO peer (side, host, organisation, user, recorded_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (side) DO UPDATE SET host = excluded.host,
          organisation = excluded.organisation, user = excluded.user,
          recorded_at = excluded.recorded_at
        """
    ).execute(arguments: [peer.side.rawValue, peer.host, peer.organisation, peer.user, now.text])
  }
}
