/// What became of one run's writes to one person or its Dynamics record, for the person's own log in
/// Marketo.
public struct OutcomeActivity: Hashable, Sendable {
  /// The row of the store.
  public var id: Int64
  /// The only activity with this name: by it a repeat finds the first.
  public var key: String
  public var person: RecordID
  /// The run that learned of it.
  public var run: Int64
  public var entity: Entity
  public var outcome: Outcome
  /// Which sides were written.
  public var direction: Direction
  /// Marketo's names of the fields, one after the other; `nil` for the whole record.
  public var fields: String?
  /// Who won, or why it was refused, in words.
  public var message: String?
  public var at: Instant

  public enum Outcome: String, Hashable, Sendable {
    case synced
    /// A side refused the record or a field of it.
    case refused
  }

  public init(
    id: Int64, key: String, person: RecordID, run: Int64, entity: Entity, outcome: Outcome,
    direction: Direction, fields: String? = nil, message: String? = nil, at: Instant
  ) {
    self.id = id
    self.key = key
    self.person = person
    self.run = run
    self.entity = entity
    self.outcome = outcome
    self.direction = direction
    self.fields = fields
    self.message = message
    self.at = at
  }
}

/// What became of one activity that was to be written.
public struct OutcomeActivityResult: Hashable, Sendable {
  /// The activity's ``OutcomeActivity/id``.
  public var activity: Int64
  public var state: State
  /// The service's own name of the call.
  public var requestID: String?

  public enum State: Hashable, Sendable {
    /// It stands in the person's log; `id` is the service's own, where it tells it.
    case written(id: String?)
    /// The person is not there.
    case gone
    case refused(Rejection)
    /// Certainly not written, and waiting helps.
    case postponed
    /// Perhaps written: only a look at the log can tell.
    case unknown
  }

  public init(_ activity: Int64, _ state: State, requestID: String? = nil) {
    self.activity = activity
    self.state = state
    self.requestID = requestID
  }
}
