/// The fixed names and passwords of the sandbox's login service; they are no secrets.
public enum SandboxCredentials {
  /// The only directory (tenant) that the login service knows.
  public static let tenant = "sandbox"
  /// The only registered application.
  public static let clientID = "sandbox"
  /// The application's secret.
  public static let clientSecret = "sandbox"
  /// The user of the password flow that a connector signs in as.
  public static let username = "sync@sandbox.example"
  /// The password of every user of the sandbox, people included.
  public static let password = "sandbox"
}
