/// Who changed a person, in the words that the activity log has for it.
struct MarketoAuthor: Hashable, Sendable {
  let source: String
  let reason: String

  /// A program over the REST API, whichever user it is.
  static let api = MarketoAuthor(source: "Web service API", reason: "Web service API")
  /// A marketer at the screen, or a form that a visitor filled in.
  static let marketer = MarketoAuthor(source: "Web form fillout", reason: "Manual")
  /// A merge that was asked for by API.
  static let merge = MarketoAuthor(source: "Web service API", reason: "Merge leads")
  /// The standing of an e-mail address, carried to all who have the address.
  static let durableUnsubscribe = MarketoAuthor(
    source: "Email address status", reason: "Durable unsubscribe")
  /// The service itself, in consequence of another change.
  static let system = MarketoAuthor(source: "System", reason: "Email address changed")
}
