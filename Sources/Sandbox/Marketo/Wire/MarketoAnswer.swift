/// What a call answers when it succeeds: the parts of the envelope beside the request's id.
struct MarketoAnswer: Hashable, Sendable {
  /// The records; `nil` where the envelope has no `result`.
  var result: [MarketoJSON]?
  var nextPageToken: String?
  var moreResult: Bool?

  /// An answer that says only that it worked.
  static let done = MarketoAnswer()

  /// An answer of records without pages.
  static func result(_ records: [MarketoJSON]) -> MarketoAnswer { .init(result: records) }

  /// The envelope, its members in the order in which Marketo writes them.
  func envelope(requestID: String) -> MarketoJSON {
    var members: [MarketoJSON.Member] = [.init(key: "requestId", value: .string(requestID))]
    if let result { members.append(.init(key: "result", value: .array(result))) }
    members.append(.init(key: "success", value: .bool(true)))
    if let nextPageToken {
      members.append(.init(key: "nextPageToken", value: .string(nextPageToken)))
    }
    if let moreResult { members.append(.init(key: "moreResult", value: .bool(moreResult))) }
    return .object(members)
  }
}

extension MarketoFailure {
  /// The envelope of a call that failed as a whole.
  func envelope(requestID: String) -> MarketoJSON {
    .members([
      "requestId": .string(requestID), "success": .bool(false), "errors": .array([json]),
    ])
  }
}
