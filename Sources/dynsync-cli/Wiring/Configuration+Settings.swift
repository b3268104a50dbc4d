import Dynamics
import Marketo
import Model
import Sync

extension Configuration {
  /// The configured rules with what dynsync keeps by itself.
  var wholeRules: SyncRules {
    var rules = rules.withDerivedPairs(personKey: marketo.personKey)
    rules.logsActivities = marketo.logActivities
    return rules
  }

  /// Where Dynamics is, and what its tables are called.
  var dynamicsSettings: DynamicsSettings {
    get throws {
      let access = dynamics
      let auth: DynamicsAuth =
        switch access.login {
        case .clientCredentials(let tenant, let clientID, let secret):
          .clientCredentials(tenant: tenant ?? "", clientID: clientID, secret: secret)
        case .password(let tenant, let clientID, _, let username, let password):
          .password(
            tenant: tenant ?? "organizations", clientID: clientID, username: username,
            password: password)
        }
      return try DynamicsSettings(
        url: access.url.text, auth: auth, tokenURL: access.tokenURL?.text,
        tables: tables, wanted: wholeRules.selection(on: .dynamics),
        serverTimeout: access.serverTimeout)
    }
  }

  /// Where Marketo is, and how persons are marked there.
  var marketoSettings: MarketoSettings {
    get throws {
      let access = marketo
      return try MarketoSettings(
        url: access.url.text, clientID: access.clientID, secret: access.clientSecret,
        personKey: access.personKey, partition: access.partition,
        serverTimeout: access.serverTimeout)
    }
  }
}
