import Model
import Transport

/// A successful answer: every endpoint of the REST API wraps its result in the same members.
struct Envelope: Hashable, Sendable {
  /// `<hex>#<hex milliseconds>`; Marketo's support asks for it.
  var requestID: String?
  /// Empty where the member is missing, as on an empty page of activities.
  var result: [JSON] = []
  var nextPageToken: String?
  var moreResult: Bool?

  /// The server's own time of the answer, from the right half of the request id.
  var serverTime: Instant? {
    guard let halves = requestID?.split(separator: "#"), halves.count == 2,
      let milliseconds = Int64(halves[1], radix: 16), milliseconds > 0
    else { return nil }
    return Instant(seconds: milliseconds / 1000)
  }

  /// The token of the next page of a list that is paged by position; `nil` on the last page.
  ///
  /// A last page has no token; some endpoints say so in `moreResult` instead.
  var nextPosition: String? { moreResult == false ? nil : nextPageToken }
}

/// Why the service carried out nothing of a call, or did not say what it did.
struct Refusal: Hashable, Sendable {
  /// The service's own code, or the HTTP status of an answer without one.
  var code: String
  /// The service's own words; they may quote a person's data.
  var message = ""
  var requestID: String?
  /// How long the gateway asked to wait.
  var retryAfter: Duration?

  var treatment: Treatment { Treatment(code: code, message: message) }
}

/// What came back: the one thing that `success` decides.
enum Answer: Hashable, Sendable {
  case done(Envelope)
  case refused(Refusal)

  /// Errors of the REST API come with HTTP status 200; any other body is the gateway's.
  init(_ response: HTTPResponse) {
    guard let json = try? JSON(parsing: response.body), let isSuccess = json["success"]?.boolean
    else {
      self = .refused(Refusal(code: String(response.status), retryAfter: response.retryAfter))
      return
    }
    let requestID = json["requestId"]?.string
    if isSuccess {
      let token = json["nextPageToken"]?.string
      self = .done(
        Envelope(
          requestID: requestID, result: json["result"]?.array ?? [],
          nextPageToken: token == "" ? nil : token, moreResult: json["moreResult"]?.boolean))
    } else {
      let error = json["errors"]?.array?.first
      self = .refused(
        Refusal(
          code: error?["code"]?.plainText ?? "", message: error?["message"]?.string ?? "",
          requestID: requestID))
    }
  }
}

extension JSON {
  /// A string, number or truth as text: Marketo writes codes and ids in more than one way.
  var plainText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .decimal(let number): number.text
    case .boolean(let truth): truth ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
