import Model
import Testing
import Transport

@testable import Dynamics

@Test
func `an app signs in with its secret, and the token is used until shortly before it expires`()
  async throws
{
  let exchange = Organisation.exchange()
  let meter = CallMeter()
  let connector = try Organisation.connector(exchange, meter: meter)
  _ = try await connector.identify()
  _ = try await connector.identify()
  let signIns = exchange.requests.filter { $0.method == "POST" }
  #expect(
    signIns == [
      HTTPRequest(
        "POST", "https://login.microsoftonline.com/tenant1/oauth2/v2.0/token",
        headers: [
          .init("Content-Type", "application/x-www-form-urlencoded"),
          .init("Accept", "application/json"),
        ],
        body: Array(
          """
          grant_type=client_credentials&client_id=client1&client_secret=abc~x%20y\
          &scope=https%3A%2F%2Forgacme.crm4.dynamics.com%2F.default
          """.utf8))
    ])
  #expect(await connector.callCount == 3)
  #expect(
    exchange.requests[1].headers == [
      .init("Authorization", "Bearer token-1"), .init("Accept", "application/json"),
      .init("OData-MaxVersion", "4.0"), .init("OData-Version", "4.0"),
      .init("If-None-Match", "null"),
    ])
}

@Test func `a user signs in with a password at the address that the settings name`() async throws {
  let exchange = Organisation.exchange(["POST /127.0.0.1:9/login": [Organisation.token]])
  let settings = try DynamicsSettings(
    url: Organisation.root,
    auth: .password(username: "sync@acme.example", password: Secret("p@ss")),
    tokenURL: "http://127.0.0.1:9/login")
  let connector = DynamicsConnector(
    settings: settings, exchange: exchange, meter: CallMeter(), now: { Instant(seconds: 0) },
    clock: JumpingClock())
  _ = try await connector.identify()
  #expect(exchange.requests[0].url == "http://127.0.0.1:9/login")
  #expect(
    exchange.requests[0].text == """
      grant_type=password&client_id=51f81489-12ee-4a9e-aaae-a2591f45987d\
      &username=sync%40acme.example&password=p%40ss\
      &scope=https%3A%2F%2Forgacme.crm4.dynamics.com%2F.default
      """)
}

@Test(arguments: [
  (
    "invalid_client", 7_000_215,
    """
    dynamics: could not ask who we are: the client secret is wrong (AADSTS7000215); \
    set DYNAMICS_CLIENT_SECRET to the secret's value, not its id
    """
  ),
  (
    "invalid_client", 7_000_222,
    """
    dynamics: could not ask who we are: the client secret has expired (AADSTS7000222); \
    make a new one and set DYNAMICS_CLIENT_SECRET
    """
  ),
  (
    "unauthorized_client", 700_016,
    """
    dynamics: could not ask who we are: the tenant does not know the client id (AADSTS700016); \
    check dynamics.auth.client_id and dynamics.auth.tenant
    """
  ),
  (
    "invalid_grant", 99,
    """
    dynamics: could not ask who we are: the user was refused (AADSTS99); \
    check dynamics.auth.username and the password
    """
  ),
])
func `a refused sign-in says why and what to do, once`(
  name: String, code: Int, text: String
) async throws {
  let exchange = Organisation.exchange([
    Organisation.signIn: [
      .json(
        401,
        """
        {"error":"\(name)","error_description":"AADSTS\(code): secret abc~x y",
         "error_codes":[\(code)],"trace_id":"0f01"}
        """)
    ]
  ])
  let error = await #expect(throws: ServiceError.self) {
    try await Organisation.connector(exchange).identify()
  }
  #expect(error?.description == text)
  #expect(error?.kind == .credentials)
  #expect(error?.requestID == "0f01")
  #expect(exchange.requests.count == 1)
}

@Test func `a busy login service is asked again`() async throws {
  let clock = JumpingClock()
  let exchange = Organisation.exchange([
    Organisation.signIn: [.json(503, "<html>", ["Retry-After": "7"]), Organisation.token]
  ])
  _ = try await Organisation.connector(exchange, clock: clock).identify()
  #expect(clock.sleeps == [.seconds(7)])
}

@Test func `a withdrawn token is replaced once, and then the credential is at fault`() async throws
{
  let exchange = Organisation.exchange([
    Organisation.signIn: [
      Organisation.token, .json(200, #"{"expires_in":"3599","access_token":"token-2"}"#),
    ],
    "GET WhoAmI": [.json(401, "")],
  ])
  let error = await #expect(throws: ServiceError.self) {
    try await Organisation.connector(exchange).identify()
  }
  #expect(error?.kind == .credentials)
  #expect(
    exchange.requests.compactMap { $0[header: "Authorization"] } == [
      "Bearer token-1", "Bearer token-2",
    ])
}

@Test func `a secret is never sent in the clear`() {
  let auth = DynamicsAuth.clientCredentials(tenant: "t", clientID: "c", secret: Secret("s"))
  #expect(throws: AddressRefused.self) { try DynamicsSettings(url: "http://a.example", auth: auth) }
  #expect(throws: AddressRefused.self) {
    try DynamicsSettings(url: "https://a.example", auth: auth, tokenURL: "http://b.example")
  }
  #expect("\(auth)".contains("[hidden]"))
}
