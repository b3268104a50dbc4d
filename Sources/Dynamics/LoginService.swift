import Model
import Transport

/// Asks Microsoft's login service for a token to the organisation.
///
/// Source: Microsoft identity platform, client credentials and resource owner password grants.
struct LoginService: Sendable {
  let settings: DynamicsSettings
  let exchange: any HTTPExchange
  let meter: CallMeter
  let now: @Sendable () -> Instant

  private static let attempt = "could not sign in"

  func token() async throws -> Token {
    let asked = now()
    await meter.count()
    let response: HTTPResponse
    do {
      response = try await exchange.send(request)
    } catch let failure as TransportFailure {
      throw failure.serviceError(side: .dynamics, attempt: Self.attempt, isWrite: false)
    }
    let answer = try? JSON(parsing: response.body)
    guard response.status == 200 else { throw refusal(response, answer) }
    guard let text = answer?["access_token"]?.string, let life = Self.life(answer) else {
      throw ServiceError(
        .unexpectedAnswer, side: .dynamics, attempt: Self.attempt,
        reason: "the login service answered without a token")
    }
    return Token(text, expires: asked + life)
  }

  /// Whole seconds; the older endpoint writes them as a text.
  private static func life(_ answer: JSON?) -> Int64? {
    let member = answer?["expires_in"]
    return member?.integer ?? member?.string.flatMap { Int64($0) }
  }

  private var request: HTTPRequest {
    HTTPRequest(
      "POST", address,
      headers: [
        .init("Content-Type", "application/x-www-form-urlencoded"),
        .init("Accept", "application/json"),
      ],
      body: Array(PercentEncoding.form(form).utf8))
  }

  private var address: String {
    settings.tokenAddress?.text
      ?? "https://login.microsoftonline.com/\(PercentEncoding.encode(settings.auth.tenant))"
      + "/oauth2/v2.0/token"
  }

  private var form: [(String, String)] {
    let scope = ("scope", "\(settings.address.origin)/.default")
    return switch settings.auth {
    case .clientCredentials(_, let clientID, let secret):
      [
        ("grant_type", "client_credentials"), ("client_id", clientID),
        ("client_secret", secret.revealed), scope,
      ]
    case .password(_, let clientID, let username, let password):
      [
        ("grant_type", "password"), ("client_id", clientID), ("username", username),
        ("password", password.revealed), scope,
      ]
    }
  }

  private func refusal(_ response: HTTPResponse, _ answer: JSON?) -> ServiceError {
    let name = answer?["error"]?.string
    let code = answer?["error_codes"]?.array?.first?.integer
    let words = LoginRefusal(name: name, code: code)
    let isBusy =
      response.status == 429 || response.status >= 500 || name == "temporarily_unavailable"
    let kind: ServiceError.Kind =
      if isBusy {
        .unavailable(retryAfter: response.retryAfter)
      } else if name == nil {
        .unexpectedAnswer
      } else {
        .credentials
      }
    return ServiceError(
      kind, side: .dynamics, attempt: Self.attempt,
      reason: isBusy ? "the login service is busy" : words.reason,
      mend: isBusy ? nil : words.mend,
      code: code.map { "AADSTS\($0)" } ?? name ?? "HTTP \(response.status)",
      requestID: answer?["trace_id"]?.string)
  }
}
