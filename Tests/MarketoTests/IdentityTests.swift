import Model
import Testing
import Transport

@testable import Marketo

@Suite struct IdentityTests {
  private static let tokenPath = "/identity/oauth/token"
  private static let read = "/rest/v1/leads.json"

  @Test func `who we are comes from the host and the token's scope`() async throws {
    let service = ScriptedService()
    let connector = try Fixture.connector(service)
    #expect(
      try await connector.identify()
        == PeerIdentity(
          side: .marketo, host: "123-abc-456.mktorest.com", organisation: "123-ABC-456",
          user: "sync@example.test"))
    #expect(
      await service.requests == [
        HTTPRequest(
          "POST", "https://123-abc-456.mktorest.com/identity/oauth/token",
          headers: [
            .init("Accept", "application/json"),
            .init("Content-Type", "application/x-www-form-urlencoded"),
          ],
          body: Array(
            "grant_type=client_credentials&client_id=CID&client_secret=S3%26cret".utf8))
      ])
    #expect(await connector.callCount == 0)
  }

  @Test func `calls side by side share one token`() async throws {
    let service = ScriptedService([Self.read: Array(repeating: .result(""), count: 8)])
    let connector = try Fixture.connector(service)
    let values = (1...2400).map(String.init)
    _ = try await connector.find(in: Fixture.person, by: .id, values: values)
    #expect(await service.count(Self.tokenPath) == 1)
    #expect(await service.mostAtOnce <= 5)
    #expect(await connector.callCount == 10)
  }

  @Test func `a token of the last minute is asked for anew, one of the last seconds waited out`()
    async throws
  {
    let service = ScriptedService([
      Self.tokenPath: [.token("T0", seconds: 0), .token("T1", seconds: 50), .token("T2")],
      Self.read: [.result(""), .result("")],
    ])
    let clock = JumpingClock()
    let client = try Self.client(service, clock)
    _ = try await client.envelope(of: Self.call)
    _ = try await client.envelope(of: Self.call)
    #expect(clock.slept == [.seconds(1)])
    #expect(await service.count(Self.tokenPath) == 3)
    #expect(await Self.bearers(service) == ["Bearer T1", "Bearer T2"])
  }

  @Test(arguments: [600, 601, 602])
  func `a refused token is dropped and the call made once more`(code: Int) async throws {
    let service = ScriptedService([
      Self.tokenPath: [.token("T1"), .token("T2")],
      Self.read: [.error(code), .result(#"{"id":1}"#)],
    ])
    let client = try Self.client(service)
    #expect(try await client.envelope(of: Self.call).result == [["id": 1]])
    #expect(await Self.bearers(service) == ["Bearer T1", "Bearer T2"])
  }

  @Test func `a new token that is refused too stops the run`() async throws {
    let service = ScriptedService([
      Self.tokenPath: [.token("T1"), .token("T2")], Self.read: [.error(601), .error(601)],
    ])
    let client = try Self.client(service)
    let error = await failure { try await client.envelope(of: Self.call) }
    #expect(error?.kind == .credentials)
    #expect(
      error?.description
        == "marketo: could not read persons: a new access token was refused too (601); "
        + "check that the custom service and its API user still stand in Admin > LaunchPoint")
  }

  @Test(arguments: [
    (
      401, #"{"error":"invalid_client","error_description":"Bad client credentials"}"#,
      "invalid_client"
    ),
    (
      401, #"{"error":"unauthorized","error_description":"No client with requested id: X"}"#,
      "unauthorized"
    ),
  ])
  func `refused credentials are told with a mend and without the secret`(
    status: Int, body: String, code: String
  ) async throws {
    let service = ScriptedService([Self.tokenPath: [.json(body, status: status)]])
    let error = await failure { try await Fixture.connector(service).identify() }
    #expect(error?.kind == .credentials)
    #expect(error?.code == code)
    #expect(error?.mend?.contains("LaunchPoint") == true)
    #expect(error.map { "\($0)".contains("S3") } == false)
  }

  @Test func `an identity service that is down is asked again`() async throws {
    let service = ScriptedService([
      Self.tokenPath: [
        .page(status: 503), .failure(TransportFailure(.notSent, reason: "refused")), .token("T1"),
      ]
    ])
    let clock = JumpingClock()
    let connector = try Fixture.connector(service, clock: clock)
    #expect(try await connector.identify().user == "sync@example.test")
    #expect(clock.slept == [.milliseconds(500), .seconds(1)])
  }

  private static let call = Call.read(
    read, attempt: "could not read persons", permission: "Read-Only Lead")

  private static func client(
    _ service: ScriptedService, _ clock: JumpingClock = JumpingClock()
  ) throws -> MarketoClient {
    try Fixture.connector(service, clock: clock).client
  }

  private static func bearers(_ service: ScriptedService) async -> [String] {
    await service.requests.flatMap(\.headers).filter { $0.name == "Authorization" }.map(\.value)
  }
}
