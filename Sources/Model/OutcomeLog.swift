/// The logs of persons, where a service can be told what became of changes.
///
/// An activity has no key and is written for good: sent twice, it stands twice. A conformance promises:
/// - it never repeats a write whose outcome is unknown;
/// - what ``write(_:)`` was given is told by ``keys(of:)``, with its key unchanged, no later than
///   ``settlingTime`` after the call, if it was written at all;
/// - these activities are no changes: no feed of the connector tells them.
/// Every call throws ``ServiceError``.
public protocol OutcomeLog: Sendable {
  /// How many activities one call can carry.
  var batchSize: Int { get }

  /// How long after its last byte was sent an activity without an answer may still come to be seen.
  var settlingTime: Duration { get }

  /// Makes the kind of activity that outcomes are written as, where it is missing.
  ///
  /// Tells the names of what it made.
  func provision() async throws -> [String]

  /// Those of the activities' keys that stand in their persons' logs.
  func keys(of activities: [OutcomeActivity]) async throws -> Set<String>

  /// Writes one batch, at most ``batchSize`` activities.
  ///
  /// The results are in the order of the activities, one for each. Throws ``ServiceError/Kind/setup``
  /// where the kind of activity is missing; whatever it throws says by itself whether anything may
  /// have been written.
  func write(_ activities: [OutcomeActivity]) async throws -> [OutcomeActivityResult]
}

extension Connector {
  /// A side whose records have no log that could be told.
  public var outcomeLog: (any OutcomeLog)? { nil }
}
