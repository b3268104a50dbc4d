/// What a refusal of the login service means, in words for people.
///
/// Source: Microsoft identity platform, error codes of the token endpoint.
struct LoginRefusal {
  var reason: String
  var mend: String?

  /// `name` is the answer's `error`, `code` the first of its `error_codes`.
  init(name: String?, code: Int64?) {
    switch code {
    case 7_000_215:
      reason = "the client secret is wrong"
      mend = "set DYNAMICS_CLIENT_SECRET to the secret's value, not its id"
    case 7_000_222:
      reason = "the client secret has expired"
      mend = "make a new one and set DYNAMICS_CLIENT_SECRET"
    case 7_000_218:
      reason = "the client secret is missing"
      mend = "set DYNAMICS_CLIENT_SECRET"
    case 700_016:
      reason = "the tenant does not know the client id"
      mend = "check dynamics.auth.client_id and dynamics.auth.tenant"
    case 90_002, 900_023:
      reason = "the login service does not know the tenant"
      mend = "check dynamics.auth.tenant"
    case 70_011, 500_011:
      reason = "the tenant does not know the organisation's address"
      mend = "check dynamics.url and dynamics.auth.tenant"
    case 50_126:
      reason = "the user name or the password is wrong"
      mend = "check dynamics.auth.username and the password"
    case 50_076, 50_079:
      reason = "the user must sign in with a second factor"
      mend = "use the flow client_credentials"
    case 50_057:
      reason = "the user is disabled"
      mend = "enable the user, or sign in as another"
    case 50_055:
      reason = "the password has expired"
      mend = "set a new password"
    default: (reason, mend) = Self.words(for: name)
    }
  }

  private static func words(for name: String?) -> (String, String?) {
    switch name {
    case "invalid_client":
      ("the client id or its secret was refused", "check dynamics.auth in the configuration")
    case "unauthorized_client":
      ("the client may not sign in this way", "check the app registration and dynamics.auth")
    case "invalid_grant":
      ("the user was refused", "check dynamics.auth.username and the password")
    case .some: ("the login service refused", "check dynamics.auth in the configuration")
    case .none: ("the login service gave an answer that is not its own", nil)
    }
  }
}
