import Hummingbird

/// The HTTP answers: JSON under status 200, and the gateway's pages for all others.
enum MarketoPage {
  /// An answer of JSON.
  static func response(
    _ json: MarketoJSON, status: HTTPResponse.Status = .ok
  ) -> Response {
    Response(
      status: status,
      headers: [.contentType: "application/json;charset=UTF-8", .vary: "Accept-Encoding"],
      body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
  }

  /// A page as the gateway in front of the service writes it.
  static func response(_ status: HTTPResponse.Status) -> Response {
    let title = "\(status.code) \(status.reasonPhrase)"
    return Response(
      status: status, headers: [.contentType: "text/html"],
      body: .init(
        byteBuffer: ByteBuffer(
          string: "<html><head><title>\(title)</title></head><body>\(title)</body></html>")))
  }

  /// The page of a status that is known by its number alone.
  static func response(code: Int) -> Response {
    let named: [HTTPResponse.Status] = [
      .internalServerError, .badGateway, .serviceUnavailable, .gatewayTimeout,
    ]
    return response(named.first { $0.code == code } ?? .init(code: code))
  }
}
