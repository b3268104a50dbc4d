import Transport

/// One request to the organisation, before it has a token.
struct DynamicsCall: Sendable {
  var method = "GET"
  /// From the root of the host, already escaped.
  var path: String
  var headers: [HTTPRequest.Header] = []
  var body: [UInt8]?
  /// What the call is for, as errors begin: `could not read leads`.
  var attempt: String
  /// The call would change something.
  var isWrite = false
  /// The path is a link that the service gave earlier and may have forgotten.
  var isLink = false
  /// The service's words about the call may quote a person's data.
  var mayQuote = false
  /// The answer is metadata, which an earlier run may have been given already.
  var isKept = false
}
