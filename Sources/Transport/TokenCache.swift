import Model

/// A bearer token and the moment from which the service refuses it.
public struct Token: Hashable, Sendable {
  public var text: Secret
  public var expires: Instant

  public init(_ text: String, expires: Instant) {
    self.text = Secret(text)
    self.expires = expires
  }
}

/// Keeps one service's token, and asks for a new one shortly before it expires.
///
/// However many ask at once, one request for a token is made; where it fails, all of them fail with
/// it.
public actor TokenCache {
  private let renewBefore: Duration
  private let now: @Sendable () -> Instant
  private let fetch: @Sendable () async throws -> Token
  private let turn = Permits(1)
  private var current: Token?
  private var failures = 0
  private var lastFailure: (any Error)?

  public init(
    renewBefore: Duration, now: @escaping @Sendable () -> Instant,
    fetch: @escaping @Sendable () async throws -> Token
  ) {
    self.renewBefore = renewBefore
    self.now = now
    self.fetch = fetch
  }

  /// A token that is valid for a while yet.
  public func token() async throws -> String {
    if let text = fresh { return text }
    let seen = failures
    try await turn.acquire()
    defer { turn.release() }
    if let text = fresh { return text }
    if failures > seen, let lastFailure { throw lastFailure }
    do {
      let token = try await fetch()
      current = token
      return token.text.revealed
    } catch {
      if !(error is CancellationError), !Task.isCancelled {
        failures += 1
        lastFailure = error
      }
      throw error
    }
  }

  /// Forgets `token`, which the service refused; a newer one that another caller fetched stays.
  public func drop(_ token: String) {
    if current?.text.revealed == token { current = nil }
  }

  private var fresh: String? {
    guard let current, now() + renewBefore.components.seconds < current.expires else { return nil }
    return current.text.revealed
  }
}
