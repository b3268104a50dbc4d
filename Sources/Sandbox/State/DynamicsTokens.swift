import GRDB

/// The tokens that the login service gave out.
enum DynamicsTokens {
  /// Whom a token speaks for and until when.
  struct Grant: Sendable {
    var user: String
    /// Unix seconds.
    var expires: Int64
  }

  /// Keeps a new token; tokens that expired an hour ago are dropped.
  static func add(
    _ token: String, kind: String, _ grant: Grant, now: Int64, _ db: Database
  ) throws {
    try db.execute(
      sql: "DELETE FROM dynamics_token WHERE expires_at < ?", arguments: [now - 3600])
    try db.execute(
      sql: "INSERT INTO dynamics_token (token, kind, user_id, expires_at) VALUES (?, ?, ?, ?)",
      arguments: [token, kind, grant.user, grant.expires])
  }

  /// What a token grants, expired or not; nil where it was never given out.
  static func grant(_ token: String, kind: String, _ db: Database) throws -> Grant? {
    let statement = try db.cachedStatement(
      sql: "SELECT user_id, expires_at FROM dynamics_token WHERE token = ? AND kind = ?")
    guard let row = try Row.fetchOne(statement, arguments: [token, kind]) else { return nil }
    return Grant(user: row[0], expires: row[1])
  }

  /// Forgets every token, so that each caller must sign in again.
  static func revokeAll(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM dynamics_token")
  }

  /// The user who signs in by that name, and whether the user is disabled.
  static func user(named name: String, _ db: Database) throws -> (id: String, isDisabled: Bool)? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT systemuserid, isdisabled FROM dynamics_systemuser
        WHERE domainname = ?1 OR internalemailaddress = ?1 ORDER BY systemuserid LIMIT 1
        """, arguments: [name])
    return row.map { ($0[0], ($0[1] as Int64?) == 1) }
  }

  /// The user whom an application signs in as.
  static func user(ofApplication id: String, _ db: Database) throws -> String? {
    try String.fetchOne(
      db, sql: "SELECT systemuserid FROM dynamics_systemuser WHERE applicationid = ?",
      arguments: [id])
  }
}
