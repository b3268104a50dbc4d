import Synchronization
import Transport

/// A service that answers as a test says, and remembers what it was asked.
///
/// An answer stands under the beginning of `METHOD path?query`; the longest that fits is taken, and of
/// several answers under one name each is given once and the last for ever. A batch of reads is
/// answered part by part.
final class ScriptedExchange: HTTPExchange {
  enum Answer: Sendable {
    case response(HTTPResponse)
    case failure(TransportFailure)

    static func json(_ status: Int, _ text: String, _ headers: [String: String] = [:]) -> Answer {
      var all = headers
      all["Content-Type"] = all["Content-Type"] ?? "application/json"
      return .response(
        HTTPResponse(
          status: status,
          headers: all.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) },
          body: Array(text.utf8)))
    }

    static func error(
      _ status: Int, _ code: String, _ message: String = "no", _ headers: [String: String] = [:]
    ) -> Answer {
      json(status, #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#, headers)
    }
  }

  private struct State {
    var answers: [String: [Answer]]
    var requests: [HTTPRequest] = []
  }

  private let state: Mutex<State>

  init(_ answers: [String: [Answer]]) {
    state = Mutex(State(answers: answers))
  }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  /// `METHOD path?query` of the calls so far, but for sign-ins and metadata.
  var calls: [String] {
    requests.filter { !$0.text.contains("EntityDefinitions") }.map(Self.name).filter {
      !$0.contains("/token") && !$0.contains("EntityDefinitions")
    }
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    state.withLock { $0.requests.append(request) }
    let reads = Self.reads(in: request)
    guard reads.isEmpty else {
      return try Self.batch(reads.map { try response(to: "GET \($0)") })
    }
    return try response(to: Self.name(of: request))
  }

  private func response(to name: String) throws -> HTTPResponse {
    let answer = state.withLock { state -> Answer in
      let fitting = state.answers.keys.filter { name.hasPrefix($0) }
      guard let key = fitting.max(by: { $0.count < $1.count }),
        let first = state.answers[key]?.first
      else { return .error(404, "0x80060888", "Resource not found for the segment '\(name)'.") }
      if (state.answers[key]?.count ?? 0) > 1 { state.answers[key]?.removeFirst() }
      return first
    }
    switch answer {
    case .response(let response): return response
    case .failure(let failure): throw failure
    }
  }

  /// The paths of the reads in a batch.
  static func reads(in request: HTTPRequest) -> [String] {
    guard request.url.hasSuffix("/$batch") else { return [] }
    return request.text.split(separator: "\r\n").compactMap { line in
      line.wholeMatch(of: /GET \/api\/data\/v9\.2\/(?<path>\S+) HTTP\/1\.1/).map { String($0.path) }
    }
  }

  private static func batch(_ parts: [HTTPResponse]) -> HTTPResponse {
    let lines = parts.flatMap { part in
      [
        "--batchresponse_0c", "Content-Type: application/http", "",
        "HTTP/1.1 \(part.status) Status", "Content-Type: application/json", "",
        String(decoding: part.body, as: UTF8.self),
      ]
    }
    return HTTPResponse(
      status: 200,
      headers: [.init("Content-Type", "multipart/mixed; boundary=batchresponse_0c")],
      body: Array((lines + ["--batchresponse_0c--", ""]).joined(separator: "\r\n").utf8))
  }

  private static func name(of request: HTTPRequest) -> String {
    let rest = request.url.split(separator: "//", maxSplits: 1).last ?? ""
    return "\(request.method) /\(rest)"
      .replacing("/orgacme.crm4.dynamics.com/api/data/v9.2/", with: "")
  }
}

extension HTTPRequest {
  var text: String { String(decoding: body ?? [], as: UTF8.self) }

  subscript(header name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
