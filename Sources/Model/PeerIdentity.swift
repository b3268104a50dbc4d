/// Who stands behind a service's URL: recorded at the first run and checked at each.
public struct PeerIdentity: Hashable, Sendable {
  public var side: Side
  /// The host that was called.
  public var host: String
  /// Dynamics: the organisation's id.
  ///
  /// Marketo: the subscription's Munchkin id.
  public var organisation: String
  /// Dynamics: the sync user's id.
  ///
  /// Marketo: the API user's name.
  public var user: String

  public init(side: Side, host: String, organisation: String, user: String) {
    self.side = side
    self.host = host
    self.organisation = organisation
    self.user = user
  }
}
