import Model
import Transport

/// What a refused call, or a refused part of a batch, says of itself.
///
/// Codes are compared without regard to case, and may be missing. Source: Dataverse Web API, compose
/// HTTP requests and handle errors.
struct ServiceAnswer: Hashable, Sendable {
  var status: Int
  /// In lower case, as in `0x80040217`; `nil` where the answer has none.
  var code: String?
  var message: String
  var requestID: String?
  var retryAfter: Duration?

  init(_ response: HTTPResponse) {
    status = response.status
    let error = (try? JSON(parsing: response.body))?["error"]
    code = error?["code"]?.string.flatMap { $0.isEmpty ? nil : $0.lowercased() }
    message = error?["message"]?.string ?? ""
    requestID = Self.requestID(of: response)
    retryAfter = response.retryAfter
  }

  /// The service's own name of the call.
  static func requestID(of response: HTTPResponse) -> String? {
    response[header: "x-ms-service-request-id"] ?? response[header: "REQ_ID"]
  }

  /// Certainly not carried out, and the very same call may succeed later.
  ///
  /// Throttling, a lock that was not obtained, a governor that turned the call away, a solution that
  /// is being imported (a 400 that passes).
  var isPostponement: Bool {
    switch code {
    case "0x80072321", "0x80072322", "0x80072324", "0x80072326", "0x8005f103", "0x80060308",
      "0x80044339", "0x8004a001", "0x80071151", "0x80048543", "0x8004a104":
      true
    default: status == 429
    }
  }
}
