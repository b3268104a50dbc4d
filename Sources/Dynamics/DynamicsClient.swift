import Logging
import Model
import Transport

/// Makes authorised calls to one organisation: tokens, limits, repeats and the words of failures.
struct DynamicsClient: Sendable {
  let address: ServiceAddress
  private let exchange: any HTTPExchange
  private let meter: CallMeter
  private let tokens: TokenCache
  private let limiter: RateLimiter
  private let policy: RetryPolicy
  private let clock: any Clock<Duration>
  private let jitter: @Sendable () -> Double
  let log: Logger?
  /// The metadata that runs leave to each other, by the paths that were asked.
  let kept: KeptDocuments<DynamicsCall>

  /// The path of the Web API, with the version that all calls name.
  var root: String { address.path + "/api/data/v9.2" }

  init(
    settings: DynamicsSettings, exchange: any HTTPExchange, meter: CallMeter,
    now: @escaping @Sendable () -> Instant, clock: any Clock<Duration>, policy: RetryPolicy,
    jitter: @escaping @Sendable () -> Double, log: Logger?, cache: (any DocumentCache)?
  ) {
    kept = KeptDocuments(of: .dynamics, in: cache, now: now)
    address = settings.address
    self.exchange = exchange
    self.meter = meter
    let login = LoginService(settings: settings, exchange: exchange, meter: meter, now: now)
    tokens = TokenCache(renewBefore: .seconds(300), now: now) { try await login.token() }
    limiter = RateLimiter(
      calls: Self.callsPerWindow, per: .seconds(300), atOnce: Self.atOnce, clock: clock)
    self.policy = policy
    self.clock = clock
    self.jitter = jitter
    self.log = log
  }

  /// Below the 6,000 that Dataverse grants a user in five minutes: others may sign in as the same.
  private static let callsPerWindow = 5000
  private static let atOnce = 8

  /// The document that a call answers with.
  func document(_ call: DynamicsCall) async throws -> JSON {
    if let known = await known(call) { return known }
    let response = try await send(call)
    do {
      let document = try JSON(parsing: response.body)
      await keep(document, for: call)
      return document
    } catch {
      throw ServiceError(
        .unexpectedAnswer, side: .dynamics, attempt: call.attempt,
        reason: "the answer is no JSON document", code: "HTTP \(response.status)",
        requestID: ServiceAnswer.requestID(of: response))
    }
  }

  /// The answer to a call that was carried out; every other one is thrown as a ``ServiceError``.
  ///
  /// `accepts` names statuses beyond 2xx that are answers too.
  func send(
    _ call: DynamicsCall,
    accepting accepts: @escaping @Sendable (HTTPResponse) -> Bool = { _ in false }
  ) async throws -> HTTPResponse {
    try await policy.run(clock: clock, jitter: jitter) {
      let response = try await authorised(call)
      guard (200..<300).contains(response.status) || accepts(response) else {
        let error = ServiceAnswer(response).serviceError(for: call)
        log?.debug(
          "call refused",
          metadata: [
            "status": "\(response.status)", "code": "\(error.code ?? "")",
            "request": "\(error.requestID ?? "")",
          ])
        throw error
      }
      return response
    }
  }

  /// A token may be withdrawn before it expires: a 401 is asked once more with a new one.
  private func authorised(_ call: DynamicsCall) async throws -> HTTPResponse {
    let token = try await token(for: call)
    let response = try await answer(call, token: token)
    guard response.status == 401 else { return response }
    await tokens.drop(token)
    return try await answer(call, token: try await self.token(for: call))
  }

  private func token(for call: DynamicsCall) async throws -> String {
    do {
      return try await tokens.token()
    } catch var error as ServiceError {
      error.attempt = call.attempt
      throw error
    }
  }

  private func answer(_ call: DynamicsCall, token: String) async throws -> HTTPResponse {
    var request = HTTPRequest(
      call.method, address.origin + call.path, headers: call.headers, body: call.body)
    request.headers.append(contentsOf: [
      .init("Authorization", "Bearer \(token)"), .init("Accept", "application/json"),
      .init("OData-MaxVersion", "4.0"), .init("OData-Version", "4.0"),
    ])
    if !call.isWrite { request.headers.append(.init("If-None-Match", "null")) }
    let sent = request
    return try await limiter.run {
      await meter.count()
      do {
        return try await exchange.send(sent)
      } catch let failure as TransportFailure {
        throw failure.serviceError(
          side: .dynamics, attempt: call.attempt, isWrite: call.isWrite)
      }
    }
  }
}
