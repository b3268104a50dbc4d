import Sandbox

/// How the sandbox is reached when nobody says otherwise; none of it is a secret.
enum SandboxDefaults {
  static let port = SandboxServer.defaultPort
  static let dynamicsTenant = SandboxCredentials.tenant
  static let dynamicsClientID = SandboxCredentials.clientID
  static let dynamicsClientSecret = SandboxCredentials.clientSecret
  static let marketoClientID = MarketoAccount.clientID
  static let marketoClientSecret = MarketoAccount.clientSecret

  /// The address that both services answer at.
  static func address(port: Int = port) -> String { "http://\(SandboxServer.host):\(port)" }

  /// The whole address that Dynamics' tokens are asked of.
  static func tokenAddress(port: Int = port) -> String {
    "\(address(port: port))/\(dynamicsTenant)/oauth2/v2.0/token"
  }
}
