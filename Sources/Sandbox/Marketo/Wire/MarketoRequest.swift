import Hummingbird

/// One call as it came in, read once and kept as values.
struct MarketoRequest: Hashable, Sendable {
  /// The method that counts: `GET` for a call that was tunnelled through `POST`.
  let method: String
  /// The path without dot segments and doubled slashes.
  let path: String
  /// The parameters of the query and of a form body.
  let parameters: MarketoForm
  let contentType: String
  let body: [UInt8]
  /// The bearer token; `nil` where the header is missing or another scheme.
  let bearer: String?
  /// The length of path and query as they were sent.
  let targetLength: Int

  /// Reads a call, its body up to a limit.
  ///
  /// Throws where the body is larger; the caller answers 413.
  init(_ request: Request, bodyLimit: Int) async throws {
    var request = request
    let buffer = try await request.collectBody(upTo: bodyLimit)
    self.init(
      method: request.method.rawValue, target: request.uri.string,
      contentType: request.headers[.contentType] ?? "", body: Array(buffer.readableBytesView),
      authorization: request.headers[.authorization])
  }

  /// Reads a call from its parts.
  init(
    method: String, target: String, contentType: String, body: [UInt8], authorization: String?
  ) {
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var form = MarketoForm(reading: halves.count == 2 ? halves[1] : "")
    if contentType.lowercased().hasPrefix("application/x-www-form-urlencoded") {
      form.pairs += MarketoForm(reading: String(decoding: body, as: UTF8.self)).pairs
    }
    let tunnelled = form["_method"]?.uppercased()
    self.method = method == "POST" && tunnelled == "GET" ? "GET" : method
    path = Self.normalised(halves.first ?? "")
    parameters = form
    self.contentType = contentType.lowercased()
    self.body = body
    bearer = authorization.flatMap(Self.bearer)
    targetLength = target.utf8.count
  }

  /// Whether the body says that it is JSON.
  var hasJSON: Bool { contentType.hasPrefix("application/json") }

  private static func normalised(_ path: some StringProtocol) -> String {
    var segments: [Substring] = []
    for segment in String(path).split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    return "/" + segments.joined(separator: "/")
  }

  private static func bearer(_ header: String) -> String? {
    let words = header.split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
    return String(words[1])
  }
}
