/// One of Marketo's numbered errors, for a whole call or for one record of it.
struct MarketoFailure: Error, Hashable, Sendable {
  let code: Int
  let message: String

  init(_ code: Int, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The error as the services write it: the code as text.
  var json: MarketoJSON {
    .members(["code": .string(String(code)), "message": .string(message)])
  }

  /// Whether a call that ended so is charged to the daily quota ("Error codes": the starred codes
  /// are not).
  var isCharged: Bool { ![601, 602, 604, 605, 608, 611].contains(code) }
}

extension MarketoFailure {
  static let tokenInvalid = MarketoFailure(601, "Access token invalid")
  static let tokenExpired = MarketoFailure(602, "Access token expired")
  static let accessDenied = MarketoFailure(603, "Access denied")
  static let dailyQuota = MarketoFailure(607, "Daily quota reached")
  static let invalidJSON = MarketoFailure(609, "Invalid JSON")
  static let resourceNotFound = MarketoFailure(610, "Requested resource not found")
  static let systemError = MarketoFailure(611, "System error")
  static let contentType = MarketoFailure(612, "Invalid Content Type")
  static let leadNotFound = MarketoFailure(1004, "Lead not found")
  static let leadExists = MarketoFailure(1005, "Lead already exists")
  static let severalLeads = MarketoFailure(1007, "Multiple lead match lookup criteria")
  static let recordNotFound = MarketoFailure(1013, "Record not found")
  static let recordExists = MarketoFailure(1017, "Object already exists")
  static let crmEnabled = MarketoFailure(1018, "CRM Enabled")
  static let inUse = MarketoFailure(1022, "Object in use")
  static let duplicateInBatch = MarketoFailure(1036, "Duplicate object found in input")

  /// A call with a method that its path does not have.
  static func method(_ method: String) -> MarketoFailure {
    .init(605, "Request method '\(method)' not supported")
  }

  /// More calls than the window of 20 seconds allows.
  static func rate(_ limit: Int) -> MarketoFailure {
    .init(606, "Max rate limit '\(limit)' exceeded with in '20' secs")
  }

  /// More calls at one time than are allowed.
  static func concurrency(_ limit: Int) -> MarketoFailure {
    .init(615, "Concurrent access limit '\(limit)' reached")
  }

  /// A value that its field cannot hold.
  static func value(_ text: String, required type: String) -> MarketoFailure {
    .init(1001, "Invalid value '\(text)'. Required of type '\(type)'")
  }

  /// A parameter or key that must be given and is not.
  static func missing(_ name: String) -> MarketoFailure {
    .init(1002, "Missing value for the required parameter '\(name)'")
  }

  /// Input that is wrong for the reason that the message gives.
  static func invalid(_ message: String) -> MarketoFailure { .init(1003, message) }

  /// A field that does not exist, or that cannot be written.
  static func field(_ name: String) -> MarketoFailure { .init(1006, "Field '\(name)' not found") }

  /// A field that exists and is no key.
  static func lookup(_ name: String) -> MarketoFailure {
    .init(1011, "Lookup field '\(name)' not supported")
  }

  /// A page token that was not made here.
  static func pageToken(_ token: String) -> MarketoFailure {
    .init(1003, "Invalid token value: \(token)")
  }
}
