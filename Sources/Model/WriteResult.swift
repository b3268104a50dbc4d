/// What became of one ``Write``.
public struct WriteResult: Hashable, Sendable {
  public var operation: Int64
  public var outcome: Outcome
  /// The service's own name of the call, for its support.
  public var requestID: String?

  public enum Outcome: Hashable, Sendable {
    /// Done. `record` is what the service stored, where its answer is one with the write.
    case applied(id: RecordID, record: Record?)
    /// This record was refused for a reason of its own; others go on.
    case rejected(Rejection)
    /// The record is no longer the version that the write was made for, or, for a create, stands
    /// already: read it and plan again.
    case overtaken
    /// The record is not there: plan again.
    case gone
    /// Certainly not done, and waiting helps (throttled, locked, never sent).
    case postponed(ServiceError)
    /// Perhaps done: only a read-back can tell.
    case unknown(ServiceError)
  }

  public init(operation: Int64, outcome: Outcome, requestID: String? = nil) {
    self.operation = operation
    self.outcome = outcome
    self.requestID = requestID
  }
}

/// Why a service refused one record.
public struct Rejection: Hashable, Sendable {
  /// The service's own code.
  public var code: String
  /// The service's own words.
  ///
  /// They may quote a value: they go to the database, never to a log line.
  public var message: String
  /// The field that the service blames, where it names one.
  public var field: FieldName?

  public init(code: String, message: String, field: FieldName? = nil) {
    self.code = code
    self.message = message
    self.field = field
  }
}
