import GRDB
import Hummingbird

/// One call inside its transaction: quota, injected failures, body, handler, envelope.
struct MarketoExchange {
  let request: MarketoRequest
  let route: MarketoRoute
  let captured: [String: String]
  let state: MarketoState

  /// Carries the call out and writes its envelope.
  ///
  /// What a failed call wrote is undone; what it counted stays.
  func response(requestID: String) throws -> Response {
    if try state.callsToday() >= state.settings.number(.dailyQuota) {
      return try failed(.dailyQuota, requestID)
    }
    if let injected = try injectedFailure() { return try answer(injected, requestID) }
    do {
      let answer = try carriedOut()
      try state.countCall(user: MarketoAccount.user)
      if route.writes, try state.takeOne(.loseAnswerAfterWrite) {
        return MarketoPage.response(.badGateway)
      }
      return MarketoPage.response(answer.envelope(requestID: requestID))
    } catch let failure as MarketoFailure {
      return try failed(failure, requestID)
    }
  }

  private func carriedOut() throws -> MarketoAnswer {
    let call = try MarketoCall(
      parameters: request.parameters, captured: captured, body: body(), state: state)
    var answer = MarketoAnswer.done
    try state.db.inSavepoint {
      answer = try route.handler(call)
      return .commit
    }
    return answer
  }

  private func body() throws(MarketoFailure) -> MarketoJSON? {
    switch route.body {
    case .none: return nil
    case .json:
      guard request.hasJSON else { throw .contentType }
    case .optionalJSON:
      let isForm = request.contentType.hasPrefix("application/x-www-form-urlencoded")
      guard !request.body.isEmpty, !isForm else { return nil }
      guard request.hasJSON else { throw .contentType }
    }
    guard let json = MarketoJSON(reading: request.body), json.members != nil else {
      throw .invalidJSON
    }
    return json
  }

  private func failed(_ failure: MarketoFailure, _ requestID: String) throws -> Response {
    try state.countError(failure.code)
    if failure.isCharged { try state.countCall(user: MarketoAccount.user) }
    return MarketoPage.response(failure.envelope(requestID: requestID))
  }

  private enum Injected {
    case failure(MarketoFailure)
    case page(Int)
  }

  private func injectedFailure() throws -> Injected? {
    let setting = state.settings[.failNext]
    if let part = setting["path"]?.text, !request.path.contains(part) { return nil }
    if let part = setting["body"]?.text, !request.body.contains(part.utf8) { return nil }
    guard let taken = try state.takeOneOfObject(.failNext) else { return nil }
    if let status = taken["status"]?.wholeNumber { return .page(Int(status)) }
    let code = Int(taken["code"]?.wholeNumber ?? 611)
    return .failure(MarketoFailure(code, taken["message"]?.text ?? "Injected by the sandbox"))
  }

  private func answer(_ injected: Injected, _ requestID: String) throws -> Response {
    switch injected {
    case .failure(let failure): try failed(failure, requestID)
    case .page(let status): MarketoPage.response(code: status)
    }
  }
}
