import Model
import Transport

/// Where a Marketo Engage subscription is, how dynsync signs in, and which of its fields carry a link.
public struct MarketoSettings: Sendable {
  /// The root before `/rest` and `/identity`.
  public var address: ServiceAddress
  public var clientID: String
  public var secret: Secret
  /// The person's field that holds the Dynamics key: a custom field of type string.
  public var personKey: FieldName
  /// The person's field that says `lead` or `contact`.
  public var typeField: FieldName
  /// The person's field that says that the Dynamics record is gone.
  public var deletedField: FieldName
  /// The person's field by which a flow step asks for a Dynamics record.
  public var syncAsField: FieldName
  /// The partition of new persons; `nil` is the subscription's default.
  public var partition: String?
  /// How long the service may go on with a call that nobody waits for any more.
  ///
  /// Marketo documents 90 seconds for writing persons; the rest is a margin.
  public var serverTimeout: Duration
  /// How many seconds before the last read each read of activities starts again.
  ///
  /// Some activities are committed late, under a time that was read already.
  public var overlap: Int64
  public var share: RateShare

  /// Throws ``AddressRefused`` where `url` is no address, or would send a secret in the clear.
  ///
  /// The address may end in `/rest`, as Marketo's own screens show it.
  public init(
    url: String, clientID: String, secret: Secret, personKey: FieldName = "dynamicsId",
    typeField: FieldName = "dynamicsType", deletedField: FieldName = "dynamicsIsDeleted",
    syncAsField: FieldName = "dynamicsSyncAs", partition: String? = nil,
    serverTimeout: Duration = .seconds(120), overlap: Int64 = 600, share: RateShare = RateShare()
  ) throws {
    address = try Self.root(url)
    self.clientID = clientID
    self.secret = secret
    self.personKey = personKey
    self.typeField = typeField
    self.deletedField = deletedField
    self.syncAsField = syncAsField
    self.partition = partition
    self.serverTimeout = serverTimeout
    self.overlap = overlap
    self.share = share
  }

  /// The part of the subscription's limits that one run allows itself.
  ///
  /// The limits (100 calls in 20 seconds, 10 at once) are for all clients of a subscription together.
  /// Half of them is what Adobe advises for one client; and because a run knows nothing of the calls
  /// that the run before it made a moment ago, half is also the most that two runs can never cross.
  public struct RateShare: Hashable, Sendable {
    /// Calls in any 20 seconds.
    public var calls: Int
    public var atOnce: Int

    public init(calls: Int = 50, atOnce: Int = 5) {
      self.calls = calls
      self.atOnce = atOnce
    }
  }

  /// The subscription's Munchkin id where the host names it (`123-abc-456.mktorest.com`), else the
  /// host.
  var organisation: String {
    let label = address.host.prefix { $0 != "." }
    let parts = label.split(separator: "-", omittingEmptySubsequences: false)
    let isMunchkin = parts.count == 3 && parts.allSatisfy { $0.count == 3 }
    return isMunchkin ? label.uppercased() : address.host
  }

  private static func root(_ url: String) throws -> ServiceAddress {
    let address = try ServiceAddress(url)
    guard address.path.hasSuffix("/rest") else { return address }
    return try ServiceAddress(String(address.text.dropLast("/rest".count)))
  }
}
