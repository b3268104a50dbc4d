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

extension SampleConfiguration {
  /// A configuration of three entities for the sandbox at `address`; a service may be elsewhere.
  static func sandbox(
    at address: String = "http://127.0.0.1:1", database: String = "dynsync.db",
    dynamics: String? = nil, login: String? = nil, marketo: String? = nil,
    dynamicsSecret: String = "sandbox", marketoSecret: String = "sandbox"
  ) -> String {
    """
    database: \(database)
    dynamics:
      url: \(dynamics ?? address)
      auth:
        client_id: sandbox
        client_secret: \(dynamicsSecret)
        token_url: \(login ?? address)/sandbox/oauth2/v2.0/token
    marketo:
      url: \(marketo ?? address)
      client_id: sandbox
      client_secret: \(marketoSecret)
    entities:
      account:
        fields:
          - {dynamics: name, marketo: company}
      lead:
        fields:
          - {dynamics: emailaddress1, marketo: email}
          - {dynamics: lastname, marketo: lastName}
      contact:
        fields:
          - {dynamics: emailaddress1, marketo: email}
          - {dynamics: lastname, marketo: lastName}

    """
  }
}
