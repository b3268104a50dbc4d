/// The one API user of the sandbox's subscription.
///
/// Nothing here is a secret: the sandbox listens on loopback and holds invented people.
public enum MarketoAccount {
  /// The client id of its custom service.
  public static let clientID = "sandbox"
  /// The client secret of its custom service.
  public static let clientSecret = "sandbox"
  /// The API user, as the token's `scope` names it.
  public static let user = "sync-api@example.test"
}
