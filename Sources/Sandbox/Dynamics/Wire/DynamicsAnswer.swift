/// One answer of the Web API, alone or as a part of a batch.
struct DynamicsAnswer: Sendable {
  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []
  /// The address of the row that was written, for references within a change set.
  var entity: String?

  /// An answer without a body.
  static func empty(_ status: Int = 204, _ headers: (String, String)...) -> DynamicsAnswer {
    DynamicsAnswer(status: status, headers: headers.map { ($0.0, $0.1) })
  }

  /// A JSON answer.
  static func json(
    _ bytes: [UInt8], status: Int = 200, headers: [(name: String, value: String)] = []
  ) -> DynamicsAnswer {
    let type = (name: "Content-Type", value: "application/json; odata.metadata=minimal")
    return DynamicsAnswer(status: status, headers: [type] + headers, body: bytes)
  }

  /// A JSON answer.
  static func json(_ value: DynamicsJSON, status: Int = 200) -> DynamicsAnswer {
    json(value.bytes, status: status)
  }

  /// The reason phrase that stands after the status in a batch part.
  static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 204: "No Content"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 412: "Precondition Failed"
    case 413: "Request Entity Too Large"
    case 414: "Request-URI Too Long"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    default: "Error"
    }
  }
}
