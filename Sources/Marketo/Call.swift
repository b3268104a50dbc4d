import Transport

/// One call of the REST API before it is given a token.
struct Call: Hashable, Sendable {
  var method: String
  /// From `/rest` on.
  var path: String
  var query: [Parameter]
  var body: Body
  /// What is being done, in the words of an error: `could not read persons`.
  var attempt: String
  /// The permission that the API user's role needs for it.
  var permission: String
  /// Whether the call changes something, so that a lost answer leaves its outcome unknown.
  var isWrite: Bool
  /// The answer is metadata, which an earlier run may have been given already.
  var isKept = false

  enum Body: Hashable, Sendable {
    case none
    case form([Parameter])
    case json([UInt8])
  }

  /// A plain read.
  static func read(
    _ path: String, _ query: [Parameter] = [], attempt: String, permission: String
  ) -> Call {
    Call(
      method: "GET", path: path, query: query, body: .none, attempt: attempt,
      permission: permission, isWrite: false)
  }

  /// A read whose parameters may be too long for a URL (8 KB): Marketo takes them as a form.
  static func longRead(
    _ path: String, _ form: [Parameter], attempt: String, permission: String
  ) -> Call {
    Call(
      method: "POST", path: path, query: [Parameter("_method", "GET")], body: .form(form),
      attempt: attempt, permission: permission, isWrite: false)
  }

  /// A read by keys of more than one field, which only a JSON body can hold.
  static func keyedRead(
    _ path: String, _ body: [UInt8], attempt: String, permission: String
  ) -> Call {
    Call(
      method: "POST", path: path, query: [Parameter("_method", "GET")], body: .json(body),
      attempt: attempt, permission: permission, isWrite: false)
  }

  /// A write with a JSON body.
  static func write(_ path: String, _ body: [UInt8], attempt: String, permission: String) -> Call {
    Call(
      method: "POST", path: path, query: [], body: .json(body), attempt: attempt,
      permission: permission, isWrite: true)
  }

  /// Whether a JSON body is larger than the service takes: it must stay under 1 MB.
  var isTooLarge: Bool {
    if case .json(let bytes) = body { bytes.count > 1_000_000 } else { false }
  }

  /// The request as it is sent to the subscription.
  func request(to address: ServiceAddress, token: String) -> HTTPRequest {
    var headers: [HTTPRequest.Header] = [
      .init("Accept", "application/json"), .init("Authorization", "Bearer \(token)"),
    ]
    let url = address.text + path + (query.isEmpty ? "" : "?\(query.encoded)")
    switch body {
    case .none: return HTTPRequest(method, url, headers: headers)
    case .form(let parameters):
      headers.append(.init("Content-Type", "application/x-www-form-urlencoded"))
      return HTTPRequest(method, url, headers: headers, body: Array(parameters.encoded.utf8))
    case .json(let bytes):
      headers.append(.init("Content-Type", "application/json"))
      return HTTPRequest(method, url, headers: headers, body: bytes)
    }
  }
}
