@testable import dynsync_cli

/// A small valid configuration that tests change in one place.
enum SampleConfiguration {
  static let yaml = """
    dynamics:
      url: https://orgacme.crm4.dynamics.com
      auth:
        tenant: acme.example
        client_id: app
        client_secret: ${DYNAMICS_CLIENT_SECRET}
    marketo:
      url: https://123-ABC-456.mktorest.com
      client_id: service
      client_secret: ${MARKETO_CLIENT_SECRET}
    entities:
      lead:
        fields:
          - {dynamics: emailaddress1, marketo: email}
          - {dynamics: jobtitle, marketo: title}

    """

  static let environment = [
    "DYNAMICS_CLIENT_SECRET": "d-secret", "MARKETO_CLIENT_SECRET": "m-secret",
  ]

  static func parse(_ yaml: String = yaml) throws(ConfigurationError) -> Configuration {
    try Configuration.parse(yaml, file: "dynsync.yaml", environment: environment)
  }

  /// What stands on the terminal for the sample with `old` replaced by `new`; empty if all is well.
  static func complaint(replacing old: String, with new: String) -> String {
    complaint(of: yaml.replacing(old, with: new, maxReplacements: 1))
  }

  static func complaint(
    of yaml: String, environment: [String: String] = environment
  ) -> String {
    do {
      _ = try Configuration.parse(yaml, file: "dynsync.yaml", environment: environment)
      return ""
    } catch {
      return CommandError(error).description
    }
  }
}
