import Logging
import Model
import Transport

/// Makes authorised calls to one subscription: tokens, limits and repeats.
struct MarketoClient: Sendable {
  let settings: MarketoSettings
  /// The metadata that runs leave to each other, by the paths that were asked.
  let kept: KeptDocuments<Call>
  private let exchange: any HTTPExchange
  private let meter: CallMeter
  private let identity: IdentityService
  private let tokens: TokenCache
  private let limiter: RateLimiter
  private let policy: RetryPolicy
  private let clock: any Clock<Duration>
  private let jitter: @Sendable () -> Double
  private let log: Logger?

  init(
    settings: MarketoSettings, exchange: any HTTPExchange, meter: CallMeter,
    now: @escaping @Sendable () -> Instant, clock: any Clock<Duration>, policy: RetryPolicy,
    jitter: @escaping @Sendable () -> Double, log: Logger?, cache: (any DocumentCache)?
  ) {
    kept = KeptDocuments(of: .marketo, in: cache, now: now)
    self.settings = settings
    self.exchange = exchange
    self.meter = meter
    let identity = IdentityService(
      settings: settings, exchange: exchange, now: now, clock: clock)
    self.identity = identity
    tokens = TokenCache(renewBefore: .seconds(60), now: now) { try await identity.grant().token }
    limiter = RateLimiter(
      calls: settings.share.calls, per: .seconds(20), atOnce: settings.share.atOnce, clock: clock)
    self.policy = policy
    self.clock = clock
    self.jitter = jitter
    self.log = log
  }

  /// The e-mail address of the user that the custom service stands for.
  func user() async throws(ServiceError) -> String {
    try await repeating(attempt: "could not sign in") { try await identity.grant().user }
  }

  /// The result of a call; throws whatever else came back.
  ///
  /// "No data found" (702) is an empty result.
  func envelope(of call: Call) async throws(ServiceError) -> Envelope {
    switch try await answer(to: call) {
    case .done(let envelope): return envelope
    case .refused(let refusal) where refusal.treatment == .nothingThere:
      return Envelope(requestID: refusal.requestID)
    case .refused(let refusal): throw refusal.serviceError(for: call)
    }
  }

  /// What came back, after all repeats that are harmless; throws where nothing did.
  func answer(to call: Call) async throws(ServiceError) -> Answer {
    if let known = await known(call) { return .done(known) }
    let answer = try await answerOfService(to: call)
    await keep(answer, to: call)
    return answer
  }

  private func answerOfService(to call: Call) async throws(ServiceError) -> Answer {
    try await repeating(attempt: call.attempt) {
      let answer = try await authorised(call)
      guard case .refused(let refusal) = answer else { return answer }
      log?.debug(
        "call refused",
        metadata: ["code": "\(refusal.code)", "request": "\(refusal.requestID ?? "")"])
      if refusal.mayRepeat(call) { throw refusal.serviceError(for: call) }
      return answer
    }
  }

  /// Lets time pass on the connector's clock.
  func pause(_ duration: Duration, attempt: String) async throws(ServiceError) {
    do {
      try await clock.sleep(for: duration)
    } catch {
      throw Self.stopped(attempt)
    }
  }

  private static func stopped(_ attempt: String) -> ServiceError {
    ServiceError(
      .unavailable(retryAfter: nil), side: .marketo, attempt: attempt,
      reason: "the run was stopped")
  }

  private func repeating<T: Sendable>(
    attempt: String, _ body: @Sendable () async throws -> T
  ) async throws(ServiceError) -> T {
    do {
      return try await policy.run(clock: clock, jitter: jitter, body)
    } catch let error as ServiceError {
      throw error
    } catch {
      throw Self.stopped(attempt)
    }
  }

  /// A token may be withdrawn before it expires: the call is made once more with a new one.
  private func authorised(_ call: Call) async throws -> Answer {
    let token = try await token(for: call)
    let answer = try await answer(to: call, token: token)
    guard case .refused(let refusal) = answer, refusal.treatment == .renewToken else {
      return answer
    }
    await tokens.drop(token)
    return try await self.answer(to: call, token: try await self.token(for: call))
  }

  private func token(for call: Call) async throws -> String {
    do {
      return try await tokens.token()
    } catch var error as ServiceError {
      error.attempt = call.attempt
      throw error
    }
  }

  private func answer(to call: Call, token: String) async throws -> Answer {
    let request = call.request(to: settings.address, token: token)
    return try await limiter.run {
      await meter.count()
      do {
        return Answer(try await exchange.send(request))
      } catch {
        let failure =
          error as? TransportFailure ?? TransportFailure(.noAnswer, reason: "the run was stopped")
        throw failure.serviceError(side: .marketo, attempt: call.attempt, isWrite: call.isWrite)
      }
    }
  }
}
