/// Translates one service: its objects to ``Record``, its paging to ``Watermark``, its failures to
/// ``ServiceError``.
///
/// A conformance promises:
/// - it keeps nothing between calls but tokens, metadata and counters: asking twice is harmless;
/// - metadata that was kept from an earlier run serves only to find that there is nothing to do;
/// - it obeys the service's limits itself, and retries what is transient *and* harmless to repeat;
/// - it never repeats a write whose outcome is unknown;
/// - values come back in canonical form, and a field that it may not read, or whose value is not as
///   the metadata promises, is missing, not empty.
///
/// It must not know the database, the other side, or which value should win. Every conformance, fakes
/// included, passes the connector contract suite of the tests. Every call throws ``ServiceError``.
public protocol Connector: Sendable {
  var side: Side { get }

  /// Asks the service who it is and who we are to it.
  func identify() async throws -> PeerIdentity

  /// Makes what the side needs to carry a link, and the given custom objects.
  ///
  /// Tells the names of what it made; nothing if all is there. A custom object that stands is left
  /// as it is.
  func provision(_ objects: [ObjectDefinition]) async throws -> [String]

  /// Reads the metadata of `object` for the named fields.
  ///
  /// Throws ``ServiceError/Kind/schema(_:)`` if the object is unknown; a field that does not exist is
  /// left out of the answer.
  func describe(_ object: ObjectType, selecting fields: [FieldName]) async throws -> ObjectSchema

  /// Reads one page of what changed in `object` after `watermark`.
  ///
  /// - Without a watermark, a feed of records starts a full read; a feed of notices starts here and
  ///   now, with an empty page.
  /// - An incomplete watermark goes on with the read that it stands in; a complete one starts a read
  ///   of what came since, with the side's own overlap. Telling something twice is allowed, losing it
  ///   is not.
  /// - Throws ``ServiceError/Kind/watermarkExpired`` if only a full read can help: it is too old, or
  ///   ahead of the side's own clock or count, as after the side was restored.
  /// `schema` says which fields a record holds.
  func changes(in schema: ObjectSchema, after watermark: Watermark?) async throws -> ChangePage

  /// Finds records by identity, key or e-mail, any number of values; what is not there is left out.
  ///
  /// By e-mail several records may answer to one value.
  func find(
    in schema: ObjectSchema, by lookup: Lookup, values: [String]
  ) async throws -> [Record]

  /// The events of the given records since a moment, oldest first: evidence in recovery.
  ///
  /// A side whose answer to a write tells what it stored answers with nothing.
  func history(of ids: [RecordID], since: Instant) async throws -> [Notice]

  /// How many writes to `object` one call can carry.
  func batchSize(for object: ObjectType) -> Int

  /// Carries out one batch of writes to one object, at most ``batchSize(for:)``, each record once.
  ///
  /// The results are in the order of the writes, one for each. Throws only if nothing can have been
  /// applied.
  func write(_ writes: [Write], to schema: ObjectSchema) async throws -> [WriteResult]

  /// How long after its last byte was sent a write without an answer may still take effect.
  var settlingTime: Duration { get }

  /// Where persons' own logs can be told what became of changes; `nil` where they cannot.
  var outcomeLog: (any OutcomeLog)? { get }

  /// How many calls were made so far.
  var callCount: Int { get async }

  /// Makes sure that metadata which was kept from an earlier run is what the service says now.
  ///
  /// Throws ``ServiceError/Kind/schema(_:)`` where it is not. `find` and `write` do this by
  /// themselves, and so does `changes` before it tells records that are new.
  func confirmMetadata() async throws

  /// Forgets what is known of the metadata, so that it is read when it is next needed.
  ///
  /// Tells whether any of it was kept from an earlier run and not confirmed since.
  func forgetMetadata() async -> Bool
}

extension Connector {
  public func confirmMetadata() async throws {}
  public func forgetMetadata() async -> Bool { false }
}

/// What records are looked up by.
public enum Lookup: String, Sendable, Hashable {
  case id
  /// The Dynamics key that a Marketo record carries.
  case key
  case email
  /// The entity that a Marketo person asks to become a record of.
  case request
}
