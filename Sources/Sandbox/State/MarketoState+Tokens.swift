import GRDB

/// An access token as it was given out.
struct MarketoToken: Hashable, Sendable {
  var text: String
  /// The Unix second from which it is refused.
  var expiresAt: Int64
}

extension MarketoState {
  /// The token given out last.
  func newestToken() throws -> MarketoToken? {
    try rows("SELECT token, expires_at FROM marketo_token ORDER BY seq DESC LIMIT 1")
      .first.map { MarketoToken(text: $0[0], expiresAt: $0[1]) }
  }

  /// The token of a text, whether it still holds or not.
  func token(_ text: String) throws -> MarketoToken? {
    try rows("SELECT token, expires_at FROM marketo_token WHERE token = ?", [text])
      .first.map { MarketoToken(text: $0[0], expiresAt: $0[1]) }
  }

  /// Gives out a new token, whose text follows from how many there were before.
  func makeToken(expiresAt: Int64) throws -> MarketoToken {
    let count = try numbers("SELECT COALESCE(MAX(seq), 0) FROM marketo_token").first ?? 0
    let token = MarketoToken(
      text: SampleRandom.guid(named: "marketo-token-\(count)") + ":sj", expiresAt: expiresAt)
    try run(
      "INSERT INTO marketo_token (token, expires_at) VALUES (?, ?)",
      [token.text, token.expiresAt])
    return token
  }
}

extension MarketoState {
  /// Ends the life of every token a second ago.
  func expireTokens() throws {
    try run("UPDATE marketo_token SET expires_at = MIN(expires_at, ?)", [now - 1])
  }
}
