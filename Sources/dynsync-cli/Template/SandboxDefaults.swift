/// How the sandbox is reached when nobody says otherwise; none of it is a secret.
enum SandboxDefaults {
  static let port = 8365
  static let clientID = "sandbox"
  static let clientSecret = "sandbox"
  static let tenant = "sandbox"

  /// The address that both services answer at.
  static func address(port: Int = port) -> String { "http://127.0.0.1:\(port)" }

  /// The whole address that Dynamics' tokens are asked of.
  static func tokenAddress(port: Int = port) -> String {
    "\(address(port: port))/\(tenant)/oauth2/v2.0/token"
  }
}
