/// How the sandbox is reached when nobody says otherwise; none of it is a secret.
enum SandboxDefaults {
  static let port = 8365
  static let dynamicsTenant = "sandbox"
  static let dynamicsClientID = "sandbox"
  static let dynamicsClientSecret = "sandbox"
  static let marketoClientID = "5b0f7c1e-0000-4000-8000-5a6d0a7e7001"
  static let marketoClientSecret = "sandbox-marketo"

  /// The address that both services answer at.
  static func address(port: Int = port) -> String { "http://127.0.0.1:\(port)" }

  /// The whole address that Dynamics' tokens are asked of.
  static func tokenAddress(port: Int = port) -> String {
    "\(address(port: port))/\(dynamicsTenant)/oauth2/v2.0/token"
  }
}
