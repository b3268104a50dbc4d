import GRDB
import Hummingbird

extension MarketoService {
  /// Answers the identity service: one token for the custom service, the same until it expires.
  ///
  /// The three parameters may stand in the query or in a form body. At the very second of expiry
  /// the old token is given once more, with nothing left of its life.
  func identify(_ request: Request) async throws -> Response {
    guard let call = try? await MarketoRequest(request, bodyLimit: Self.largestBody) else {
      return MarketoPage.response(.contentTooLarge)
    }
    if let refusal = Self.refusal(call.parameters) { return refusal }
    let time = now()
    let token = try await database.write { db in
      let state = try MarketoState(db, now: time)
      if let token = try state.newestToken(), time <= token.expiresAt { return token }
      return try state.makeToken(expiresAt: time + Int64(state.settings.number(.tokenLifetime)))
    }
    var response = MarketoPage.response(
      .members([
        "access_token": .string(token.text), "token_type": .string("bearer"),
        "expires_in": .integer(max(0, token.expiresAt - time)),
        "scope": .string(MarketoAccount.user),
      ]))
    response.headers[.cacheControl] = "no-store"
    return response
  }

  private static func refusal(_ parameters: MarketoForm) -> Response? {
    guard parameters["grant_type"] == "client_credentials" else {
      return refusal(
        .badRequest, "unsupported_grant_type",
        "Unsupported grant type: \(parameters["grant_type"] ?? "")")
    }
    let client = parameters["client_id"] ?? ""
    guard client == MarketoAccount.clientID else {
      return refusal(.unauthorized, "unauthorized", "No client with requested id: \(client)")
    }
    guard parameters["client_secret"] == MarketoAccount.clientSecret else {
      return refusal(.unauthorized, "invalid_client", "Bad client credentials")
    }
    return nil
  }

  private static func refusal(
    _ status: HTTPResponse.Status, _ error: String, _ description: String
  ) -> Response {
    MarketoPage.response(
      .members(["error": .string(error), "error_description": .string(description)]),
      status: status)
  }
}
