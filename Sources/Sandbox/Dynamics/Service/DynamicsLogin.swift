import Foundation
import GRDB

/// One request to the login service (Microsoft identity platform, OAuth 2.0).
struct DynamicsLogin: Sendable {
  let tenant: String
  let form: DynamicsForm
  /// Host and port that the request was sent to.
  let host: String
  let authorization: String?
  /// Unix seconds.
  let now: Int64
  /// Makes the ids of this request.
  let number: UInt64

  /// The registration that Microsoft's samples use for users who sign in themselves.
  private static let publicClient = "51f81489-12ee-4a9e-aaae-a2591f45987d"

  /// A refusal in the login service's words.
  struct Refusal: Error {
    var status = 400
    var error: String
    var code: Int64
    var text: String
  }

  /// The token, or the reason why there is none.
  func answer(_ db: Database) throws -> DynamicsAnswer {
    do {
      return try grant(db)
    } catch let refusal as Refusal {
      return render(refusal)
    }
  }

  private func grant(_ db: Database) throws -> DynamicsAnswer {
    let isPassword = form["grant_type"] == "password"
    let tenants = [SandboxCredentials.tenant, DynamicsBootstrap.tenantID]
    guard tenants.contains(tenant) || (isPassword && tenant == "organizations") else {
      throw Refusal(
        error: "invalid_request", code: 90002, text: "Tenant '\(tenant)' not found.")
    }
    let (client, secret) = try credentials()
    let clients = [SandboxCredentials.clientID, DynamicsBootstrap.applicationID]
    guard clients.contains(client) || (isPassword && client == Self.publicClient) else {
      throw Refusal(
        error: "unauthorized_client", code: 700016,
        text: "Application with identifier '\(client)' was not found in the directory "
          + "'\(tenant)'.")
    }
    if let secret, secret != SandboxCredentials.clientSecret {
      throw Refusal(
        status: 401, error: "invalid_client", code: 7_000_215,
        text: "Invalid client secret provided. Ensure the secret being sent in the request is "
          + "the client secret value, not the client secret ID.")
    }
    switch form["grant_type"] {
    case "client_credentials":
      guard secret != nil else {
        throw Refusal(
          status: 401, error: "invalid_client", code: 7_000_218,
          text: "The request body must contain the following parameter: 'client_assertion' or "
            + "'client_secret'.")
      }
      _ = try scope()
      let user = try DynamicsTokens.user(ofApplication: DynamicsBootstrap.applicationID, db)
      return try issue(to: user ?? DynamicsBootstrap.applicationUserID, scope: nil, db)
    case "password": return try password(db)
    case "refresh_token": return try refresh(db)
    default:
      throw Refusal(
        error: "unsupported_grant_type", code: 70003,
        text: "The app requested an unsupported grant type '\(form["grant_type"] ?? "")'.")
    }
  }

  private func credentials() throws -> (client: String, secret: String?) {
    if let authorization, authorization.hasPrefix("Basic "),
      let data = Data(base64Encoded: String(authorization.dropFirst(6)))
    {
      let pair = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
      if pair.count == 2 { return (String(pair[0]), String(pair[1])) }
    }
    guard let client = form["client_id"] else {
      throw Refusal(
        error: "invalid_request", code: 900_144,
        text: "The request body must contain the following parameter: 'client_id'.")
    }
    return (client, form["client_secret"])
  }

  /// The scope that was asked for; throws where it is not this organisation's default one.
  private func scope() throws -> String {
    let scopes = (form["scope"] ?? "").split(separator: " ").map(String.init)
    guard let scope = scopes.first(where: { $0.hasSuffix("/.default") }) else {
      throw Refusal(
        error: "invalid_scope", code: 70011,
        text: "The provided value for the input parameter 'scope' is not valid.")
    }
    let port = host.split(separator: ":").last ?? ""
    let isOurs = ["127.0.0.1", "localhost"].contains { scope.hasPrefix("http://\($0):\(port)/") }
    guard isOurs else {
      throw Refusal(
        error: "invalid_resource", code: 500_011,
        text: "The resource principal named \(scope) was not found in the tenant.")
    }
    return scopes.joined(separator: " ")
  }

  private func password(_ db: Database) throws -> DynamicsAnswer {
    let scope = try scope()
    guard let name = form["username"], form["password"] == SandboxCredentials.password,
      let user = try DynamicsTokens.user(named: name, db)
    else {
      throw Refusal(
        error: "invalid_grant", code: 50126,
        text: "Error validating credentials due to invalid username or password.")
    }
    guard !user.isDisabled else {
      throw Refusal(
        error: "invalid_grant", code: 50057, text: "The user account is disabled.")
    }
    return try issue(to: user.id, scope: scope, db)
  }

  private func refresh(_ db: Database) throws -> DynamicsAnswer {
    guard let token = form["refresh_token"],
      let grant = try DynamicsTokens.grant(token, kind: "refresh", db), grant.expires > now
    else {
      throw Refusal(
        error: "invalid_grant", code: 70000,
        text: "Provided grant is invalid or malformed.")
    }
    return try issue(to: grant.user, scope: form["scope"] ?? "offline_access", db)
  }

  private func issue(to user: String, scope: String?, _ db: Database) throws -> DynamicsAnswer {
    let setting = try SandboxSettings.all(db)[DynamicsSwitch.tokenLifetime.rawValue]
    let lifetime = setting?.integer ?? 3599
    var members: [DynamicsJSON.Member] = [
      .init("token_type", "Bearer"), .init("expires_in", .integer(lifetime)),
      .init("ext_expires_in", .integer(lifetime)),
      .init("access_token", .string(try token("access", user, lifetime, db))),
    ]
    if let scope {
      members.append(.init("scope", .string(scope)))
      if scope.contains("offline_access") {
        let refresh = try token("refresh", user, 90 * 86400, db)
        members.append(.init("refresh_token", .string(refresh)))
      }
    }
    return DynamicsAnswer(
      status: 200, headers: [(name: "Content-Type", value: "application/json; charset=utf-8")],
      body: DynamicsJSON.object(members).bytes)
  }

  private func token(_ kind: String, _ user: String, _ lifetime: Int64, _ db: Database) throws
    -> String
  {
    let rows = DynamicsRows(db: db, now: now)
    let number = (try rows.counter("token") ?? 0) + 1
    try rows.setCounter("token", number)
    let random = DynamicsGUID.made(from: UInt64(number), kind: kind == "access" ? 1 : 2)
    let token = "eyJ0eXAiOiJKV1QifQ.\(user).\(random)"
    let grant = DynamicsTokens.Grant(user: user, expires: now + lifetime)
    try DynamicsTokens.add(token, kind: kind, grant, now: now, db)
    return token
  }

  private func render(_ refusal: Refusal) -> DynamicsAnswer {
    let trace = DynamicsGUID.made(from: number, kind: 3)
    let correlation = DynamicsGUID.made(from: number, kind: 4)
    let time = DynamicsInstant.login(now)
    let text =
      "AADSTS\(refusal.code): \(refusal.text)\r\nTrace ID: \(trace)\r\n"
      + "Correlation ID: \(correlation)\r\nTimestamp: \(time)"
    let body: DynamicsJSON = [
      "error": .string(refusal.error), "error_description": .string(text),
      "error_codes": [.integer(refusal.code)], "timestamp": .string(time),
      "trace_id": .string(trace), "correlation_id": .string(correlation),
      "error_uri": .string("https://login.microsoftonline.com/error?code=\(refusal.code)"),
    ]
    return DynamicsAnswer(
      status: refusal.status,
      headers: [(name: "Content-Type", value: "application/json; charset=utf-8")],
      body: body.bytes)
  }
}
