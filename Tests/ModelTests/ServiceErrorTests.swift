import Model
import Testing

@Suite struct ServiceErrorTests {
  @Test func `a description says who, what, why, and what to do`() {
    let expired = ServiceError(
      .credentials, side: .dynamics, attempt: "could not read leads",
      reason: "the client secret has expired",
      mend: "make a new one and set DYNAMICS_CLIENT_SECRET", code: "AADSTS7000222")

    #expect(
      "\(expired)"
        == "dynamics: could not read leads: the client secret has expired (AADSTS7000222);"
        + " make a new one and set DYNAMICS_CLIENT_SECRET")
  }

  @Test func `a description without a code or a mend is one plain sentence`() {
    let busy = ServiceError(
      .rateLimited(retryAfter: .seconds(3)), side: .marketo, attempt: "could not read persons",
      reason: "too many calls")

    #expect("\(busy)" == "marketo: could not read persons: too many calls")
    #expect(busy.retryAfter == .seconds(3))
  }

  private static let kinds: [(ServiceError.Kind, Bool)] = [
    (.unavailable(retryAfter: nil), true), (.rateLimited(retryAfter: .seconds(1)), true),
    (.quotaExhausted, true), (.timedOut, true), (.unexpectedAnswer, true),
    (.refusedCall, false),
    (.credentials, false), (.rights, false), (.setup, false), (.watermarkExpired, false),
    (.schema(nil), false), (.schema("jobtitle"), false),
  ]

  @Test(arguments: kinds)
  func `an error knows whether waiting can help`(_ kind: ServiceError.Kind, _ isTransient: Bool) {
    let error = ServiceError(kind, side: .marketo, attempt: "a", reason: "b")

    #expect(error.isTransient == isTransient)
  }

  @Test func `only a service that names a wait has one`() {
    let kinds: [ServiceError.Kind] = [
      .unavailable(retryAfter: .seconds(9)), .unavailable(retryAfter: nil), .timedOut,
    ]

    let waits = kinds.map {
      ServiceError($0, side: .dynamics, attempt: "a", reason: "b").retryAfter
    }

    #expect(waits == [.seconds(9), nil, nil])
  }
}
