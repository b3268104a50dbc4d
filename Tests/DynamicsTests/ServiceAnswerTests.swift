import Model
import Testing
import Transport

@testable import Dynamics

@Test func `the organisation and the sync user are told by WhoAmI`() async throws {
  let identity = try await Organisation.connector(Organisation.exchange()).identify()
  #expect(
    identity
      == PeerIdentity(
        side: .dynamics, host: "orgacme.crm4.dynamics.com",
        organisation: "1c000000-0000-0000-0000-0000000000aa",
        user: "a0000000-0000-0000-0000-000000000001"))
}

@Test(arguments: [
  (403, "0x80072560", ServiceError.Kind.credentials),
  (403, "0x80042F09", .rights),
  (403, "0x80040220", .rights),
  (400, "0x80044352", .watermarkExpired),
  (400, "0x80072491", .setup),
  (404, "0x80060888", .schema(nil)),
  (400, "0x80071151", .unavailable(retryAfter: nil)),
  (429, "0x80072322", .rateLimited(retryAfter: nil)),
  (502, "", .unavailable(retryAfter: nil)),
  (400, "0x8006aaaa", .unexpectedAnswer),
])
func `each refusal is of its kind`(status: Int, code: String, kind: ServiceError.Kind) async throws
{
  let exchange = Organisation.exchange([
    "GET WhoAmI": [.error(status, code, "no", ["REQ_ID": "3e01"])]
  ])
  let error = await #expect(throws: ServiceError.self) {
    try await Organisation.connector(exchange).identify()
  }
  #expect(error?.kind == kind)
  #expect(error?.requestID == "3e01")
  let isRepeated = exchange.calls.count > 1
  #expect(isRepeated == error?.isTransient)
}

@Test func `a missing privilege is named`() async throws {
  let exchange = Organisation.exchange([
    "GET WhoAmI": [
      .error(403, "0x80040220", "SecLib::CheckPrivilege failed. PrivilegeName: prvReadLead, x")
    ]
  ])
  let error = await #expect(throws: ServiceError.self) {
    try await Organisation.connector(exchange).identify()
  }
  #expect(
    error?.description == """
      dynamics: could not ask who we are: the sync user lacks the privilege prvReadLead \
      (0x80040220); give its security role read and write on the table at organisation level
      """)
}

@Test func `a throttled read waits for as long as the service asks`() async throws {
  let clock = JumpingClock()
  let exchange = Organisation.exchange([
    "GET WhoAmI": [
      .error(429, "0x80072322", "no", ["Retry-After": "27"]), .error(503, ""),
      .json(200, #"{"UserId":"u","OrganizationId":"o"}"#),
    ]
  ])
  let identity = try await Organisation.connector(exchange, clock: clock).identify()
  #expect(identity.user == "u")
  #expect(clock.sleeps == [.seconds(27), .seconds(1)])
}

@Test func `an unreachable service is told without its address's query`() async throws {
  let exchange = Organisation.exchange([
    "GET WhoAmI": [.failure(TransportFailure(.notSent, reason: "no connection in time"))]
  ])
  let error = await #expect(throws: ServiceError.self) {
    try await Organisation.connector(exchange).identify()
  }
  #expect(
    error?.description == """
      dynamics: could not ask who we are: the service cannot be reached: no connection in time; \
      check the address and the network, or try later
      """)
}
