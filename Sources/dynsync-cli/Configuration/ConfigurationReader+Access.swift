import Model
import Transport

extension ConfigurationReader {
  /// Reads the section `dynamics`.
  mutating func dynamics(
    in root: ConfigurationSection, folder: String
  ) -> DynamicsAccess? {
    guard let section = section("dynamics", in: root) else { return nil }
    let url = address("url", in: section, without: ["/api"])
    let auth = self.section("auth", in: section)
    let tokenURL = auth.flatMap { self.address("token_url", in: $0) }
    let isLocal = url?.isLoopback ?? false
    let login = auth.flatMap { self.login(in: $0, isLocal: isLocal, folder: folder) }
    let timeout = duration("server_timeout", in: section) ?? DynamicsAccess.defaultServerTimeout
    guard let url, let login else { return nil }
    return DynamicsAccess(url: url, login: login, tokenURL: tokenURL, serverTimeout: timeout)
  }

  /// Reads the section `marketo`.
  mutating func marketo(
    in root: ConfigurationSection, folder: String
  ) -> MarketoAccess? {
    guard let section = section("marketo", in: root) else { return nil }
    let url = address("url", in: section, without: ["/rest", "/identity"])
    let clientID = text("client_id", in: section)
    let key = SecretKey(name: "client_secret", acceptsPlainText: url?.isLoopback ?? false)
    let secret = secret(key, in: section, folder: folder)
    let personKey = self.personKey(in: section)
    let partition = text("partition", in: section)
    let logActivities = text("log_activities", in: section).flatMap { truth($0) } ?? false
    let timeout = duration("server_timeout", in: section) ?? MarketoAccess.defaultServerTimeout
    guard let url, let clientID, let secret else { return nil }
    return MarketoAccess(
      url: url, clientID: clientID.text, clientSecret: secret, personKey: personKey,
      partition: partition?.text, logActivities: logActivities, serverTimeout: timeout)
  }

  private mutating func login(
    in auth: ConfigurationSection, isLocal: Bool, folder: String
  ) -> DynamicsLogin? {
    let flow: LoginFlow
    if auth["flow"] == nil {
      flow = .clientCredentials
    } else {
      guard let chosen = choice("flow", in: auth, from: LoginFlow.allCases) else { return nil }
      flow = chosen
    }
    refuseKeys(of: auth, thatNeedAnother: flow)
    let tenant = text("tenant", in: auth)
    if auth["tenant"] == nil, auth["token_url"] == nil,
      let key = Self.key("tenant", in: auth)
    {
      refuseMissing(key, in: auth)
    }
    let clientID = text("client_id", in: auth)
    let clientSecret = secret(
      SecretKey(
        name: "client_secret", acceptsPlainText: isLocal, isRequired: flow == .clientCredentials),
      in: auth, folder: folder)
    switch flow {
    case .clientCredentials:
      guard let clientID, let clientSecret else { return nil }
      return .clientCredentials(
        tenant: tenant?.text, clientID: clientID.text, clientSecret: clientSecret)
    case .password:
      let username = username(in: auth)
      let password = secret(
        SecretKey(name: "password", acceptsPlainText: isLocal), in: auth, folder: folder)
      guard let clientID, let username, let password else { return nil }
      return .password(
        tenant: tenant?.text, clientID: clientID.text, clientSecret: clientSecret,
        username: username.text, password: password)
    }
  }

  private mutating func personKey(in section: ConfigurationSection) -> FieldName {
    let otherwise = MarketoAccess.defaultPersonKey
    guard let name = fieldName("person_key", in: section) else { return otherwise }
    guard EntityDefaults.reservedPersonFields.contains(name) else { return name }
    refuse(
      section.path(of: "person_key"), line: section["person_key"]?.line,
      "dynsync fills '\(name)' with something else",
      mend: "write 'person_key: \(otherwise)', or another field of your own")
    return otherwise
  }

  private mutating func username(in auth: ConfigurationSection) -> ConfigurationText? {
    if auth["username"] == nil, let key = Self.key("username", in: auth) {
      refuseMissing(key, in: auth)
    }
    return text("username", in: auth)
  }

  private mutating func refuseKeys(
    of auth: ConfigurationSection, thatNeedAnother flow: LoginFlow
  ) {
    guard flow == .clientCredentials else { return }
    for name in ["username", "password", "password_file"] {
      guard let entry = auth[name] else { continue }
      refuse(
        auth.path(of: name), line: entry.line, "belongs to the flow 'password'",
        mend: "remove it, or write 'flow: password'")
    }
  }
}

extension DynamicsAccess {
  /// Dataverse ends a call after two minutes; the rest is a margin for what stood in a queue.
  static let defaultServerTimeout = Duration.seconds(180)
}

extension MarketoAccess {
  /// The person field that holds the Dynamics id where the configuration names none.
  static let defaultPersonKey: FieldName = "dynamicsId"
  /// Marketo documents 90 s for a call that writes; the rest is a margin.
  static let defaultServerTimeout = Duration.seconds(120)
}

extension ServiceAddress {
  /// Whether the service runs on this very machine.
  var isLoopback: Bool { ["127.0.0.1", "localhost", "[::1]"].contains(host) }
}

private enum LoginFlow: String, CaseIterable {
  case clientCredentials = "client_credentials"
  case password
}
