import GRDB
import HTTPTypes
import Hummingbird
import NIOCore

extension DynamicsService {
  /// The most bytes that a body may have.
  private static let bodyLimit = 120_000_000

  /// Answers one HTTP request to the Web API.
  func respond(to request: Request) async throws -> Response {
    let number = limits.nextRequest()
    let requestID = DynamicsGUID.made(from: number, kind: 5)
    let words = request.uri.path.split(separator: "/", omittingEmptySubsequences: false)
    var answer: DynamicsAnswer
    var remaining = DynamicsLimits.requests
    if words.count > 3, words[3].hasPrefix("v9.") {
      let root = "http://\(request.head.authority ?? SandboxServer.host)"
      let target = Target(
        root: root, base: "\(root)/api/data/\(words[3])",
        path: words.dropFirst(4).joined(separator: "/"))
      (answer, remaining) = try await answered(request, target)
    } else {
      answer = DynamicsFailure.segment(String(words.dropFirst(3).first ?? "data"))
        .answer(DynamicsPreferences(nil))
    }
    guard answer.status > 0 else { return Self.hangUp }
    answer.headers += [
      ("OData-Version", "4.0"), ("REQ_ID", requestID), ("x-ms-service-request-id", requestID),
      ("x-ms-dop-hint", "4"), ("Cache-Control", "no-cache"),
      ("x-ms-ratelimit-burst-remaining-xrm-requests", String(max(0, remaining))),
      ("x-ms-ratelimit-time-remaining-xrm-requests", "1,200.00"),
    ]
    return response(answer)
  }

  /// An answer as Hummingbird sends it.
  func response(_ answer: DynamicsAnswer) -> Response {
    var headers = HTTPFields()
    for header in answer.headers {
      guard let name = HTTPField.Name(header.name) else { continue }
      headers.append(HTTPField(name: name, value: header.value))
    }
    return Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: answer.body.isEmpty
        ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }

  /// Where a request went.
  private struct Target {
    var root: String
    var base: String
    var path: String
  }

  /// The connection ends in the middle of an answer.
  private struct Disconnection: Error {}

  private static var hangUp: Response {
    Response(
      status: .ok, body: ResponseBody(contentLength: 1) { _ in throw Disconnection() })
  }

  private func answered(_ request: Request, _ target: Target) async throws
    -> (DynamicsAnswer, Int)
  {
    let headers = Self.headers(request)
    let preferences = DynamicsPreferences(headers["prefer"])
    let token = headers["authorization"].map { String($0.drop { $0 != " " }.dropFirst()) } ?? ""
    let caller = String(token.split(separator: ".").dropFirst().first ?? "")
    var remaining = 0
    do {
      remaining = try limits.enter(caller, now: now())
      defer { limits.leave(caller) }
      let body: ByteBuffer
      do {
        body = try await request.body.collect(upTo: Self.bodyLimit)
      } catch is NIOTooManyBytesError {
        throw DynamicsFailure(413, "0x80060888", "The request is too large.")
      }
      let call = DynamicsCall(
        method: request.method.rawValue, path: target.path, query: request.uri.query ?? "",
        headers: headers, body: Array(body.readableBytesView))
      return (try await perform(call, token, target), remaining)
    } catch let failure as DynamicsFailure {
      return (failure.answer(preferences), remaining)
    }
  }

  private func perform(
    _ call: DynamicsCall, _ token: String, _ target: Target
  ) async throws -> DynamicsAnswer {
    let isOrdered = try await database.read { DynamicsFault.isOrdered(try SandboxSettings.all($0)) }
    let fault =
      isOrdered
      ? try await database.write { try DynamicsFault.take(for: call, inBatch: false, $0) } : nil
    if let fault, !fault.isApplied { throw fault.failure }
    let second = now()
    let access = DynamicsAccess(token: token, root: target.root)
    let answer: DynamicsAnswer
    if call.method == "GET" {
      answer = try await database.read { db in
        let caller = try access.caller(call, now: second, db)
        let rows = DynamicsRows(db: db, now: second)
        return try DynamicsSession(rows: rows, caller: caller, base: target.base).respond(to: call)
      }
    } else {
      answer = try await database.write { db in
        let caller = try access.caller(call, now: second, db)
        let rows = DynamicsRows(db: db, now: second)
        let session = DynamicsSession(rows: rows, caller: caller, base: target.base)
        guard DynamicsPercent.decoded(call.path) == "$batch" else {
          return try session.respond(to: call)
        }
        return try session.batch(
          call,
          fault: { part in try DynamicsFault.take(for: part, inBatch: true, db)?.failure },
          identify: { DynamicsGUID.made(from: limits.nextRequest(), kind: 5) })
      }
    }
    if let fault { throw fault.failure }
    return answer
  }

  /// Header values under lower-case names; those of one name are joined.
  private static func headers(_ request: Request) -> [String: String] {
    var headers: [String: String] = [:]
    for field in request.headers {
      headers[field.name.canonicalName, default: ""] +=
        headers[field.name.canonicalName] == nil ? field.value : ", " + field.value
    }
    return headers
  }
}
