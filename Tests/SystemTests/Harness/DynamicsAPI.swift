import Transport

/// What a person or another program does with Dynamics: its Web API, called by hand.
struct DynamicsAPI: Sendable {
  let base: String
  let exchange: AsyncHTTPClientExchange
  let token: String

  init(base: String, exchange: AsyncHTTPClientExchange) async throws {
    let form = PercentEncoding.form([
      ("grant_type", "client_credentials"), ("client_id", "sandbox"),
      ("client_secret", "sandbox"), ("scope", "\(base)/.default"),
    ])
    let answer = try await exchange.send(
      HTTPRequest(
        "POST", "\(base)/sandbox/oauth2/v2.0/token",
        headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
        body: Array(form.utf8)))
    guard let token = try JSON(parsing: answer.body)["access_token"]?.string else {
      throw APIError(answer)
    }
    self.base = base
    self.exchange = exchange
    self.token = token
  }

  private var root: String { "\(base)/api/data/v9.2" }

  private func send(_ method: String, _ url: String, _ body: JSON? = nil) async throws -> JSON? {
    var headers = [HTTPRequest.Header("Authorization", "Bearer \(token)")]
    if body != nil { headers.append(.init("Content-Type", "application/json")) }
    if method == "PATCH" { headers.append(.init("If-Match", "*")) }
    let answer = try await exchange.send(
      HTTPRequest(method, url, headers: headers, body: body?.encoded()))
    guard (200..<300).contains(answer.status) else { throw APIError(answer) }
    return answer.body.isEmpty ? nil : try JSON(parsing: answer.body)
  }

  /// Every row of a set.
  func all(_ set: String) async throws -> [JSON] {
    var rows: [JSON] = []
    var next: String? = "\(root)/\(set)"
    while let url = next {
      let page = try await send("GET", url)
      rows += page?["value"]?.array ?? []
      next = page?["@odata.nextLink"]?.string
    }
    return rows
  }

  func metadata(_ path: String) async throws -> JSON {
    try await send("GET", "\(root)/\(path)") ?? .null
  }

  func update(_ set: String, _ id: String, _ fields: JSON) async throws {
    _ = try await send("PATCH", "\(root)/\(set)(\(id))", fields)
  }

  /// Turns switches of the sandbox.
  func set(_ switches: JSON) async throws {
    _ = try await exchange.send(
      HTTPRequest("POST", "\(base)/sandbox/settings", body: switches.encoded()))
  }

  func create(_ set: String, _ fields: JSON) async throws {
    _ = try await send("POST", "\(root)/\(set)", fields)
  }

  func row(_ set: String, _ id: String) async throws -> JSON {
    try await send("GET", "\(root)/\(set)(\(id))") ?? .null
  }
}

/// An answer that the test did not want.
struct APIError: Error, CustomStringConvertible {
  let description: String

  init(_ answer: HTTPResponse) {
    description = "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
  }

  init(_ answer: JSON) { description = "\(answer)" }
}
