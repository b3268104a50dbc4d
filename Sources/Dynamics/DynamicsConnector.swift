import Logging
import Model
import Transport

/// Translates a Dynamics 365 (Dataverse) organisation, over its Web API.
///
/// It reads tables by change tracking (by row version where that is off), and writes in batches whose
/// parts stand each for themselves. Cancelling a task lets `CancellationError` through where a wait
/// was cut short.
public struct DynamicsConnector: Connector {
  let settings: DynamicsSettings
  let client: DynamicsClient
  let catalog: MetadataCatalog
  private let meter: CallMeter

  /// Makes a connector that has not called anyone yet.
  ///
  /// `meter` counts every call, those for tokens and repeats included. `retry` says how calls that
  /// were turned away are repeated, and `jitter`, from 0 up to 1, spreads the repeats. `cache` keeps
  /// metadata for later runs; without one it is asked for each time.
  public init(
    settings: DynamicsSettings, exchange: any HTTPExchange, meter: CallMeter,
    now: @escaping @Sendable () -> Instant, clock: any Clock<Duration>,
    retry: RetryPolicy = RetryPolicy(),
    jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }, log: Logger? = nil,
    cache: (any DocumentCache)? = nil
  ) {
    let client = DynamicsClient(
      settings: settings, exchange: exchange, meter: meter, now: now, clock: clock,
      policy: retry, jitter: jitter, log: log, cache: cache)
    self.settings = settings
    self.client = client
    self.meter = meter
    catalog = MetadataCatalog(client: client, settings: settings) {
      try await Self.whoAmI(client).user
    }
  }

  public var side: Side { .dynamics }

  public var callCount: Int { get async { await meter.calls } }

  public var settlingTime: Duration { settings.serverTimeout }

  /// A tenth of what a batch may hold.
  ///
  /// With a second of the customer's own plug-ins for each write, a batch still ends before the
  /// service's two minutes are over, and what a broken connection leaves unknown stays small; a call
  /// in a hundred writes is far from any limit.
  public func batchSize(for object: ObjectType) -> Int { 100 }

  public func identify() async throws -> PeerIdentity {
    let (organisation, user) = try await Self.whoAmI(client)
    return PeerIdentity(
      side: .dynamics, host: settings.address.host, organisation: organisation, user: user)
  }

  /// Dynamics carries no link fields of dynsync's.
  public func provision(_ objects: [ObjectDefinition]) async throws -> [String] { [] }

  public func describe(
    _ object: ObjectType, selecting fields: [FieldName]
  ) async throws -> ObjectSchema {
    let table = try await catalog.table(object)
    try table.check(settings.settings(for: object), attempt: MetadataCatalog.attempt(object))
    return ObjectSchema(
      object, keyField: FieldName(table.primaryID),
      fields: try await catalog.fields(fields, of: object), feed: .records)
  }

  /// Rows of a table without change tracking are told again at every read: they may rest on kept
  /// metadata until something is planned.
  public func changes(
    in schema: ObjectSchema, after watermark: Watermark?
  ) async throws -> ChangePage {
    let feed = try await feed(for: schema)
    let page = try await feed.page(after: watermark)
    if !page.records.isEmpty, feed.reader.table.tracksChanges { try await confirmMetadata() }
    return page
  }

  /// By key is by id: a Dynamics record's key is its own id.
  ///
  /// What is no id at all is not there.
  public func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record] {
    if !values.isEmpty { try await confirmMetadata() }
    let feed = try await feed(for: schema)
    switch lookup {
    case .id, .key:
      return try await feed.find(ids: values.compactMap { GUID($0).map { .dynamics($0.text) } })
    case .email: return try await feed.find(emails: values.filter { !$0.isEmpty })
    case .request: return []
    }
  }

  /// Nothing: the answer to a write tells what was stored.
  public func history(of ids: [RecordID], since: Instant) async throws -> [Notice] { [] }

  public func confirmMetadata() async throws { try await client.confirmKept() }

  public func forgetMetadata() async -> Bool {
    await catalog.forget()
    return await client.kept.forget()
  }

  func feed(for schema: ObjectSchema) async throws -> RowFeed {
    let table = try await catalog.table(schema.object)
    var unsure: Set<FieldName> = []
    for name in schema.fields.keys {
      guard let column = table.column(name), column.isSecured else { continue }
      let permission = try await catalog.permission(on: column, in: schema.object)
      if permission.read == .unknown { unsure.insert(name) }
    }
    return RowFeed(
      client: client,
      reader: RowReader(
        schema: schema, table: table, settings: settings, unsure: unsure,
        stateLabels: try await catalog.stateLabels(of: schema.object)))
  }

  private static func whoAmI(
    _ client: DynamicsClient
  ) async throws -> (organisation: String, user: String) {
    let attempt = "could not ask who we are"
    let answer = try await client.document(
      DynamicsCall(path: "\(client.root)/WhoAmI", attempt: attempt))
    guard let organisation = answer["OrganizationId"]?.string, let user = answer["UserId"]?.string
    else {
      throw ServiceError(
        .unexpectedAnswer, side: .dynamics, attempt: attempt,
        reason: "the answer names no organisation and no user")
    }
    return (organisation.lowercased(), user.lowercased())
  }
}
