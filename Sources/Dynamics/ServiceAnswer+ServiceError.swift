import Model
import Transport

extension ServiceAnswer {
  /// The refusal of a whole call.
  func serviceError(for call: DynamicsCall) -> ServiceError {
    let words = words(for: call)
    let mayHaveApplied = call.isWrite && status >= 500 && !isRefusedAtTheDoor
    return ServiceError(
      words.kind, side: .dynamics, attempt: call.attempt, reason: words.reason, mend: words.mend,
      code: code ?? "HTTP \(status)", requestID: requestID, mayHaveApplied: mayHaveApplied)
  }

  /// A 503 that names a time to come back was turned away unread; a bare one may come from a gateway
  /// that lost an answer.
  private var isRefusedAtTheDoor: Bool {
    isPostponement || (status == 503 && retryAfter != nil)
  }

  /// What to do about a table that is not there.
  static let mendOfMissingTable =
    "check the configured entities; leads come with the Sales app"

  private struct Words {
    var kind: ServiceError.Kind
    var reason: String
    var mend: String?
  }

  private func words(for call: DynamicsCall) -> Words {
    if let words = wordsForCode() { return words }
    if call.isLink, (400...499).contains(status), status != 401, status != 403, status != 429 {
      return Words(kind: .watermarkExpired, reason: "the service no longer knows the watermark")
    }
    if let column = unknownColumn {
      return Words(
        kind: .schema(FieldName(column)), reason: "there is no column '\(column)'",
        mend: "check the configured fields")
    }
    switch status {
    case 401:
      return Words(
        kind: .credentials, reason: "the service refuses the token",
        mend: "check that dynamics.url and dynamics.auth belong together")
    case 403: return wordsForMissingRight()
    case 404:
      return Words(
        kind: .schema(nil), reason: "the organisation has no such table",
        mend: Self.mendOfMissingTable)
    case 429: return Words(kind: .rateLimited(retryAfter: retryAfter), reason: "too many calls")
    case 500...599:
      return Words(
        kind: .unavailable(retryAfter: retryAfter), reason: "the service answered \(status)")
    default:
      let quoted = call.mayQuote || message.isEmpty ? "" : ": \(Redaction.text(message))"
      return Words(
        kind: call.isWrite && (400...499).contains(status) ? .refusedCall : .unexpectedAnswer,
        reason: "the service answered \(status)\(quoted)")
    }
  }

  private func wordsForCode() -> Words? {
    switch code {
    case "0x80044352":
      Words(kind: .watermarkExpired, reason: "the service no longer knows the watermark")
    case "0x80072491":
      Words(
        kind: .setup, reason: "change tracking is off for the table",
        mend: "switch on change tracking in the table's properties")
    case "0x80072560":
      Words(
        kind: .credentials, reason: "the sync user is no user of this environment",
        mend: "make an application user for the client id and give it a security role")
    case "0x80040225":
      Words(
        kind: .credentials, reason: "the sync user is disabled",
        mend: "enable it in the environment's settings")
    case "0x80042f09":
      Words(
        kind: .rights, reason: "the sync user has no security role",
        mend: "give it one that reads and writes the configured tables")
    case "0x8004d24b":
      Words(kind: .rights, reason: "the sync user has no licence", mend: "give it one")
    case "0x8004a104":
      Words(
        kind: .unavailable(retryAfter: retryAfter), reason: "the organisation is disabled",
        mend: "ask its administrator, or try later")
    case "0x80071151", "0x80048543":
      Words(
        kind: .unavailable(retryAfter: retryAfter), reason: "a solution is being imported")
    case .some where isPostponement && status != 429:
      Words(kind: .unavailable(retryAfter: retryAfter), reason: "the service is busy")
    default: nil
    }
  }

  private func wordsForMissingRight() -> Words {
    let privilege = message.firstMatch(of: /prv[A-Za-z_]+/).map { String($0.output) }
    let needs = privilege.map { "the privilege \($0)" } ?? "a privilege"
    return Words(
      kind: .rights, reason: "the sync user lacks \(needs)",
      mend: "give its security role read and write on the table at organisation level")
  }

  /// The column that the service says it does not have.
  var unknownColumn: String? {
    let named = message.firstMatch(of: /[Cc]ould not find a property named '(?<name>[^']+)'/)
    return named.map { String($0.name) }
  }
}
