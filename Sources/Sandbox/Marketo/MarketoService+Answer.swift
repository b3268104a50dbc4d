import GRDB
import Hummingbird

extension MarketoService {
  /// The longest path and query, in bytes ("Error codes": past it, HTTP 414).
  static let longestTarget = 8192
  /// The largest body, in bytes ("Error codes": past it, HTTP 413).
  static let largestBody = 1_048_576

  /// Answers one call of the REST API.
  ///
  /// The checks run in one order: length of the target, size of the body, path, method, token,
  /// permission, calls at once, rate, quota, type of the body, JSON, and at last what the call
  /// itself asks for.
  func answer(_ request: Request) async -> Response {
    guard request.uri.string.utf8.count <= Self.longestTarget else {
      return MarketoPage.response(.uriTooLong)
    }
    let call: MarketoRequest
    do {
      call = try await MarketoRequest(request, bodyLimit: Self.largestBody)
    } catch {
      return MarketoPage.response(.contentTooLarge)
    }
    let time = now()
    let requestID = gate.requestID(now: time)
    do {
      return try await answer(call, requestID: requestID, time: time)
    } catch let failure as MarketoFailure {
      return await refused(failure, requestID: requestID, time: time)
    } catch {
      return MarketoPage.response(MarketoFailure.systemError.envelope(requestID: requestID))
    }
  }

  private func answer(
    _ call: MarketoRequest, requestID: String, time: Int64
  ) async throws -> Response {
    let (route, captured) = try route(call)
    let settings = try await admit(call, route, time: time)
    if let refusal = gate.enter(now: time, settings: settings) { throw refusal }
    defer { gate.leave() }
    return try await database.write { db in
      let state = try MarketoState(db, now: time)
      return try MarketoExchange(request: call, route: route, captured: captured, state: state)
        .response(requestID: requestID)
    }
  }

  private func route(
    _ call: MarketoRequest
  ) throws(MarketoFailure) -> (MarketoRoute, [String: String]) {
    var isKnown = false
    for route in MarketoRoutes.all {
      guard let captured = route.match(call.path) else { continue }
      if route.method == call.method { return (route, captured) }
      isKnown = true
    }
    throw isKnown ? .method(call.method) : .resourceNotFound
  }

  private func admit(
    _ call: MarketoRequest, _ route: MarketoRoute, time: Int64
  ) async throws -> MarketoSettings {
    guard let bearer = call.bearer else { throw MarketoFailure.accessDenied }
    return try await database.read { db in
      let state = try MarketoState(db, now: time)
      guard let token = try state.token(bearer) else { throw MarketoFailure.tokenInvalid }
      guard time < token.expiresAt else { throw MarketoFailure.tokenExpired }
      let denied = state.settings[.deniedPermissions].text ?? ""
      if let permission = route.permission,
        denied.split(separator: ",").contains(Substring(permission))
      {
        throw MarketoFailure.accessDenied
      }
      return state.settings
    }
  }

  private func refused(
    _ failure: MarketoFailure, requestID: String, time: Int64
  ) async -> Response {
    do {
      try await database.write { db in
        let state = try MarketoState(db, now: time)
        try state.countError(failure.code)
        if [606, 615].contains(failure.code) { try state.countCall(user: MarketoAccount.user) }
      }
      return MarketoPage.response(failure.envelope(requestID: requestID))
    } catch {
      return MarketoPage.response(MarketoFailure.systemError.envelope(requestID: requestID))
    }
  }
}
