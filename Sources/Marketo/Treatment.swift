/// What is to be done about a code by which the service refused a whole call.
///
/// From the REST API's table of error codes; what it does not list is unknown, and waiting may help.
/// Answers that are not the REST API's own come with their HTTP status for a code.
enum Treatment: Hashable, Sendable {
  /// The token is not or no longer known: get a new one and repeat once.
  case renewToken
  /// The subscription is busy, and the call was not carried out: wait at least so many seconds.
  case slowDown(seconds: Int64?)
  /// The day's calls are used up, until midnight in US Central time.
  case stopForToday
  /// The service could not do it now.
  ///
  /// `isCertain`: it was not carried out, so that even a write may be repeated.
  case backOff(isCertain: Bool)
  /// The role lacks a permission, or the address is not on the allow list.
  case denied
  /// Something about the subscription or the settings must be changed by a person.
  case notSetUp
  /// A field of the call does not exist.
  case missingField
  /// The call's data were refused: the same data will be refused again.
  case refusedData
  /// There is nothing, which is an answer.
  case nothingThere
  /// The call was wrong in itself; repeating it cannot help.
  case misuse

  /// The texts that the service has for one code may differ in meaning (1029).
  init(code: String, message: String = "") {
    switch Int(code) ?? 0 {
    case 401, 600, 601, 602: self = .renewToken
    case 606: self = .slowDown(seconds: 20)
    case 429, 615: self = .slowDown(seconds: nil)
    case 607, 1020: self = .stopForToday
    case 1029: self = message.contains("quota") ? .stopForToday : .backOff(isCertain: true)
    case 608, 614, 1016, 1019: self = .backOff(isCertain: true)
    case 403, 603: self = .denied
    case 300...399, 404, 610, 616, 703, 1008...1011, 1018, 1026: self = .notSetUp
    case 1006: self = .missingField
    case 702: self = .nothingThere
    case 413, 712, 714, 718, 1001...1005, 1007, 1013, 1015, 1017, 1021, 1022, 1025, 1036, 1037,
      1049, 1076...1079:
      self = .refusedData
    case 414, 605, 609, 612, 613, 701, 704, 709...711, 1012, 1027, 1028, 1035, 1042, 1048, 1080:
      self = .misuse
    default: self = .backOff(isCertain: false)
    }
  }
}
