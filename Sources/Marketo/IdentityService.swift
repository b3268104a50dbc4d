import Model
import Transport

/// Signs in to the subscription with the client id and secret of a custom service.
///
/// Calls here count against no limit of the subscription, so they are neither limited nor counted.
struct IdentityService: Sendable {
  let settings: MarketoSettings
  let exchange: any HTTPExchange
  let now: @Sendable () -> Instant
  let clock: any Clock<Duration>

  /// What the identity service grants.
  struct Grant: Hashable, Sendable {
    var token: Token
    /// The e-mail address of the API-only user.
    var user: String
    /// How many seconds the token is still good for.
    var seconds: Int64
  }

  /// A token that lives long enough to be used.
  ///
  /// Marketo repeats the same token until it expires, so that one in its last seconds (`expires_in`
  /// may be 0) is waited out.
  func grant() async throws -> Grant {
    var grant = try await ask()
    for _ in 0..<3 where grant.seconds < Self.leastLife {
      try await clock.sleep(for: .seconds(grant.seconds + 1))
      grant = try await ask()
    }
    return grant
  }

  private static let leastLife: Int64 = 5
  private static let attempt = "could not sign in"

  private func ask() async throws -> Grant {
    let response: HTTPResponse
    do {
      response = try await exchange.send(request)
    } catch let failure as TransportFailure {
      throw failure.serviceError(side: .marketo, attempt: Self.attempt, isWrite: false)
    }
    let answer = try? JSON(parsing: response.body)
    guard response.status == 200, let text = answer?["access_token"]?.string,
      let seconds = answer?["expires_in"]?.integer
    else { throw refusal(response, answer) }
    return Grant(
      token: Token(text, expires: now() + seconds), user: answer?["scope"]?.string ?? "",
      seconds: max(0, seconds))
  }

  private var request: HTTPRequest {
    let form = [
      Parameter("grant_type", "client_credentials"), Parameter("client_id", settings.clientID),
      Parameter("client_secret", settings.secret.revealed),
    ]
    return HTTPRequest(
      "POST", settings.address.text + "/identity/oauth/token",
      headers: [
        .init("Accept", "application/json"),
        .init("Content-Type", "application/x-www-form-urlencoded"),
      ], body: Array(form.encoded.utf8))
  }

  private func refusal(_ response: HTTPResponse, _ answer: JSON?) -> ServiceError {
    let code = answer?["error"]?.string
    func error(
      _ kind: ServiceError.Kind, _ reason: String, mend: String? = nil
    ) -> ServiceError {
      ServiceError(
        kind, side: .marketo, attempt: Self.attempt, reason: reason, mend: mend,
        code: code ?? "HTTP \(response.status)")
    }
    return switch (response.status, code) {
    case (_, "unauthorized"):
      error(
        .credentials, "the client id is unknown",
        mend: "take marketo.client_id from Admin > LaunchPoint > View Details")
    case (400...403, _):
      error(
        .credentials, "the client id or its secret is wrong",
        mend: "take both from Admin > LaunchPoint > View Details and set MARKETO_CLIENT_SECRET")
    case (429, _):
      error(.rateLimited(retryAfter: response.retryAfter), "too many sign-ins")
    case (500..., _):
      error(.unavailable(retryAfter: response.retryAfter), "the identity service cannot do it now")
    case (300..<500, _):
      error(
        .setup, "there is no identity service at this address",
        mend: "check marketo.url")
    default: error(.unexpectedAnswer, "the answer holds no access token")
    }
  }
}
