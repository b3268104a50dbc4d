import Transport

/// One request within a batch.
struct BatchPart: Hashable, Sendable {
  var method: String
  /// From the root of the host.
  var path: String
  var headers: [HTTPRequest.Header] = []
  var body: [UInt8]?
}

/// Requests in one call, each on its own: no change set, so that one that is refused stops no other.
///
/// Source: Dataverse Web API, execute batch operations.
enum BatchRequest {
  /// Lines of the bodies cannot begin like it: they are JSON documents on one line.
  static let boundary = "batch_dynsync"

  /// What the call itself says: how to read it, and that one refusal is no reason to stop.
  static let headers: [HTTPRequest.Header] = [
    .init("Content-Type", "multipart/mixed; boundary=\"\(boundary)\""),
    .init("Prefer", "odata.continue-on-error"),
  ]

  static func body(_ parts: [BatchPart]) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
      var lines = [
        "--\(boundary)", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "",
        "\(part.method) \(part.path) HTTP/1.1",
      ]
      lines += part.headers.map { "\($0.name): \($0.value)" }
      lines += ["", ""]
      bytes.append(contentsOf: lines.joined(separator: "\r\n").utf8)
      bytes.append(contentsOf: part.body ?? [])
      bytes.append(contentsOf: "\r\n".utf8)
    }
    bytes.append(contentsOf: "--\(boundary)--\r\n".utf8)
    return bytes
  }
}
