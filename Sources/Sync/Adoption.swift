import Model
import Store

/// The deliberate change of who stands behind a service's URL: a restored copy, a moved tenant, a
/// promoted sandbox, a new API user.
public struct Adoption: Sendable {
  public var known: PeerIdentity
  public var found: PeerIdentity

  /// Asks the service who it is, and compares with who was recorded.
  ///
  /// Throws ``RunError`` of kind `nothingToAdopt` where there is nobody else.
  public init(of connector: any Connector, in store: Store) async throws {
    guard let known = try store.peer(connector.side) else {
      throw RunError(
        .nothingToAdopt, "\(connector.side): nobody was recorded yet; nothing to adopt",
        mend: "dynsync run; the first run records who answers")
    }
    let found = try await connector.identify()
    guard found.isOther(than: known) else {
      throw RunError(
        .nothingToAdopt,
        "\(connector.side): the \(found.organisation) of this database answers; nothing to adopt",
        mend: "dynsync run")
    }
    self.known = known
    self.found = found
  }

  /// Records the new one; see ``Store/adopt(_:inPlaceOf:version:at:)``.
  public func carryOut(in store: Store, version: String, at now: Instant) throws {
    try store.adopt(found, inPlaceOf: known, version: version, at: now)
  }
}
