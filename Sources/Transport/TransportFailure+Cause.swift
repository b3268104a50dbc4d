import AsyncHTTPClient
import NIOCore

extension TransportFailure {
  /// Says what `error` means for a request that had, or had not, begun to leave.
  init(_ error: any Error, left: Bool) {
    let reason = Self.reason(for: error)
    guard left else {
      self.init(.notSent, reason: reason)
      return
    }
    let timeouts: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .writeTimeout]
    let isTimeout = (error as? HTTPClientError).map(timeouts.contains) ?? false
    self.init(isTimeout ? .timedOut : .noAnswer, reason: reason)
  }

  /// The reasons are dynsync's own words: the library's may quote an address.
  private static func reason(for error: any Error) -> String {
    switch error {
    case let error as HTTPClientError: reason(for: error)
    case let error as IOError: "the connection broke (error \(error.errnoCode))"
    case is CancellationError: "the call was cancelled"
    case is AnswerTooLarge: "the answer is too large"
    default: "no connection could be made (\(type(of: error)))"
    }
  }

  private static func reason(for error: HTTPClientError) -> String {
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout: "no connection in time"
    case .tlsHandshakeTimeout: "no secure connection in time"
    case .deadlineExceeded, .readTimeout, .writeTimeout: "no answer in time"
    case .remoteConnectionClosed: "the service closed the connection"
    case .cancelled: "the call was cancelled"
    default: "the call broke off (\(error.shortDescription))"
    }
  }
}
