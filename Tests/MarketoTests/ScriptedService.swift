import Model
import Testing
import Transport

/// Answers each path with the replies that a test wrote for it, in order, and keeps what was asked.
actor ScriptedService: HTTPExchange {
  enum Reply: Sendable {
    case answer(HTTPResponse)
    case failure(TransportFailure)

    static func json(_ text: String, status: Int = 200) -> Reply {
      .answer(HTTPResponse(status: status, body: Array(text.utf8)))
    }

    /// A successful answer, given at 2026-11-20T08:00:00Z.
    static func done(_ members: String) -> Reply {
      json(
        #"{"requestId":"1a#1a1f7f83000","success":true\#(members.isEmpty ? "" : ",")\#(members)}"#)
    }

    static func result(_ items: String) -> Reply { done(#""result":[\#(items)]"#) }

    static func error(_ code: Int, _ message: String = "") -> Reply {
      json(
        #"{"requestId":"e1#1a1f7f83000","success":false,"#
          + #""errors":[{"code":"\#(code)","message":"\#(message)"}]}"#)
    }

    static func token(_ text: String, seconds: Int = 3599) -> Reply {
      json(
        #"{"access_token":"\#(text)","token_type":"bearer","expires_in":\#(seconds),"#
          + #""scope":"sync@example.test"}"#)
    }

    /// What a gateway says in place of the service.
    static func page(status: Int, headers: [HTTPRequest.Header] = []) -> Reply {
      .answer(
        HTTPResponse(status: status, headers: headers, body: Array("<html>sorry</html>".utf8)))
    }
  }

  private var script: [String: [Reply]]
  private(set) var requests: [HTTPRequest] = []
  private(set) var mostAtOnce = 0
  private var running = 0

  init(_ script: [String: [Reply]] = [:]) { self.script = script }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    running += 1
    defer { running -= 1 }
    mostAtOnce = max(mostAtOnce, running)
    requests.append(request)
    await Task.yield()
    switch reply(to: path(of: request)) {
    case .answer(let response): return response
    case .failure(let failure): throw failure
    }
  }

  /// Every request but those for tokens and descriptions: method, path with query, and body.
  var calls: [String] {
    requests.filter { !standing(path(of: $0)) }.map { request in
      let url = String(request.url.dropFirst(Fixture.url.count))
      let body = request.body.map { " " + String(decoding: $0, as: UTF8.self) } ?? ""
      return "\(request.method) \(url)\(body)"
    }
  }

  /// How often a path was asked.
  func count(_ path: String) -> Int { requests.filter { self.path(of: $0) == path }.count }

  private func path(of request: HTTPRequest) -> String {
    String(request.url.dropFirst(Fixture.url.count).prefix { $0 != "?" })
  }

  private func standing(_ path: String) -> Bool {
    path.hasPrefix("/identity") || path.contains("/describe")
  }

  private func reply(to path: String) -> Reply {
    if var replies = script[path] {
      guard !replies.isEmpty else { return unexpected(path) }
      let reply = replies.removeFirst()
      script[path] = replies
      return reply
    }
    return Fixture.standing[path] ?? unexpected(path)
  }

  private func unexpected(_ path: String) -> Reply {
    Issue.record("nothing was scripted for \(path)")
    return .page(status: 404)
  }
}
