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
  /// Whether the call changes something, so that a lost answer leaves its outcome unknown.
  var isWrite: Bool

  enum Body: Hashable, Sendable {
    case none
    case form([Parameter])
    case json([UInt8])
  }

  /// A plain read.
  static func read(_ path: String, _ query: [Parameter] = [], attempt: String) -> Call {
    Call(method: "GET", path: path, query: query, body: .none, attempt: attempt, isWrite: false)
  }

  /// A read whose parameters are too long for a URL (8 KB): Marketo takes them as a form.
  static func longRead(_ path: String, _ form: [Parameter], attempt: String) -> Call {
    Call(
      method: "POST", path: path, query: [Parameter("_method", "GET")], body: .form(form),
      attempt: attempt, isWrite: false)
  }

  /// A write with a JSON body.
  static func write(_ path: String, _ body: JSON, attempt: String) -> Call {
    Call(
      method: "POST", path: path, query: [], body: .json(body.encoded()), attempt: attempt,
      isWrite: true)
  }

  /// The request as it is sent to the subscription at `url`.
  func request(to url: String, token: String) -> HTTPRequest {
    var headers = [
      HTTPRequest.Header("Accept", "application/json"),
      HTTPRequest.Header("Authorization", "Bearer \(token)"),
    ]
    let address = query.isEmpty ? url + path : "\(url)\(path)?\(query.encoded)"
    switch body {
    case .none: return HTTPRequest(method, address, headers: headers)
    case .form(let parameters):
      headers.append(HTTPRequest.Header("Content-Type", "application/x-www-form-urlencoded"))
      return HTTPRequest(method, address, headers: headers, body: Array(parameters.encoded.utf8))
    case .json(let bytes):
      headers.append(HTTPRequest.Header("Content-Type", "application/json"))
      return HTTPRequest(method, address, headers: headers, body: bytes)
    }
  }
}
