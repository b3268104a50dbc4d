/// A call that a service did not carry out, or whose outcome is not known.
///
/// The description says who, what, why and what to do; it never holds a secret or a person's data.
public struct ServiceError: Error, Hashable, Sendable {
  public var kind: Kind
  public var side: Side
  /// What was being done: `could not read leads`.
  public var attempt: String
  /// Why, in words for people.
  public var reason: String
  /// What a person can do; `nil` where waiting is all.
  public var mend: String?
  /// The service's own code and name of the call.
  public var code: String?
  public var requestID: String?
  /// Whether the call may have taken effect all the same.
  public var mayHaveApplied: Bool

  public enum Kind: Hashable, Sendable {
    /// No connection, a gateway error, maintenance: try later.
    case unavailable(retryAfter: Duration?)
    case rateLimited(retryAfter: Duration?)
    /// The day's calls are used up.
    case quotaExhausted
    case timedOut
    /// The credential was refused, has expired, or the user is unknown: a person must act.
    case credentials
    /// The user may not do this: a person must act.
    case rights
    /// The service is not set up for this (change tracking off, native sync on): a person must act.
    case setup
    /// The watermark is too old or unknown: read everything again.
    case watermarkExpired
    /// A field or object that the configuration names does not exist.
    case schema(FieldName?)
    /// A whole call was refused for what it carries: the others of its records may pass without one.
    case refusedCall
    /// An answer that the service's documentation does not allow.
    case unexpectedAnswer
  }

  public init(
    _ kind: Kind, side: Side, attempt: String, reason: String, mend: String? = nil,
    code: String? = nil, requestID: String? = nil, mayHaveApplied: Bool = false
  ) {
    self.kind = kind
    self.side = side
    self.attempt = attempt
    self.reason = reason
    self.mend = mend
    self.code = code
    self.requestID = requestID
    self.mayHaveApplied = mayHaveApplied
  }

  /// Whether the same call may succeed later without anyone doing anything.
  public var isTransient: Bool {
    switch kind {
    case .unavailable, .rateLimited, .quotaExhausted, .timedOut, .unexpectedAnswer: true
    case .credentials, .rights, .setup, .watermarkExpired, .schema, .refusedCall: false
    }
  }

  /// How long the service asked to wait.
  public var retryAfter: Duration? {
    switch kind {
    case .unavailable(let wait), .rateLimited(let wait): wait
    default: nil
    }
  }
}

extension ServiceError: CustomStringConvertible {
  public var description: String {
    let because = code.map { "\(reason) (\($0))" } ?? reason
    let sentence = "\(side): \(attempt): \(because)"
    return mend.map { "\(sentence); \($0)" } ?? sentence
  }
}
