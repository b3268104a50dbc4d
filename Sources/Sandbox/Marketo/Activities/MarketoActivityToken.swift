/// The token of the activity calls: a date, and the last entry that was read of it.
enum MarketoActivityToken {
  /// Writes the token that goes on after a position.
  static func text(_ position: MarketoActivityPosition) -> String {
    MarketoBase32.encode("\(MarketoInstant.text(position.at)),\(position.id)")
  }

  /// Reads the position after which to go on.
  static func position(_ token: String) throws(MarketoFailure) -> MarketoActivityPosition {
    let parts = MarketoBase32.decode(token)?.split(separator: ",") ?? []
    guard parts.count == 2, let at = MarketoInstant.seconds(String(parts[0])),
      let id = Int64(parts[1])
    else { throw .pageToken(token) }
    return MarketoActivityPosition(at: at, id: id)
  }
}
