import GRDB

extension MarketoState {
  /// Whether an address is kept as one that wants no e-mail.
  func isUnsubscribed(_ email: String) throws -> Bool {
    try !numbers("SELECT 1 FROM marketo_unsubscribed WHERE email = ?", [email]).isEmpty
  }

  /// Keeps an address as one that wants no e-mail, or forgets it.
  func setUnsubscribed(_ email: String, _ isUnsubscribed: Bool) throws {
    try run(
      isUnsubscribed
        ? "INSERT OR IGNORE INTO marketo_unsubscribed (email) VALUES (?)"
        : "DELETE FROM marketo_unsubscribed WHERE email = ?", [email])
  }
}
