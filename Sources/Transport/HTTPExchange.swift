/// One HTTP request in plain words, so that what is sent can be looked at in a test.
public struct HTTPRequest: Sendable, Hashable {
  public var method: String
  /// Absolute, already percent-encoded.
  public var url: String
  public var headers: [Header]
  public var body: [UInt8]?

  public struct Header: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public init(_ method: String, _ url: String, headers: [Header] = [], body: [UInt8]? = nil) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// A whole HTTP answer; header names compare without case.
public struct HTTPResponse: Sendable, Hashable {
  public var status: Int
  public var headers: [HTTPRequest.Header]
  public var body: [UInt8]

  public init(status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, in any case.
  public subscript(header name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// Carries one request to a service and its answer back; no retry, no token, no limit.
///
/// Every status is an answer. Throws ``TransportFailure`` where there was none.
public protocol HTTPExchange: Sendable {
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
}

/// A request that got no answer.
public struct TransportFailure: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The request never left: no connection could be made.
    case notSent
    /// The request left, or may have; what became of it is not known.
    case noAnswer
    /// As ``noAnswer``, after the deadline.
    case timedOut
  }

  public var kind: Kind
  /// Why, for people; without a URL's query, a header or a body.
  public var reason: String

  public init(_ kind: Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }
}
