import Model
import Transport

/// Where the Dynamics organisation is, who signs in, and which tables are read.
public struct DynamicsSettings: Sendable {
  /// The environment's root, as in `https://orgacme.crm4.dynamics.com`.
  public var address: ServiceAddress
  public var auth: DynamicsAuth
  /// Where tokens come from; `nil` is Microsoft's login service for the tenant.
  public var tokenAddress: ServiceAddress?
  /// What the vendor calls each kind of record.
  public var tables: [ObjectType: TableSettings]
  /// The objects that will be described, with their selected fields.
  ///
  /// Their metadata is read together: two calls in all. What is not named here is read when it is
  /// asked for, and a table that the organisation lacks is an error only then.
  public var wanted: [ObjectType: Set<FieldName>]
  /// How long a call without an answer may still take effect.
  public var serverTimeout: Duration

  /// Throws ``AddressRefused`` where `url` or `tokenURL` is no address, or would send a secret in the
  /// clear.
  ///
  /// `tables` are added to ``defaultTables`` and replace those of the same name.
  public init(
    url: String, auth: DynamicsAuth, tokenURL: String? = nil,
    tables: [ObjectType: TableSettings] = [:], wanted: [ObjectType: Set<FieldName>] = [:],
    serverTimeout: Duration = .seconds(180)
  ) throws {
    address = try ServiceAddress(url)
    tokenAddress = try tokenURL.map(ServiceAddress.init)
    self.auth = auth
    self.wanted = wanted
    self.serverTimeout = serverTimeout
    self.tables = Self.defaultTables.merging(tables) { _, own in own }
  }

  /// The tables that every organisation has; `lead` comes with the Sales app.
  public static let defaultTables: [ObjectType: TableSettings] = [
    .lead: TableSettings("lead"), .contact: TableSettings("contact"),
    .account: TableSettings("account"), .user: TableSettings("systemuser"),
    .team: TableSettings("team"), .opportunity: TableSettings("opportunity"),
    .connection: TableSettings("connection"), .connectionRole: TableSettings("connectionrole"),
  ]

  /// The kinds of records by the vendor's names of their tables.
  ///
  /// Where several kinds are of one table, it is the one that every organisation has, else the first
  /// by name.
  var objects: [String: ObjectType] {
    let kinds = tables.sorted { one, other in
      let isKnown = [one, other].map { Self.defaultTables[$0.key] != nil }
      return isKnown[0] == isKnown[1] ? one.key < other.key : isKnown[0]
    }
    return Dictionary(kinds.map { ($0.value.logicalName, $0.key) }) { first, _ in first }
  }

  func settings(for object: ObjectType) -> TableSettings {
    tables[object] ?? TableSettings(object.name)
  }
}

/// One table, as the configuration names it.
public struct TableSettings: Hashable, Sendable {
  /// The vendor's logical name: `systemuser`, `new_subscription`.
  public var logicalName: String
  /// A two-option column; a row where it says No is left out of the sync.
  public var filterColumn: String?
  /// A look-up column of a custom table: what its rows hang on.
  public var parentColumn: String?

  public init(_ logicalName: String, filterColumn: String? = nil, parentColumn: String? = nil) {
    self.logicalName = logicalName
    self.filterColumn = filterColumn
    self.parentColumn = parentColumn
  }
}

/// How the sync user signs in to Microsoft's login service.
public enum DynamicsAuth: Hashable, Sendable {
  /// An app registration with an application user in the environment.
  case clientCredentials(tenant: String, clientID: String, secret: Secret)
  /// A user's own name and password; impossible with a second factor, and advised against.
  case password(
    tenant: String = "organizations", clientID: String = publicClient, username: String,
    password: Secret)

  /// The app registration that Microsoft's samples use for users who sign in themselves.
  public static let publicClient = "51f81489-12ee-4a9e-aaae-a2591f45987d"

  var tenant: String {
    switch self {
    case .clientCredentials(let tenant, _, _), .password(let tenant, _, _, _): tenant
    }
  }

  var secret: Secret {
    switch self {
    case .clientCredentials(_, _, let secret), .password(_, _, _, let secret): secret
    }
  }
}
