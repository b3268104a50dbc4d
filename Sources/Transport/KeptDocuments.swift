import Model

/// One side's metadata documents: those of this run are kept, and those of earlier ones are served
/// until somebody doubts them.
///
/// An actor because the streams of several objects ask, and doubt, at once. `Call` is the question, by
/// which a kept document is read anew.
public actor KeptDocuments<Call: Sendable> {
  private let side: Side
  private let cache: (any DocumentCache)?
  private let now: @Sendable () -> Instant
  /// What was served from an earlier run and not looked at since, by name.
  private var unconfirmed: [String: Kept] = [:]
  private var servesEarlierRuns = true
  private var confirmation: Task<Void, any Error>?

  private struct Kept: Sendable {
    var call: Call
    var document: JSON
  }

  /// Without a `cache` nothing is kept.
  public init(
    of side: Side, in cache: (any DocumentCache)?, now: @escaping @Sendable () -> Instant
  ) {
    self.side = side
    self.cache = cache
    self.now = now
  }

  /// What an earlier run was answered to `call`, which `name` stands for.
  public func document(_ name: String, answering call: Call) -> JSON? {
    guard servesEarlierRuns, let text = cache?.document(name, of: side, at: now()),
      let document = try? JSON(parsing: Array(text.utf8))
    else { return nil }
    unconfirmed[name] = Kept(call: call, document: document)
    return document
  }

  /// Keeps what the service answered just now.
  public func keep(_ document: JSON, as name: String) {
    unconfirmed[name] = nil
    cache?.keep(
      String(decoding: document.encoded(), as: UTF8.self), as: name, of: side, at: now())
  }

  /// Asks the service once more for everything that was served from an earlier run; one that asks
  /// meanwhile waits for the same answers.
  ///
  /// Throws ``ServiceError/Kind/schema(_:)`` where an answer is another one, and whatever `read`
  /// throws. Afterwards nothing of an earlier run is served any more.
  public func confirm(
    reading read: @escaping @Sendable ([Call]) async throws -> [JSON]
  ) async throws {
    servesEarlierRuns = false
    guard !unconfirmed.isEmpty else { return }
    let task = confirmation ?? Task { try await compare(read) }
    confirmation = task
    try await task.value
  }

  private func compare(_ read: @Sendable ([Call]) async throws -> [JSON]) async throws {
    defer { confirmation = nil }
    let kept = unconfirmed.sorted { $0.key < $1.key }
    let answers = try await read(kept.map(\.value.call))
    guard answers == kept.map(\.value.document) else { throw changed }
    unconfirmed = [:]
  }

  private var changed: ServiceError {
    ServiceError(
      .schema(nil), side: side, attempt: "could not go on with the fields of an earlier run",
      reason: "they have changed since", mend: "run it again")
  }

  /// Forgets what was kept; tells whether any of it was served and not confirmed.
  public func forget() -> Bool {
    let wasDoubtful = !unconfirmed.isEmpty
    unconfirmed = [:]
    servesEarlierRuns = false
    cache?.dropDocuments(of: side)
    return wasDoubtful
  }
}
