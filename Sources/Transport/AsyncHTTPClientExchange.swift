import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The real exchange: HTTP/1.1 over TLS by async-http-client.
///
/// It keeps no cookies (so that a load balancer may spread the calls), follows no redirects (so that
/// a token never leaves for another host) and repeats nothing. Its owner calls ``shutdown()`` once
/// all calls are over.
public struct AsyncHTTPClientExchange: HTTPExchange {
  private let client: HTTPClient
  private let timeout: Duration

  /// - Parameters:
  ///   - timeout: how long a whole call may take, from the first byte out to the last byte in.
  ///   - connectTimeout: how long making a connection may take.
  ///   - connections: how many connections are kept to one host.
  public init(
    timeout: Duration, connectTimeout: Duration = .seconds(10), connections: Int = 16
  ) {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: connectTimeout.timeAmount),
      decompression: .enabled(limit: .size(Self.largestAnswer)))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    self.timeout = timeout
  }

  static let largestAnswer = 256 << 20

  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let collector = ResponseCollector(limit: Self.largestAnswer)
    guard let sent = try? HTTPClient.Request(request) else {
      throw TransportFailure(.notSent, reason: "the address is not one that can be called")
    }
    let call = client.execute(
      request: sent, delegate: collector, deadline: .now() + timeout.timeAmount)
    do {
      return try await withTaskCancellationHandler {
        try await call.get()
      } onCancel: {
        call.cancel()
      }
    } catch {
      throw TransportFailure(error, left: collector.hasLeft)
    }
  }

  /// Closes the connections; a call after it is a programming error.
  public func shutdown() async throws { try await client.shutdown() }
}

extension HTTPClient.Request {
  fileprivate init(_ request: HTTPRequest) throws {
    var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
    headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip, deflate")
    try self.init(
      url: request.url, method: HTTPMethod(rawValue: request.method), headers: headers,
      body: request.body.map { .bytes($0) })
  }
}

extension Duration {
  /// Rounded down to the millisecond.
  fileprivate var timeAmount: TimeAmount {
    .milliseconds(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
