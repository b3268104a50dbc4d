/// A refusal, as the Web API words it.
struct DynamicsFailure: Error, Sendable {
  var status: Int
  var code: String
  var message: String
  var headers: [(name: String, value: String)] = []

  init(_ status: Int, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// The answer that carries this refusal.
  ///
  /// The additional members stand in it where the caller asked for their annotations. A refused
  /// token is answered without a body.
  func answer(_ preferences: DynamicsPreferences) -> DynamicsAnswer {
    if status == 401 { return DynamicsAnswer(status: 401, headers: headers) }
    var members: [DynamicsJSON.Member] = [
      .init("code", .string(code)), .init("message", .string(message)),
    ]
    let extras: [(String, String)] = [
      ("@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus", "0"),
      ("@Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionHttpStatusCode", String(status)),
      ("@Microsoft.PowerApps.CDS.HelpLink", "http://go.microsoft.com/fwlink/?LinkID=398563"),
      ("@Microsoft.PowerApps.CDS.TraceText", ""),
    ]
    for extra in extras where preferences.annotations.includes(String(extra.0.dropFirst())) {
      members.append(.init(extra.0, .string(extra.1)))
    }
    let body: DynamicsJSON = ["error": .object(members)]
    return .json(body.bytes, status: status, headers: headers)
  }
}
