import AsyncHTTPClient
import NIOCore
import Synchronization

@testable import Sandbox

/// A sandbox on a free port for the length of one test, and a client that is signed in.
struct DynamicsBox: Sendable {
  let port: Int
  let service: DynamicsService
  let clock: BoxClock
  let client: HTTPClient
  var token = ""

  /// One answer with its body read.
  struct Answer: Sendable {
    var status: Int
    var headers: [String: String]
    var bytes: [UInt8]

    /// The body as JSON; null where it is none.
    var json: DynamicsJSON { (try? DynamicsJSON(parsing: bytes)) ?? .null }

    /// The body as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The error's code and message.
    var failure: [String?] { [json["error"]?["code"]?.string, json["error"]?["message"]?.string] }
  }

  /// Starts a sandbox, signs in with the application's secret and runs the test.
  static func run(
    state: SandboxState? = nil, _ test: @escaping @Sendable (DynamicsBox) async throws -> Void
  ) async throws {
    let state = try state ?? SandboxState()
    let clock = BoxClock()
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let server = SandboxServer(
      state: state, port: 0, now: { clock.now }, onRunning: { continuation.yield($0) })
    let service = DynamicsService(database: state.database, now: { clock.now })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      group.addTask {
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { return }
        var box = DynamicsBox(port: port, service: service, clock: clock, client: .shared)
        box.token = try await box.signIn()
        try await test(box)
      }
      try await group.next()
      group.cancelAll()
      do { try await group.waitForAll() } catch is CancellationError {}
    }
  }

  /// The Web API's address.
  var base: String { "http://127.0.0.1:\(port)/api/data/v9.2" }

  /// A new access token of the application.
  func signIn() async throws -> String {
    let answer = try await login("client_credentials")
    return answer.json["access_token"]?.string ?? ""
  }

  /// Asks the login service for a token; `fields` add to or replace the usual form.
  func login(
    _ grant: String, tenant: String = "sandbox", _ fields: [String: String?] = [:]
  ) async throws -> Answer {
    var form: [String: String?] = [
      "grant_type": grant, "client_id": "sandbox", "client_secret": "sandbox",
      "scope": "http://127.0.0.1:\(port)/.default",
    ]
    form.merge(fields) { _, new in new }
    let body = form.compactMap { name, value in
      value.map { "\(name)=\(DynamicsPercent.encoded($0))" }
    }
    .joined(separator: "&")
    return try await raw(
      "POST", "http://127.0.0.1:\(port)/\(tenant)/oauth2/v2.0/token",
      ["Content-Type": "application/x-www-form-urlencoded"], Array(body.utf8))
  }

  /// Sends a signed request to a path behind the Web API's address, or to an absolute address.
  func send(
    _ method: String, _ path: String, _ headers: [String: String] = [:],
    _ body: DynamicsJSON? = nil
  ) async throws -> Answer {
    var headers = headers
    if headers["Authorization"] == nil { headers["Authorization"] = "Bearer \(token)" }
    if body != nil { headers["Content-Type"] = "application/json" }
    let url = path.hasPrefix("http") ? path : "\(base)/\(path)"
    return try await raw(method, url, headers, body?.bytes)
  }

  /// Reads a path.
  func get(_ path: String, prefer: String? = nil) async throws -> Answer {
    try await send("GET", path, prefer.map { ["Prefer": $0] } ?? [:])
  }

  /// Sets switches of the sandbox.
  @discardableResult
  func set(_ settings: DynamicsJSON) async throws -> Answer {
    try await raw(
      "POST", "http://127.0.0.1:\(port)/sandbox/settings", [:], settings.bytes)
  }

  /// Sends a request as it is.
  func raw(
    _ method: String, _ url: String, _ headers: [String: String], _ body: [UInt8]? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: url)
    request.method = .init(rawValue: method)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
    let response = try await client.execute(request, timeout: .seconds(60))
    let bytes = try await response.body.collect(upTo: 200_000_000)
    var names: [String: String] = [:]
    for header in response.headers { names[header.name.lowercased()] = header.value }
    return Answer(
      status: Int(response.status.code), headers: names, bytes: Array(bytes.readableBytesView))
  }
}

/// A clock that stands still until it is moved.
final class BoxClock: Sendable {
  private let second = Mutex<Int64>(1_767_604_502)  // 2026-01-05T09:15:02Z

  /// Unix seconds.
  var now: Int64 { second.withLock { $0 } }

  /// Moves the clock forward.
  func advance(_ seconds: Int64) { second.withLock { $0 += seconds } }
}

/// A GUID that ends in a number.
func guid(_ number: Int) -> String {
  let digits = String(number)
  return "10000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
}
