extension PeerIdentity {
  /// Whether somebody else answers than `other`; the host may differ, as addresses are renamed.
  public func isOther(than other: PeerIdentity) -> Bool {
    organisation != other.organisation || user != other.user
  }

  /// What is another: `organisation` or `user`.
  public func difference(from other: PeerIdentity) -> String {
    organisation == other.organisation ? "user" : "organisation"
  }
}
