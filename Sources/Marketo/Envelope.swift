import Model
import Transport

/// A successful answer: every endpoint of the REST API wraps its result in the same members.
struct Envelope: Sendable {
  /// `<hex>#<hex milliseconds>`; Marketo's support asks for it.
  var requestID: String?
  /// Empty where the member is missing, as on an empty page of activities.
  var result: [JSON]
  var nextPageToken: String?
  var moreResult: Bool?

  /// The server's own time of the answer, from the right half of the request id.
  var serverTime: Instant? { requestID.flatMap(Self.serverTime(of:)) }

  /// Whether another page stands behind ``nextPageToken``, for lists that are paged by position.
  ///
  /// Their last page has no token; some endpoints say so in `moreResult` instead.
  var hasNextPage: Bool { nextPageToken != nil && moreResult != false }

  private static func serverTime(of requestID: String) -> Instant? {
    let halves = requestID.split(separator: "#", omittingEmptySubsequences: false)
    guard halves.count == 2, let milliseconds = Int64(halves[1], radix: 16), milliseconds > 0
    else { return nil }
    return Instant(seconds: milliseconds / 1000)
  }
}

/// Why the service carried out nothing of a call.
struct Refusal: Hashable, Sendable {
  var code: String
  /// The service's own words; they may quote a person's data.
  var message: String
  var requestID: String?
}

/// What came back: the one thing that `success` decides.
enum Answer: Sendable {
  case done(Envelope)
  case refused(Refusal)

  /// Reads an answer's body; `nil` if it is not one of the REST API's.
  init?(_ body: [UInt8]) {
    guard let json = try? JSON(parsing: body), case .boolean(let isSuccess)? = json["success"]
    else { return nil }
    let requestID = json["requestId"]?.string
    if isSuccess {
      self = .done(
        Envelope(
          requestID: requestID, result: json["result"]?.array ?? [],
          nextPageToken: json["nextPageToken"]?.string.flatMap { $0.isEmpty ? nil : $0 },
          moreResult: json["moreResult"]?.boolean))
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
  /// A string or a number as text: Marketo writes codes and ids both ways.
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
