import Model
import Transport

/// Everything that `dynsync.yaml` says, checked and with its defaults filled in.
struct Configuration: Hashable, Sendable {
  /// The file that it was read from.
  var file: String
  /// The path of the database; a relative one was resolved against the configuration's folder.
  var database: String
  var dynamics: DynamicsAccess
  var marketo: MarketoAccess
  /// The mapped pairs alone; `withDerivedPairs` adds what dynsync keeps by itself.
  var rules: SyncRules
  /// The two-option column of an entity that may exclude records; none where all are synced.
  var filters: [Entity: FieldName]
  /// What does not stop a run but should be put right, in words for people.
  var warnings: [String]
}

/// Where Dynamics is and how to log in there.
struct DynamicsAccess: Hashable, Sendable {
  var url: ServiceAddress
  var login: DynamicsLogin
  /// Replaces the address of the login service; its whole path included.
  var tokenURL: ServiceAddress?
  /// How long a call without an answer may still take effect.
  var serverTimeout: Duration
}

/// How the sync user proves who it is to Dynamics.
enum DynamicsLogin: Hashable, Sendable {
  /// `tenant` is missing only where a token address was given.
  case clientCredentials(tenant: String?, clientID: String, clientSecret: Secret)
  /// The secret is needed for confidential clients alone.
  case password(
    tenant: String?, clientID: String, clientSecret: Secret?, username: String, password: Secret)
}

/// Where Marketo is, how to log in there, and how persons are marked.
struct MarketoAccess: Hashable, Sendable {
  var url: ServiceAddress
  var clientID: String
  var clientSecret: Secret
  /// The person field that holds the Dynamics id.
  var personKey: FieldName
  /// The lead partition that new persons go to; `nil` leaves it to Marketo.
  var partition: String?
  /// Whether outcomes are written to the person as a custom activity.
  var logActivities: Bool
  /// How long a call without an answer may still take effect.
  var serverTimeout: Duration
}
