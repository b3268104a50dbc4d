import Logging
import Model
import Transport

/// Keeps one Marketo Engage subscription in step over its REST API: persons, companies, sales
/// persons, opportunities with their roles, and custom objects.
public struct MarketoConnector: Connector {
  let settings: MarketoSettings
  let client: MarketoClient
  let metadata: Metadata
  let now: @Sendable () -> Instant
  private let meter: CallMeter

  /// `jitter` spreads repeats: a number from 0 up to 1, new each time.
  ///
  /// `cache` keeps metadata for later runs; without one it is asked for each time.
  public init(
    settings: MarketoSettings, exchange: any HTTPExchange, meter: CallMeter,
    now: @escaping @Sendable () -> Instant, clock: any Clock<Duration>, log: Logger?,
    policy: RetryPolicy = RetryPolicy(),
    jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    cache: (any DocumentCache)? = nil
  ) {
    self.settings = settings
    self.meter = meter
    self.now = now
    client = MarketoClient(
      settings: settings, exchange: exchange, meter: meter, now: now, clock: clock,
      policy: policy, jitter: jitter, log: log, cache: cache)
    metadata = Metadata(client: client)
  }

  public var side: Side { .marketo }

  /// Marketo goes on with a call whose client is gone, up to its own timeout.
  public var settlingTime: Duration { settings.serverTimeout }

  public var callCount: Int { get async { await meter.calls } }

  /// The most records that one call of the lead database takes.
  public func batchSize(for object: ObjectType) -> Int { 300 }

  public func identify() async throws -> PeerIdentity {
    PeerIdentity(
      side: .marketo, host: settings.address.host, organisation: settings.organisation,
      user: try await client.user())
  }

  public func confirmMetadata() async throws { try await client.confirmKept() }

  public func forgetMetadata() async -> Bool { await metadata.forget() }

  /// The object that `type` is; throws where Marketo can have none such.
  func known(_ type: ObjectType, attempt: String) throws(ServiceError) -> ServiceObject {
    if let object = ServiceObject(type) { return object }
    throw ServiceError(
      .schema(nil), side: .marketo, attempt: attempt, reason: "there is no object \(type.name)",
      mend: "give a custom object its API name: letters, digits and underscores")
  }
}
