import Testing

@testable import Transport

/// Calls with one real exchange, which is shut down at the end.
private func withExchange<T: Sendable>(
  _ body: (AsyncHTTPClientExchange) async throws -> T
) async throws -> T {
  let exchange = AsyncHTTPClientExchange(timeout: .seconds(20))
  do {
    let answer = try await body(exchange)
    try await exchange.shutdown()
    return answer
  } catch {
    try await exchange.shutdown()
    throw error
  }
}

@Test func `an answer comes back whole, whatever its status`() async throws {
  let server = try LoopbackServer(answers: [
    "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 5\r\n\r\nmoved"
  ])
  defer { server.close() }
  let answer = try await withExchange { exchange in
    try await exchange.send(
      HTTPRequest("POST", "http://127.0.0.1:\(server.port)/a?b=%2f", body: Array("hello".utf8)))
  }
  #expect(
    answer
      == HTTPResponse(
        status: 302,
        headers: [.init("Location", "http://127.0.0.1:1/"), .init("Content-Length", "5")],
        body: Array("moved".utf8)))
}

@Test func `a connection that breaks after the request left tells nothing of its outcome`()
  async throws
{
  let server = try LoopbackServer(answers: [""])
  defer { server.close() }
  let failure = await #expect(throws: TransportFailure.self) {
    try await withExchange { exchange in
      try await exchange.send(HTTPRequest("GET", "http://127.0.0.1:\(server.port)/"))
    }
  }
  #expect(failure?.kind == .noAnswer)
}

@Test func `where nobody listens, nothing was sent`() async throws {
  let server = try LoopbackServer(answers: [])
  server.close()
  let failure = await #expect(throws: TransportFailure.self) {
    try await withExchange { exchange in
      try await exchange.send(HTTPRequest("GET", "http://127.0.0.1:\(server.port)/"))
    }
  }
  #expect(failure?.kind == .notSent)
}

@Test func `an address that cannot be called is refused before anything is sent`() async throws {
  let failure = await #expect(throws: TransportFailure.self) {
    try await withExchange { exchange in try await exchange.send(HTTPRequest("GET", "nowhere")) }
  }
  #expect(failure?.kind == .notSent)
}
