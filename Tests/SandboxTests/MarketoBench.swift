import AsyncHTTPClient
import GRDB
import Hummingbird
import Logging
import NIOCore
import Synchronization
import Testing

@testable import Sandbox

/// A Marketo sandbox on a port of its own, its clock in the test's hands.
struct MarketoBench: Sendable {
  let service: MarketoService
  let clock: TestClock
  let port: Int
  let token: String

  /// One HTTP answer.
  struct Answer: Sendable, Equatable {
    var status: Int
    /// The body, without the id of the request.
    var text: String

    var json: MarketoJSON? { MarketoJSON(reading: text) }
  }

  /// Seconds that stand still until the test moves them.
  final class TestClock: Sendable {
    private let seconds: Mutex<Int64>

    init(_ start: Int64) { seconds = Mutex(start) }

    var now: Int64 { seconds.withLock { $0 } }

    func advance(_ step: Int64) { seconds.withLock { $0 += step } }
  }

  static let start: Int64 = 1_795_161_600

  /// Runs a test against a fresh sandbox over loopback.
  static func run(
    database: (any DatabaseWriter)? = nil,
    _ test: @escaping @Sendable (MarketoBench) async throws -> Void
  ) async throws {
    let database = try database ?? DatabaseQueue()
    try await database.write { try MarketoService.createTables($0) }
    let clock = TestClock(start)
    let service = MarketoService(database: database, now: { clock.now })
    let router = Router()
    service.addRoutes(to: router)
    let (ports, report) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let app = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        report.yield(channel.localAddress?.port ?? 0)
        report.finish()
      }, logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await app.run() }
      for await port in ports {
        let stranger = MarketoBench(service: service, clock: clock, port: port, token: "")
        let token = try await stranger.newToken()
        try await test(MarketoBench(service: service, clock: clock, port: port, token: token))
      }
      group.cancelAll()
    }
  }

  /// A token from the identity service.
  func newToken() async throws -> String {
    let answer = try await send(
      "GET",
      "/identity/oauth/token?grant_type=client_credentials&client_id=\(MarketoAccount.clientID)"
        + "&client_secret=\(MarketoAccount.clientSecret)", token: nil)
    return answer.json?["access_token"]?.text ?? ""
  }

  func get(_ target: String) async throws -> String {
    try await send("GET", target, token: token).text
  }

  func post(_ target: String, _ body: String) async throws -> String {
    try await send("POST", target, body: body, token: token).text
  }

  /// A `GET` tunnelled through a form.
  func form(_ target: String, _ body: String) async throws -> String {
    try await send(
      "POST", target, body: body, type: "application/x-www-form-urlencoded", token: token
    ).text
  }

  func set(_ settings: String) async throws {
    let answer = try await send("POST", "/sandbox/marketo/settings", body: settings, token: nil)
    #expect(answer.status == 200, "\(answer.text)")
  }

  func edit(_ record: String) async throws -> String {
    try await send("POST", "/sandbox/marketo/edit", body: record, token: nil).text
  }

  func send(
    _ method: String, _ target: String, body: String? = nil, type: String? = "application/json",
    token: String?
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(target)")
    request.method = .RAW(value: method)
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    if let body {
      if let type { request.headers.add(name: "Content-Type", value: type) }
      request.body = .bytes(ByteBuffer(string: body))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    let bytes = try await response.body.collect(upTo: 32 << 20)
    return Answer(
      status: Int(response.status.code), text: Self.withoutID(String(buffer: bytes)))
  }

  /// The activities of some kinds since the start, each as kind, person, field and values.
  func log(_ types: String = "12,13,22,32,37,100") async throws -> [String] {
    let since = try await get(
      "/rest/v1/activities/pagingtoken.json?sinceDatetime=2026-11-01T00:00:00Z")
    let token = MarketoJSON(reading: since)?["nextPageToken"]?.text ?? ""
    let page = try await form(
      "/rest/v1/activities.json?_method=GET", "nextPageToken=\(token)&activityTypeIds=\(types)")
    let rows = MarketoJSON(reading: page)?["result"]?.elements ?? []
    return rows.map { row in
      var line = "\(row["activityTypeId"]?.jsonText ?? "") \(row["leadId"]?.jsonText ?? "")"
      if let name = row["primaryAttributeValue"]?.text { line += " \(name)" }
      for attribute in row["attributes"]?.elements ?? [] {
        let value = attribute["value"]
        line += " | \(attribute["name"]?.text ?? "")=\(value?.text ?? value?.jsonText ?? "")"
      }
      return line
    }
  }

  /// Text that was written over several lines, as the one line that it stands for.
  static func unfolded(_ text: String) -> String { text.split(separator: "\n").joined() }

  private static func withoutID(_ text: String) -> String {
    guard let start = text.firstRange(of: #""requestId":""#),
      let end = text[start.upperBound...].firstRange(of: #"","#)
    else { return text }
    return String(text[..<start.lowerBound]) + String(text[end.upperBound...])
  }
}
