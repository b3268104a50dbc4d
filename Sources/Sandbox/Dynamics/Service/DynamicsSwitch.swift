import GRDB

/// The settings that change how the Dynamics half behaves.
enum DynamicsSwitch: String, CaseIterable, Sendable {
  /// Expires every delta token that was given out until now.
  case expireDeltaTokens = "dynamics_expire_delta_tokens"
  /// Revokes every access token that was given out until now.
  case revokeTokens = "dynamics_revoke_tokens"
  /// Makes the next requests fail; see ``DynamicsFault``.
  case failNext = "dynamics_fail_next"
  /// Refuses the next requests as too many; see ``DynamicsFault``.
  case throttleNext = "dynamics_throttle_next"
  /// Seconds that an access token lives.
  case tokenLifetime = "dynamics_token_lifetime"
  /// Tables that are tracked beside those that are tracked by definition.
  case trackedTables = "dynamics_tracked_tables"

  /// Sets the switch; those that act at once leave no setting behind.
  func set(_ value: DynamicsJSON, _ db: Database) throws {
    switch self {
    case .expireDeltaTokens:
      guard value == .boolean(true) else { return }
      let rows = DynamicsRows(db: db, now: 0)
      try rows.setCounter("epoch", rows.nextVersion())
      try rows.setCounter("metadata", (rows.counter("metadata") ?? 0) + 1)
    case .revokeTokens:
      guard value == .boolean(true) else { return }
      try DynamicsTokens.revokeAll(db)
    default: try SandboxSettings.set(rawValue, value, db)
    }
  }
}
